"""What an accepted difference left behind on a file, found by looking before and after.

The ordinary operations write it, each in its own way: a span that begins ends another, a name
that changes stays as a former one. Looking twice finds all of it, also what they will do later.
"""

from typing import Any, TypeAlias

from django.db import models

from tonghu.kernel.encryption import BlindIndexField
from tonghu.people.models import (
    CategorySpan,
    Child,
    Guardianship,
    HukouSpan,
    IdentityNumber,
    Kinship,
    Person,
    PersonName,
    Phone,
    ResidenceSpan,
    SchoolSpan,
)
from tonghu.people.takeover.writing import Made

Standing: TypeAlias = dict[tuple[str, str], dict[str, str | None]]
_OF_PERSON: tuple[Any, ...] = (PersonName, IdentityNumber, ResidenceSpan, HukouSpan)
_OF_CHILD: tuple[Any, ...] = (Kinship, Guardianship, SchoolSpan, CategorySpan)


def standing(child: Child) -> Standing:
    """Return what stands on a file, row by row, the family and its telephones included."""
    kin = _all(Kinship).filter(child=child).values("relative_id")
    found: list[models.Model] = [*_all(Person).filter(pk=child.pk)]
    found += [*_all(Person).filter(pk__in=kin)]
    found += [*_all(Phone).filter(models.Q(person=child.pk) | models.Q(person__in=kin))]
    for table in _OF_PERSON:
        found += [*_all(table).filter(person=child.pk)]
    for table in _OF_CHILD:
        found += [*_all(table).filter(child=child)]
    return {(row._meta.label_lower, str(row.pk)): _columns(row) for row in found}


def traces(before: Standing, after: Standing) -> Made:
    """Return what was added and changed between two looks."""
    made = Made(rows=[key for key in after if key not in before])
    for (label, pk), said in before.items():
        now = after.get((label, pk), said)
        other = {name: [value, now[name]] for name, value in said.items() if value != now[name]}
        if other:
            made.changed.append((label, pk, other))
    return made


def undone(row: models.Model, said: dict[str, list[str | None]]) -> dict[str, Any]:
    """Return what the columns of a row held before, of those that nobody has changed since."""
    now = _columns(row)
    return {
        name: _value(row, name, before)
        for name, (before, after) in said.items()
        if now[name] == after
    }


def _columns(row: models.Model) -> dict[str, str | None]:
    return {
        field.attname: None if getattr(row, field.attname) is None else field.value_to_string(row)
        for field in row._meta.concrete_fields
        if not isinstance(field, BlindIndexField)
    }


def _value(row: models.Model, name: str, text: str | None) -> Any:
    field: Any = row._meta.get_field(name.removesuffix("_id"))
    return None if text is None else field.to_python(text)


def _all(table: Any) -> "models.QuerySet[Any]":
    rows: models.QuerySet[Any] = table.objects.unscoped("of a file whose Rule the operation asked")
    return rows
