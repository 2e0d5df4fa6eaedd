"""Everything that pointed at either file points at one; nothing that was written is lost."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Final
from uuid import UUID

from django.db.models import Model, Q, QuerySet, UniqueConstraint

from tonghu.people.merging.keeping import Kept
from tonghu.people.merging.pointers import Pointer, of_a_child, pointers_to
from tonghu.people.merging.stretches import LANES, is_lane, join_lane
from tonghu.people.merging.tables import every_row_of
from tonghu.people.models import CareSpan, Guardianship, Kinship, Person, Phone

OF_TWO: Final = {
    Kinship: ("child_id", "relative_id"),
    Guardianship: ("child_id", "guardian_id"),
    CareSpan: ("child_id", "carer_id"),
}
"""Ties that nobody has with herself: one between the two files is taken away, and kept."""


def bring_files(
    survivor: UUID, loser: UUID, kept: Kept, *, loser_leads: Collection[type[Model]] = ()
) -> None:
    """Let all that points at one child point at the other."""
    for pointer in of_a_child():
        _bring(pointer, survivor, loser, kept, loser_leads)


def bring_persons(survivor: Person, loser: Person, kept: Kept) -> None:
    """Let all that points at one person, who has no file, point at the other."""
    blank = {
        name: getattr(loser, name)
        for name in ("sex", "latin_name", "ethnicity")
        if not getattr(survivor, name)
    }
    if survivor.born_on is None:
        blank |= {"born_on": loser.born_on, "precision": loser.precision}
    kept.change(survivor, **blank)
    for pointer in pointers_to(Person):
        _bring(pointer, survivor.pk, loser.pk, kept, ())


def _bring(
    pointer: Pointer, to: UUID, of: UUID, kept: Kept, loser_leads: Collection[type[Model]]
) -> None:
    rows = list(pointer.rows(of).order_by("pk"))
    rows = [row for row in rows if not _taken(row, pointer, to, kept)]
    if is_lane(pointer.model, pointer.column):
        _bring_lanes(pointer, rows, to, kept, leads=pointer.model in loser_leads)
        return
    for row in rows:
        if twin_of(row, pointer, to) is None:
            kept.change(row, **{pointer.column: to})


def _taken(row: Any, pointer: Pointer, to: UUID, kept: Kept) -> bool:
    """Take away what would tie somebody to herself."""
    ends = OF_TWO.get(pointer.model, ())
    if pointer.column not in ends:
        return False
    if all(end == pointer.column or getattr(row, end) != to for end in ends):
        return False
    kept.take(row)
    return True


def _bring_lanes(
    pointer: Pointer, rows: Iterable[Any], to: UUID, kept: Kept, *, leads: bool
) -> None:
    lanes: dict[tuple, list[Any]] = defaultdict(list)
    others = [one for one in LANES[pointer.model] if one != pointer.column]
    for row in rows:
        lanes[tuple(getattr(row, one) for one in others)].append(row)
    for values, moving in lanes.items():
        same = dict(zip(others, values, strict=True))
        standing = list(pointer.rows(to).filter(**same).order_by("pk"))
        if standing:
            join_lane(pointer.column, moving, standing, kept, moving_leads=leads)
            continue
        for row in moving:
            kept.change(row, **{pointer.column: to})


def twin_of(row: Any, pointer: Pointer, to: UUID) -> Any:
    """Return the row that says the same of the other file, beside which this one cannot stand."""
    if isinstance(row, Phone):
        if row.is_hidden:
            return None  # what is hidden is compared with nothing here
        return pointer.rows(to).filter(number_index=row.number_index).first()
    field = row._meta.get_field(pointer.column)
    if getattr(field, "unique", False):
        return pointer.rows(to).first()
    for constraint in row._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and field.name in constraint.fields:
            found = _same(row, constraint, field.name, pointer.rows(to)).first()
            if found is not None:
                return found
    return None


def _same(row: Any, constraint: UniqueConstraint, moving: str, rows: "QuerySet") -> "QuerySet":
    condition = constraint.condition or Q()
    if not every_row_of(type(row)).filter(condition, pk=row.pk).exists():
        return rows.none()
    same = {name: getattr(row, row._meta.get_field(name).attname) for name in constraint.fields}
    same.pop(moving)
    return rows.filter(condition, **same)
