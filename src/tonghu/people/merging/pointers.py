"""What points at a person or a file: found by walking the tables, so that none is forgotten.

A column with a foreign key is found by itself, on whatever floor its table lies. A table that
names a file by kind and number says so here, once, in the ``registration`` of its domain.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import ForeignKey, Model, QuerySet

from tonghu.access.models import BreakGlass, Closing, Duty, Reason
from tonghu.kernel.registry import Registry
from tonghu.people.merging.tables import every_row_of
from tonghu.people.models import Child, Merge, Person, PossibleDouble, SearchKey
from tonghu.people.policy import FILE


@dataclass(frozen=True)
class Pointer:
    """One column of one table that holds the number of a person or a file."""

    model: type[Model]
    column: str
    where: Mapping[str, object] = field(default_factory=dict)

    def rows(self, pk: UUID) -> "QuerySet":
        """Return the rows that point there; the merge asked its Rule."""
        return every_row_of(self.model).filter(**{self.column: pk}, **self.where)


STAYS = frozenset(
    {
        (Child, "person_id"),  # the number itself stays and leads to the surviving file
        (Merge, "survivor_id"),
        (Merge, "loser_id"),
        (PossibleDouble, "one_id"),  # pairs are in order and stand once: operations say how
        (PossibleDouble, "other_id"),
        (SearchKey, "child_id"),  # written anew
    }
)
BY_NUMBER: Registry[Pointer] = Registry("tables that name a file by its number")


def follows_by_number(model: type[Model], column: str = "target_id", **where: object) -> None:
    """Say that rows of this table go where the file goes whose number they hold.

    ``where`` narrows them to those that name a file: ``target_kind="people.child"``.
    """
    BY_NUMBER.register(f"{model._meta.label}.{column}", Pointer(model, column, where))


for _ground in (Duty, Reason, BreakGlass, Closing):
    follows_by_number(_ground, target_kind=FILE)


def pointers_to(target: type[Model]) -> Iterator[Pointer]:
    """Yield each column that points at a person, or at a child's file, and follows a merge."""
    for relation in target._meta.get_fields(include_hidden=True):
        column = getattr(relation, "field", None)
        if not relation.auto_created or relation.concrete or not isinstance(column, ForeignKey):
            continue
        if (column.model, column.attname) not in STAYS:
            yield Pointer(column.model, column.attname)
    if target is Child:
        yield from BY_NUMBER.values()


def of_a_child() -> Iterator[Pointer]:
    """Yield all that points at a child, as a person and as a file."""
    yield from pointers_to(Person)
    yield from pointers_to(Child)
