"""Files of the list as they stand while lines are added to them, read for a batch at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tonghu.kernel.encryption import phone_digits
from tonghu.people.models import (
    CategorySpan,
    Child,
    HukouSpan,
    IdentityNumber,
    Kinship,
    Person,
    PersonName,
    Phone,
    ResidenceSpan,
    SchoolSpan,
)
from tonghu.people.roster.doubles import newer
from tonghu.people.takeover.leave import Leave
from tonghu.people.takeover.same import grade_of


@dataclass
class File:
    """A child's file while lines are added to it."""

    child: Child
    is_new: bool
    fills: bool = True
    adds: bool = True
    names: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    kin: dict[str, Person] = field(default_factory=dict)
    relations: set[str] = field(default_factory=set)
    categories: set[str] = field(default_factory=set)
    identity: str = ""
    hides_phones: bool = False
    address: str = ""
    school: str = ""
    hukou: str = ""
    has_home: bool = False
    has_school: bool = False
    has_hukou: bool = False

    def may(self, *, is_blank: bool) -> bool:
        """Tell whether the list may write here by itself."""
        return self.adds or (self.fills and is_blank)


def files_of(children: Collection[Child], leave: Leave) -> dict[UUID, File]:
    """Return what the files of these children say already; the caller has asked their Rule."""
    files = {
        one.pk: File(
            one,
            is_new=False,
            fills=leave.to_fill(one),
            adds=leave.to_add(one),
            names={one.person.name},
        )
        for one in children
    }
    if files:
        _families(files)
        _identities(files)
        _lives(files)
    return files


def _families(files: dict[UUID, File]) -> None:
    whose: dict[UUID, list[File]] = defaultdict(list)
    for pk, file in files.items():
        whose[pk].append(file)
    for tie in _of(Kinship, child__in=files).select_related("relative"):
        file = files[tie.child_id]
        file.kin[newer(tie.relative.name)] = tie.relative
        file.relations.add(tie.relation)
        whose[tie.relative_id].append(file)
    for phone in _of(Phone, person__in=whose):
        for file in whose[phone.person_id]:
            file.phones.add(phone_digits(phone.number))
            file.hides_phones |= phone.is_hidden


def _identities(files: dict[UUID, File]) -> None:
    for name in _of(PersonName, person__in=files):
        files[name.person_id].names.add(name.name)
    for pk, number in _first(_of(IdentityNumber, person__in=files), "person_id"):
        files[pk].identity = number.number


def _lives(files: dict[UUID, File]) -> None:
    for span in _of(CategorySpan, child__in=files, until_on=None):
        files[span.child_id].categories.add(span.category)
    for pk, home in _first(_of(ResidenceSpan, person__in=files, until_on=None), "person_id"):
        files[pk].has_home, files[pk].address = True, home.address
    for pk, school in _first(_of(SchoolSpan, child__in=files, until_on=None), "child_id"):
        files[pk].has_school = True
        files[pk].school = grade_of(school.grade, school.class_name)
    for pk, hukou in _first(_of(HukouSpan, person__in=files, until_on=None), "person_id"):
        files[pk].has_hukou, files[pk].hukou = True, hukou.region


def _first(rows: Iterable[Any], of: str) -> Iterator[tuple[UUID, Any]]:
    """Yield the first row of each file."""
    seen: set[UUID] = set()
    for row in rows:
        pk = getattr(row, of)
        if pk not in seen:
            seen.add(pk)
            yield pk, row


def _of(table: Any, **where: Any) -> "QuerySet[Any]":
    rows: QuerySet[Any] = table.objects.unscoped(
        "of children that were found under their Rule by the caller"
    )
    return rows.filter(**where).order_by("pk")
