"""Who goes with a child: the files merged into it, and the family that is nobody else's."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import ForeignKey, Model

from tonghu.people.merging.tables import every_row_of
from tonghu.people.models import Child, Household, HouseholdMember, Person


def files_with(file: UUID) -> set[UUID]:
    """Return a file and all that were merged into it: they are one child's."""
    found, more = {file}, {file}
    while more:
        rows = every_row_of(Child).filter(merged_into__in=more).exclude(pk__in=found)
        more = set(rows.values_list("pk", flat=True))
        found |= more
    return found


def family_of_nobody_else(files: Collection[UUID]) -> set[UUID]:
    """Return the persons who are known only because of these files.

    Nobody with a file of her own is among them, nobody who stands on another child's file in
    whatever table, and nobody who lives in the household of another child.
    """
    tied = _tied_to(files) | _living_with(files)
    tied -= set(every_row_of(Child).filter(pk__in=tied).values_list("pk", flat=True))
    return tied - _of_others(tied, files)


def empty_households(people: Collection[UUID]) -> set[UUID]:
    """Return the households in which nobody is left once these people are gone."""
    rows = every_row_of(HouseholdMember)
    theirs = set(rows.filter(person__in=people).values_list("household_id", flat=True))
    others = rows.filter(household__in=theirs).exclude(person__in=people)
    left = theirs - set(others.values_list("household_id", flat=True))
    return set(every_row_of(Household).filter(pk__in=left).values_list("pk", flat=True))


def _ties() -> list[tuple[type[Model], str, str]]:
    """Return each table that names a person on a child's file, with both columns."""
    found = []
    for model in {one.model for one in _columns_to(Person)}:
        of_child = [one.attname for one in _columns_to(Child) if one.model is model]
        of_person = [one.attname for one in _columns_to(Person) if one.model is model]
        found += [(model, child, person) for child in of_child for person in of_person]
    return sorted(found, key=lambda one: (one[0]._meta.label, one[1:]))


def _columns_to(target: type[Model]) -> list[ForeignKey]:
    relations = target._meta.get_fields(include_hidden=True)
    columns = [getattr(one, "field", None) for one in relations if one.auto_created]
    return [one for one in columns if isinstance(one, ForeignKey) and one.model is not Child]


def _tied_to(files: Collection[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for model, child, person in _ties():
        rows = every_row_of(model).filter(**{f"{child}__in": files, f"{person}__isnull": False})
        found |= set(rows.values_list(person, flat=True))
    return found - set(files)


def _of_others(people: Collection[UUID], files: Collection[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for model, child, person in _ties():
        rows = every_row_of(model).filter(**{f"{person}__in": people})
        found |= set(rows.exclude(**{f"{child}__in": files}).values_list(person, flat=True))
    return found | _living_with(_others_at_home(people, files))


def _living_with(people: Collection[UUID]) -> set[UUID]:
    rows = every_row_of(HouseholdMember)
    homes = rows.filter(person__in=people).values("household_id")
    return set(rows.filter(household__in=homes).values_list("person_id", flat=True)) - set(people)


def _others_at_home(people: Collection[UUID], files: Collection[UUID]) -> set[UUID]:
    """Return the other children who live with one of these people."""
    near = _living_with(people) - set(files)
    return set(every_row_of(Child).filter(pk__in=near).values_list("pk", flat=True))
