"""The list of cases: hers, the team's, those that ended."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from tonghu.access.roles import SocialWorker, Supervisor
from tonghu.access.sheets import Action
from tonghu.access.web.listing import Page, page_of
from tonghu.access.web.pages import Request, page
from tonghu.casework.constants import ALIVE, MOODS, CaseState, RiskLevel
from tonghu.casework.listing import (
    KEY,
    NOT_JUDGED,
    CaseFilter,
    View,
    cases_in,
    key_of,
    wanted_from,
)
from tonghu.casework.policy import CASE_FILES
from tonghu.kernel import clock
from tonghu.look.addresses import address
from tonghu.people import words
from tonghu.people.cards import cards_of

A_PAGE = 25
NAMES = {
    View.MINE: gettext_lazy("My cases"),
    View.TEAM: gettext_lazy("The team’s cases"),
    View.CLOSED: gettext_lazy("Ended"),
}
RISKS = [*RiskLevel.choices, (NOT_JUDGED, gettext_lazy("not judged yet"))]
Chip = tuple[str, str | Promise, bool]


@dataclass(frozen=True)
class Line:
    """One case as the list shows it."""

    href: str
    name: str
    about: str
    holders: str
    state: str | Promise
    risk: str | Promise
    mood: str
    since: dt.date


@page(CASE_FILES, Action.FIND)
@require_GET
def case_list(request: Request) -> HttpResponse:
    """Show the cases this person may find, the most urgent first."""
    on, by = clock.day(clock.now()), request.actor
    CASE_FILES.require_for_any(Action.FIND, by, on=on)
    holds = by.role_key in (SocialWorker.key, Supervisor.key)
    views = [one for one in View if holds or one is not View.MINE]
    asked = request.GET.get("view", "")
    view = View(asked) if asked in views else views[0]
    wanted = wanted_from(request.GET.get("risk", ""), request.GET.get("state", ""))
    shown = _page_after(request, view, wanted, on)
    states = [one for one in CaseState.choices if (one[0] in ALIVE) is (view is not View.CLOSED)]
    context = {
        "page": shown,
        "lines": list(_lines(shown, on)),
        "heading": _heading(shown),
        "view": view,
        "views": [(key, NAMES[key]) for key in views],
        "narrowings": [
            (_("Risk"), _chips(view, wanted, "risk", RISKS)),
            (_("Stands at"), _chips(view, wanted, "state", states)),
        ],
        "is_narrowed": wanted != CaseFilter(),
    }
    return render(request, "casework/case_list.html", context)


def _page_after(request: Request, view: View, wanted: CaseFilter, on: dt.date) -> Page:
    try:
        after = key_of(request.actor, UUID(request.GET.get("after", "")), on=on)
    except ValueError:
        after = ""
    found = cases_in(view, wanted, request.actor, on=on)
    shown = page_of(found, after, A_PAGE, key=KEY)
    return replace(shown, more=str(shown.rows[-1].pk)) if shown.more else shown


def _heading(shown: Page) -> str:
    if not shown.total_is_known:
        return _("More than %(n)s cases") % {"n": shown.total}
    return ngettext("%(n)s case", "%(n)s cases", shown.total) % {"n": shown.total}


def _chips(
    view: View, wanted: CaseFilter, name: str, choices: Sequence[tuple[str, str | Promise]]
) -> list[Chip]:
    """Return the choices of a filter, each with its address: pressed again it is taken away."""
    chips = []
    for key, label in choices:
        is_on = getattr(wanted, name) == key
        said = {"risk": wanted.risk, "state": wanted.state} | {name: "" if is_on else key}
        query = {"view": view.value} | {name: value for name, value in said.items() if value}
        chips.append((f"?{urlencode(query)}", label, is_on))
    return chips


def _lines(shown: Page, on: dt.date) -> Iterator[Line]:
    cards = cards_of({case.child_id for case in shown}, on=on)
    for case in shown:
        person, card = case.child.person, cards[case.child_id]
        place = _("by arrangement") if card.is_hidden else card.place
        age = words.age(person.born_on, person.precision, on)
        yield Line(
            href=address("case", case.pk),
            name=person.called,
            about=" · ".join(one for one in (age, place) if one),
            holders=words.together(card.holders),
            state=case.get_state_display(),
            risk=case.get_risk_level_display() if case.risk_level else "",
            mood=MOODS.get(case.risk_level, ""),
            since=case.opened_on,
        )
