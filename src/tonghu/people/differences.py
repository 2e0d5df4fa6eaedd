"""A newer list beside the files: both values of each difference, and the better founded one."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.looks import record_look
from tonghu.kernel.chinese import spellings
from tonghu.kernel.clock import day
from tonghu.kernel.law import upholds
from tonghu.people import queries
from tonghu.people.constants import LineOutcome, RosterAnswer
from tonghu.people.models import Child, Roster, RosterLine, RosterQuestion
from tonghu.people.roster.cells.identity import read_identity
from tonghu.people.takeover.answers import ARRIVED, DIFFERENCES, DIFFERS, GONE, said_in
from tonghu.people.takeover.held import Held, held_of
from tonghu.people.takeover.leave import last_before

AT_ONCE: Final = 40
"""So many differences stand on a page; the others follow as these are decided."""


class Why(StrEnum):
    """Why one side of a difference is the better founded."""

    BLANK = "blank"
    NEWER = "newer"
    MORE_EXACT = "more_exact"
    LESS = "less"
    AS_THE_NUMBER = "as_the_number"
    PAPER = "paper"
    SOUND = "sound"
    BESIDE = "beside"


@dataclass(frozen=True)
class Difference:
    """What a list says, what the file says, and which of the two is better founded and why."""

    question: RosterQuestion
    child: Child
    said: str
    held: str
    since: dt.date | None
    prefers: RosterAnswer
    why: Why


@dataclass(frozen=True)
class Arrival:
    """A child that nobody had before this list, and what the actor is to say of it, if anything."""

    child: Child
    question: RosterQuestion | None


@dataclass(frozen=True)
class Compared:
    """A list beside the one before it and beside the files."""

    last: Roster | None
    before: int
    now: int
    new: list[Arrival]
    more_new: int
    waiting_new: int
    left_out: list[RosterQuestion]
    changed: list[Difference]
    more_changed: int
    gone: list[RosterQuestion]
    more_gone: int
    same: int


@upholds("R22", "R80", says=_("what differs is shown to who may write the file, on record"))
def compared(by: Actor, roster: Roster, *, at: dt.datetime) -> Compared:
    """Return how a list differs, as far as it is the actor's; each file shown is on record."""
    on = day(at)
    last = last_before(roster)
    asked = queries.open_questions_for(by, roster, on=on)
    changed = asked.filter(code=DIFFERS).order_by("line__position", "id")
    shown = list(changed[:AT_ONCE])
    held = held_of({one.proposed_id for one in shown if one.proposed_id}, on=on)
    differences = [_difference(one, held) for one in shown if one.proposed is not None]
    for child in {one.child.pk: one.child for one in differences}.values():
        record_look(child, by=by, at=at)
    gone = asked.filter(code=GONE).order_by("id")
    lines = queries.lines_for(by, roster, on=on)
    new = lines.filter(outcome=LineOutcome.NEW)
    arrived = asked.filter(code=ARRIVED)
    linked = lines.filter(outcome__in=(LineOutcome.KNOWN, LineOutcome.CHANGED))
    asking = {one.proposed_id for one in changed}
    return Compared(
        last=last,
        before=queries.lines_for(by, last, on=on).count() if last else 0,
        now=lines.count(),
        new=_arrivals(new, arrived),
        more_new=max(new.count() - AT_ONCE, 0),
        waiting_new=arrived.count(),
        left_out=list(left_out_of(by, roster, on=on)),
        changed=differences,
        more_changed=max(changed.count() - AT_ONCE, 0),
        gone=list(gone[:AT_ONCE]),
        more_gone=max(gone.count() - AT_ONCE, 0),
        same=linked.exclude(child__in=asking).count(),
    )


def left_out_of(by: Actor, roster: Roster, *, on: dt.date) -> "QuerySet[RosterQuestion]":
    """Return whom a person left out of a list, or of an earlier one of its source."""
    return (
        queries.questions_for(by, roster, on=on)
        .filter(code=ARRIVED, answer=RosterAnswer.LEAVE, line__outcome=LineOutcome.REFUSED)
        .order_by("line__position")
    )


def _arrivals(new: "QuerySet[RosterLine]", arrived: "QuerySet[RosterQuestion]") -> list[Arrival]:
    """Return the new children of a list, those first of whom something is to be said."""
    waiting = arrived.filter(line__in=new).order_by("line__position")[:AT_ONCE]
    found = [Arrival(one.proposed, one) for one in waiting if one.proposed]
    kept = new.exclude(pk__in=arrived.values("line"))[: AT_ONCE - len(found)]
    return found + [Arrival(row.child, None) for row in kept if row.child]


def counts_of(by: Actor, roster: Roster, *, on: dt.date) -> int:
    """Return how many differences of a list wait for the actor."""
    return queries.open_questions_for(by, roster, on=on).filter(code__in=DIFFERENCES).count()


def _difference(question: RosterQuestion, held: dict[UUID, Held]) -> Difference:
    child: Child = question.proposed  # type: ignore[assignment]
    said = said_in(question)
    file = held.get(child.pk, Held())
    name = {"father_phone": "phones", "mother_phone": "phones"}.get(question.field, question.field)
    here = file.said.get(name, "")
    number = read_identity(file.said.get("id_number", ""), on=question.roster.seen_from)
    prefers, why = _better(question.field, said, here, number.birth)
    return Difference(question, child, said, here, file.since.get(name), prefers, why)


def _better(field: str, said: str, here: str, born: str) -> tuple[RosterAnswer, Why]:
    """Return which side is the better founded. A blank never overwrites, so none is proposed."""
    if not here.strip("|"):
        return RosterAnswer.TAKE, Why.BLANK
    judge = _JUDGES.get(field)
    return judge(said, here, born) if judge else (RosterAnswer.TAKE, Why.NEWER)


def _birth(said: str, here: str, born: str) -> tuple[RosterAnswer, Why]:
    if born and here and born.startswith(here) and not born.startswith(said):
        return RosterAnswer.LEAVE, Why.AS_THE_NUMBER
    if born and born.startswith(said):
        return RosterAnswer.TAKE, Why.AS_THE_NUMBER
    if said.startswith(here):
        return RosterAnswer.TAKE, Why.MORE_EXACT
    return RosterAnswer.LEAVE, Why.PAPER


def _name(said: str, here: str, born: str) -> tuple[RosterAnswer, Why]:
    alike = {tuple(one) for one in spellings(said)} & {tuple(one) for one in spellings(here)}
    return RosterAnswer.LEAVE, Why.SOUND if alike else Why.PAPER


def _paper(said: str, here: str, born: str) -> tuple[RosterAnswer, Why]:
    return RosterAnswer.LEAVE, Why.PAPER


def _beside(said: str, here: str, born: str) -> tuple[RosterAnswer, Why]:
    return RosterAnswer.TAKE, Why.BESIDE


def _school(said: str, here: str, born: str) -> tuple[RosterAnswer, Why]:
    tells_less = here.startswith(said.rstrip("|"))
    return (RosterAnswer.LEAVE, Why.LESS) if tells_less else (RosterAnswer.TAKE, Why.NEWER)


def _address(said: str, here: str, born: str) -> tuple[RosterAnswer, Why]:
    return (RosterAnswer.LEAVE, Why.LESS) if said in here else (RosterAnswer.TAKE, Why.NEWER)


_JUDGES: Final[dict[str, Callable[[str, str, str], tuple[RosterAnswer, Why]]]] = {
    "dob": _birth,
    "name": _name,
    **dict.fromkeys(("id_number", "sex", "ethnicity"), _paper),
    **dict.fromkeys(("phones", "father_phone", "mother_phone"), _beside),
    **dict.fromkeys(("guardian", "father", "mother", "categories"), _beside),
    "grade": _school,
    "address": _address,
}
