"""A new child on the list; who is likely known already is looked at first."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.rules import NOTHING, only
from tonghu.people import numbers, words
from tonghu.people.cards import Card, cards_of
from tonghu.people.constants import Sex
from tonghu.people.models import Child
from tonghu.people.operations import registering
from tonghu.people.policy import CHILDREN, registers
from tonghu.people.queries import children_for
from tonghu.people.search.known import likely_known
from tonghu.people.search.likeness import Described, Likeness
from tonghu.people.search.weights import Verdict
from tonghu.people.web.identity_forms import RegisterForm

MOODS = {Verdict.AGREES: "ok", Verdict.CLOSE: "m", Verdict.DIFFERS: "m", Verdict.UNKNOWN: ""}


@page(CHILDREN, Action.WRITE)
@require_http_methods(["GET", "POST"])
def child_new(request: Request) -> HttpResponse:
    """Put a child on the list: the name is enough, the rest may come later."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    if registers.where(by, on) == NOTHING:
        raise Forbidden(only(registers.says))
    form = RegisterForm(request.POST or None, by=by, on=on)
    if request.method == "POST" and form.is_valid() and "again" not in request.POST:
        said = form.said()
        seen = _seen(request, by, on)
        known = [one for one in _likely(said, by, at) if one.child.pk not in seen]
        if known:
            return _compared(request, form, said, [*known], list(seen), on)
        answer = _registered(request, form, said, list(seen.values()), at)
        if answer:
            return answer
    return render(request, "people/child_new.html", {"form": form})


def _seen(request: Request, by: Actor, on: dt.date) -> dict[UUID, Child]:
    """Return the children whom she has looked at and told apart, as far as she may find them."""
    asked = []
    for text in request.POST.getlist("seen"):
        try:
            asked.append(UUID(text))
        except ValueError:
            continue
    if not asked:
        return {}
    return {one.pk: one for one in children_for(by, on=on).filter(pk__in=asked)}


def _likely(said: dict[str, Any], by: Actor, at: dt.datetime) -> list[Likeness]:
    place = said["place"]
    who = Described(
        name=said["name"],
        sex=said["sex"],
        born_on=said["born_on"],
        precision=said["precision"],
        place=place.pk if place else None,
    )
    return likely_known(who, by=by, at=at)


def _registered(
    request: Request, form: RegisterForm, said: dict[str, Any], seen: list[Child], at: dt.datetime
) -> HttpResponse | None:
    """Register the child; what is refused stands on the form."""
    on, is_another = clock.day(at), request.POST.get("answer") == "different"
    apart, unsure = (seen, []) if is_another else ([], seen)
    try:
        child = registering.register_child(
            **said, apart=apart, unsure=unsure, registered_on=on, by=request.actor, at=at
        )
    except Forbidden:
        raise
    except Refused as refusal:
        form.add_error("name", str(refusal))
        return None
    messages.success(
        request, _("On the list as %(number)s.") % {"number": numbers.shown(child.number)}
    )
    return redirect("child", child_id=child.pk)


@dataclass(frozen=True)
class Compared:
    """One thing, as it was typed and as the list has it."""

    what: str
    typed: str
    kept: str
    verdict: str | Promise
    mood: str


@dataclass(frozen=True)
class Known:
    """Somebody on the list who may be the child that is being registered."""

    child: Child
    name: str
    number: str
    holders: str
    rows: list[Compared]


def _compared(
    request: Request,
    form: RegisterForm,
    said: dict[str, Any],
    known: list[Likeness],
    seen: list[UUID],
    on: dt.date,
) -> HttpResponse:
    by, pks = request.actor, [one.child.pk for one in known]
    cards = cards_of(pks, on=on)
    files = CHILDREN.rows(Action.READ, Child.objects.filter(pk__in=pks), by, on=on)
    open_to_her = set(files.values_list("pk", flat=True))
    context = {
        "form": form,
        "name": said["name"],
        "known": [
            Known(
                child=one.child,
                name=one.child.person.called,
                number=numbers.shown(one.child.number),
                holders=words.together(cards[one.child.pk].holders),
                rows=list(
                    _rows(said, one, cards[one.child.pk], on, whole=one.child.pk in open_to_her)
                ),
            )
            for one in known
        ],
        "seen": [*seen, *pks],
    }
    return render(request, "people/child_known.html", context)


def _rows(
    said: dict[str, Any], one: Likeness, card: Card, on: dt.date, *, whole: bool
) -> Iterator[Compared]:
    """Yield what a card may say of the child found; where the file is open to her, a bit more."""
    person, place, of = one.child.person, said["place"], words.birth if whole else None
    born, kept = said["born_on"], (person.born_on, person.precision)
    typed_birth = words.birth(born, said["precision"]) if born else ""
    kept_birth = of(*kept) if of and person.born_on else words.age(*kept, on)
    lives = _("by arrangement") if card.is_hidden else card.place
    told = {
        "name": (_("Name"), said["name"], person.name),
        "born": (_("Born"), typed_birth, kept_birth),
        "sex": (_("Sex"), _sex(said["sex"]), _sex(person.sex) if whole else ""),
        "place": (_("Village or community"), place.name if place else "", lives),
    }
    for key, (what, typed, held) in told.items():
        verdict = Verdict(one.said[key])
        yield Compared(what, typed, held, verdict.label, MOODS[verdict])


def _sex(said: str) -> str:
    return str(Sex(said).label) if said else ""
