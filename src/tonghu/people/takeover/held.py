"""What files say today in the fields that a list may change, for many children at once.

Nothing of it is kept with the question: what has become hidden since must not stand in a copy.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tonghu.kernel.periods import in_force
from tonghu.people.constants import Relation
from tonghu.people.models import (
    CategorySpan,
    HukouSpan,
    IdentityNumber,
    Kinship,
    Person,
    Phone,
    ResidenceSpan,
    SchoolSpan,
)
from tonghu.people.takeover.said import birth_text


@dataclass
class Held:
    """What one file says, field by field, as a list would say it; hidden things are not there."""

    said: dict[str, str] = field(default_factory=dict)
    since: dict[str, dt.date] = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        """Put one more value beside those that stand in a field."""
        before = self.said.get(name)
        self.said[name] = f"{before}|{value}" if before else value


def held_of(children: Collection[UUID], *, on: dt.date) -> dict[UUID, Held]:
    """Return what stands on these files; whoever asks has asked their Rule."""
    found: dict[UUID, Held] = defaultdict(Held)
    for person in _all(Person).filter(pk__in=children):
        found[person.pk].said = {
            "name": person.name,
            "sex": person.sex,
            "ethnicity": person.ethnicity,
            "dob": birth_text(person.born_on, person.precision),
        }
    for number in _all(IdentityNumber).filter(person__in=children):
        found[number.person_id].said["id_number"] = number.number
    _families(children, found)
    _spans(children, found, on)
    return found


def _families(children: Collection[UUID], found: dict[UUID, Held]) -> None:
    whose: dict[UUID, list[UUID]] = defaultdict(list)
    for pk in children:
        whose[pk].append(pk)
    kin = _all(Kinship).filter(child__in=children).select_related("relative").order_by("id")
    names = {Relation.FATHER: "father", Relation.MOTHER: "mother"}
    for tie in kin:
        whose[tie.relative_id].append(tie.child_id)
        found[tie.child_id].add("guardian", f"{tie.relative.name}:{tie.relation}")
        if tie.relation in names:
            found[tie.child_id].add(names[Relation(tie.relation)], tie.relative.name)
    for phone in _all(Phone).filter(person__in=whose, is_hidden=False).order_by("id"):
        for pk in whose[phone.person_id]:
            found[pk].add("phones", phone.number)


def _spans(children: Collection[UUID], found: dict[UUID, Held], on: dt.date) -> None:
    def note(pk: UUID, name: str, value: str, since: dt.date) -> None:
        found[pk].add(name, value)
        found[pk].since[name] = since

    homes = _all(ResidenceSpan).filter(in_force(on), person__in=children, is_hidden=False)
    for home in homes:
        note(home.person_id, "address", home.address, home.from_on)
    for school in _all(SchoolSpan).filter(in_force(on), child__in=children):
        said = f"{school.grade}|{school.class_name}"
        note(school.child_id, "grade", said, school.from_on)
    for hukou in _all(HukouSpan).filter(in_force(on), person__in=children):
        note(hukou.person_id, "hukou", hukou.region, hukou.from_on)
    for span in _all(CategorySpan).filter(in_force(on), child__in=children).order_by("id"):
        note(span.child_id, "categories", span.category, span.from_on)


def _all(table: Any) -> "QuerySet[Any]":
    rows: QuerySet[Any] = table.objects.unscoped("of files whose Rule the caller asked")
    return rows
