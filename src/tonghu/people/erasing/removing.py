"""Removing rows and all that points at them, on whatever floor, so that none is forgotten.

Every table is walked. What a column says decides: where it would not let the other row go, or
goes with it (``CASCADE``, ``PROTECT``), its row goes; where it would stand without it
(``SET_NULL``), its row stays, and ``privacy.scrub`` says what is left of it. A number that is no
foreign key is a pointer too; a table keeps such a number only when it says why in ``KEEPS``.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import SET_NULL, ForeignKey, Model, QuerySet, UUIDField

from tonghu.kernel.encryption import indices_of
from tonghu.people.merging.tables import every_row_of

AT_ONCE = 400
KEEPS: Final = {
    "access.JournalRow": "only grows: it keeps numbers; the words about the file are taken out",
    "people.Erasure": "the act itself; its operation takes the number out",
}
"""Tables in which the number of an erased row may stand, each with the reason."""


@dataclass
class Removed:
    """What one erasure took away: how many rows of which table, and all their numbers."""

    counts: dict[str, int] = field(default_factory=dict)
    numbers: set[UUID] = field(default_factory=set)

    def remove(self, model: type[Model], pks: Collection[Any]) -> None:
        """Remove rows of a table, first whatever points at them."""
        for some in _in_parts(pks):
            self._remove(model, some)

    def remove_what_names(self, numbers: Collection[UUID]) -> None:
        """Remove the rows that hold one of these numbers without being tied to it."""
        for model, column in columns_by_number():
            for some in _in_parts(numbers):
                rows = every_row_of(model).filter(**{f"{column}__in": some})
                self.remove(model, list(rows.values_list("pk", flat=True)))

    def blank(self, rows: "QuerySet") -> None:
        """Leave of these rows what the privacy decision of their table leaves."""
        for row in rows:
            self.remove_parts_of(row)
            blank(row)

    def remove_parts_of(self, row: Model) -> None:
        """Remove what belongs to a row that stays."""
        for column in pointing_at(type(row)):
            if column.remote_field.on_delete is not SET_NULL:
                parts = every_row_of(column.model).filter(**{column.attname: row.pk})
                self.remove(column.model, list(parts.values_list("pk", flat=True)))

    def _remove(self, model: type[Model], pks: list[Any]) -> None:
        for column in pointing_at(model):
            rows = every_row_of(column.model).filter(**{f"{column.attname}__in": pks})
            if column.remote_field.on_delete is SET_NULL:
                self.blank(rows)
                rows.update(**{column.attname: None})
                continue
            if column.model is model:
                rows = rows.exclude(pk__in=pks)
            self.remove(column.model, list(rows.values_list("pk", flat=True)))
        gone = every_row_of(model).filter(pk__in=pks)
        number = gone._raw_delete(gone.db)
        if number:
            self.counts[model._meta.label] = self.counts.get(model._meta.label, 0) + number
            self.numbers |= {pk for pk in pks if isinstance(pk, UUID)}


def pointing_at(model: type[Model]) -> list[ForeignKey]:
    """Return each column of any table that points at a row of this one."""
    relations = model._meta.get_fields(include_hidden=True)
    columns = [getattr(one, "field", None) for one in relations if one.auto_created]
    found = [one for one in columns if isinstance(one, ForeignKey) and one.model is not None]
    return sorted(found, key=lambda one: (one.model._meta.label, one.attname))


def columns_by_number() -> Iterator[tuple[type[Model], str]]:
    """Yield each column that holds a number without being tied to a table."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in KEEPS:
            continue
        for column in model._meta.concrete_fields:
            if type(column) is UUIDField and not column.primary_key:
                yield model, column.attname


def blank(row: Any) -> None:
    """Write over a row what its table's decision leaves of it."""
    left = {name: scrub(row) for name, scrub in row.privacy.scrub.items()}
    for name, value in left.items():
        empty = None if row._meta.get_field(name).null else ""
        setattr(row, name, empty if value is None else value)
    if left:
        row.save(update_fields=[*left, *indices_of(type(row), left)])


def _in_parts(pks: Collection[Any]) -> Iterator[list[Any]]:
    every = sorted(set(pks))
    for first in range(0, len(every), AT_ONCE):
        yield every[first : first + AT_ONCE]
