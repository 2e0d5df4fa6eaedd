"""What was written on a merged file since the merge: row by row it can go with the other file."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Model, Q

from tonghu.access.models import BreakGlass, Closing, Duty, Reason
from tonghu.people.merging.bringing import twin_of
from tonghu.people.merging.keeping import Kept
from tonghu.people.merging.pointers import Pointer, of_a_child
from tonghu.people.merging.stretches import A_DAY, LANES, is_lane
from tonghu.people.merging.tables import every_row_of
from tonghu.people.models import HiddenField, Merge, RosterLine

STAY_WITH_THE_NUMBER: Final = (Duty, Reason, BreakGlass, Closing, HiddenField, RosterLine)
"""Who may open the file, and what a list says: no row that somebody wrote about one of two."""


@dataclass(frozen=True)
class Since:
    """One row that was written since, and the column by which it belongs to the file."""

    row: Any
    pointer: Pointer

    @property
    def pk(self) -> UUID:
        """Return the key of the row."""
        key: UUID = self.row.pk
        return key


def written_since(merge: Merge) -> list[Since]:
    """Return what was written on the surviving file since, the oldest first; asked by its Rule.

    Keys are stamped with the moment at which a row was made; what the merge itself moved, made
    or changed is not among them.
    """
    kept = Kept.of_text(merge.kept)
    before = kept.moved() | {pk for _label, pk in kept.made}
    found: dict[UUID, Since] = {}
    for pointer in of_a_child():
        if issubclass(pointer.model, STAY_WITH_THE_NUMBER) or not _is_stamped(pointer.model):
            continue
        for row in pointer.rows(merge.survivor_id).filter(pk__gt=merge.pk):
            if str(row.pk) not in before:
                found.setdefault(row.pk, Since(row, pointer))
    return [found[pk] for pk in sorted(found)]


def _is_stamped(model: type[Model]) -> bool:
    return model._meta.pk is not None and model._meta.pk.get_internal_type() == "UUIDField"


def give_over(merge: Merge, wanted: Collection[UUID], since: list[Since]) -> Iterator[Since]:
    """Let rows written since go with the file that was given up; yield those that cannot go.

    Where a span goes, the one that it had ended on the surviving file runs on, and the other
    file's own ends before it.
    """
    for one in since:
        if one.pk not in wanted:
            continue
        one.row.refresh_from_db()
        if is_lane(one.pointer.model, one.pointer.column):
            _give_span(one, merge)
        elif twin_of(one.row, one.pointer, merge.loser_id) is not None:
            yield one
            continue
        setattr(one.row, one.pointer.column, merge.loser_id)
        one.row.save(update_fields=[one.pointer.column])
        hidden = every_row_of(HiddenField).filter(row=one.pk, child=merge.survivor_id)
        hidden.update(child=merge.loser_id)
        hidden.filter(person=merge.survivor_id).update(person=merge.loser_id)


def _give_span(one: Since, merge: Merge) -> None:
    span, column = one.row, one.pointer.column
    same = {name: getattr(span, name) for name in LANES[one.pointer.model] if name != column}
    eve: dt.date = span.from_on - A_DAY
    ended = one.pointer.rows(merge.survivor_id).filter(until_on=eve, **same).first()
    if ended is not None:
        ended.until_on = span.until_on
        ended.save(update_fields=["until_on"])
    runs = Q(until_on__isnull=True) | Q(until_on__gte=span.from_on)
    theirs = one.pointer.rows(merge.loser_id).filter(runs, from_on__lt=span.from_on, **same)
    for held in theirs:
        held.until_on = eve
        held.save(update_fields=["until_on"])
