"""New children of a list that another file of the agency may be: held against all, in batches.

Two lines of one list were compared when the list was read; what a person said of a line holds.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Max

from tonghu.access.actors import system
from tonghu.people.constants import LineOutcome, RosterAnswer, RosterState
from tonghu.people.models import Child, Kinship, Roster, RosterLine, RosterQuestion
from tonghu.people.search.likeness import alike_each, as_described
from tonghu.people.takeover.answers import KNOWN_CHILD


@dataclass(frozen=True)
class Pair:
    """A new file and another that is as likely as not the same child's."""

    one: Child
    other: Child
    score: float


def likely_pairs(roster: Roster, opened: Iterable[Child], *, on: dt.date) -> Iterator[Pair]:
    """Yield whom of these new files the program holds for a child that is on the list already.

    The program alone compares: what it finds goes to whoever answers for both files (R77).
    """
    new = {child.pk: child for child in opened}
    kin: dict[UUID, list[str]] = defaultdict(list)
    ties = Kinship.objects.unscoped("of files that this roster itself opened")
    for pk, name in ties.filter(child__in=new).values_list("child_id", "relative__name"):
        kin[pk].append(name)
    described = {
        pk: replace(as_described(child, roster.place_id), carers=tuple(kin[pk]))
        for pk, child in new.items()
    }
    found = alike_each(described, system(roster.agency_id), on=on)
    others = _of_the_list(roster)
    apart = _told_apart(roster, new)
    for pk, likenesses in found.items():
        for one in likenesses:
            if one.is_likely and one.child.pk not in others and (pk, one.child.pk) not in apart:
                yield Pair(new[pk], one.child, one.score)


def is_left(roster: Roster) -> bool:
    """Tell whether new children of an imported list have not been held against the files yet."""
    return roster.state == RosterState.IMPORTED and roster.likened < end_of(roster)


def end_of(roster: Roster) -> int:
    """Return how many lines a list has."""
    lines = RosterLine.objects.unscoped("how long is a list whose Rule was asked")
    last = lines.filter(roster=roster).aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _of_the_list(roster: Roster) -> set[UUID]:
    lines = RosterLine.objects.unscoped("lines of the roster, whose Rule was asked")
    opened = lines.filter(roster=roster, outcome=LineOutcome.NEW, child__isnull=False)
    return {pk for pk in opened.values_list("child_id", flat=True) if pk}


def _told_apart(roster: Roster, new: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """Return of which pairs a person has said on this list that they are two children."""
    asked = RosterQuestion.objects.unscoped("questions of a roster whose Rule was asked")
    other = asked.filter(
        roster=roster, code=KNOWN_CHILD, answer=RosterAnswer.OTHER, line__child__in=list(new)
    )
    pairs = other.values_list("line__child_id", "proposed_id")
    return {(one, another) for one, another in pairs if one and another}
