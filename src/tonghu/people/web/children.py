"""The list of children, and a new one on it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from tonghu.access.actors import Actor
from tonghu.access.models.people import readable
from tonghu.access.sheets import Action
from tonghu.access.web.listing import Page, page_of
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.rules import NOTHING
from tonghu.look.addresses import address
from tonghu.people import words
from tonghu.people.cards import cards_of, care_of
from tonghu.people.listing import SHOWN, View, children_in
from tonghu.people.models import Child
from tonghu.people.policy import CHILDREN, adds_for_the_village, decides_doubles, registers
from tonghu.people.queries import places_for
from tonghu.people.web.chips import FilterForm, tabs_of, view_of

A_PAGE = 25
KEY = "person__sort_key"


@page(CHILDREN, Action.FIND)
@require_GET
def child_list(request: Request) -> HttpResponse:
    """Show the children whom this person may find: hers, her team's, or those nobody holds."""
    on, by = clock.day(clock.now()), request.actor
    CHILDREN.require_for_any(Action.FIND, by, on=on)
    view = view_of(request.GET, by)
    form = FilterForm(
        request.GET,
        places=list(places_for(by, on=on)),
        reads_files=CHILDREN.is_offered(Action.READ, by, on=on),
    )
    found = children_in(view, form.wanted(), by, on=on)
    shown = _page_after(request, found, on)
    chips = form.chips()
    context = {
        "page": shown,
        "lines": list(_lines(shown, by, on)),
        "heading": _heading(view, shown, narrowed=bool(chips), named=request.user.called),
        "tabs": tabs_of(request.GET, by, view),
        "chips": chips,
        "form": form,
        "view": view.value,
        "may_register": registers.where(by, on) != NOTHING,
        "may_merge": decides_doubles.where(by, on) != NOTHING,
        "nobodys": view is View.NOBODYS,
    }
    return render(request, "people/child_list.html", context)


def _page_after(request: Request, found: "QuerySet[Child]", on: dt.date) -> Page:
    """Return a page that begins after a child: the address has its number, never its name."""
    after = ""
    try:
        asked = UUID(request.GET.get("after", ""))
    except ValueError:
        asked = None
    if asked:
        known = CHILDREN.rows(Action.FIND, Child.objects.filter(pk=asked), request.actor, on=on)
        after = known.values_list(KEY, flat=True).first() or ""
    shown = page_of(found, after, A_PAGE, key=KEY, shows=SHOWN)
    return replace(shown, more=str(shown.rows[-1]["pk"])) if shown.more else shown


def _heading(view: View, shown: Page, *, narrowed: bool, named: str) -> str:
    count = shown.total
    if not shown.total_is_known:
        said = _("More than %(n)s children")
    elif narrowed:
        said = ngettext("%(n)s child fits", "%(n)s children fit", count)
    elif view is View.MINE:
        said = ngettext(
            "%(name)s, you answer for %(n)s child", "%(name)s, you answer for %(n)s children", count
        )
    elif view is View.NOBODYS:
        said = ngettext(
            "%(n)s child whose file nobody holds", "%(n)s children whose file nobody holds", count
        )
    else:
        said = ngettext("%(n)s child on the list", "%(n)s children on the list", count)
    return said % {"n": count, "name": named}


@dataclass(frozen=True)
class Line:
    """One child as the list shows it."""

    href: str
    name: str
    age: str
    place: str
    care: str | Promise
    holders: str


def _lines(shown: Page, by: Actor, on: dt.date) -> Iterator[Line]:
    found = [row["pk"] for row in shown]
    # A director knows the card and the papers she added herself; the file is not hers to read.
    leads_to = "child-papers" if adds_for_the_village(by) else "child"
    cards, care = cards_of(found, on=on), care_of(found, by, on=on)
    for row in shown:
        card = cards[row["pk"]]
        yield Line(
            href=address(leads_to, row["pk"]),
            name=readable(row["person__name"], row["person__latin_name"]),
            age=words.age(row["person__born_on"], row["person__precision"], on),
            place=_("by arrangement") if card.is_hidden else card.place,
            care=care.get(row["pk"], ""),
            holders=words.together(card.holders),
        )
