"""Who belongs to a child, each with what is to be known of them on its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from tonghu.people.models import Person, Phone
from tonghu.people.queries import Family


@dataclass(frozen=True)
class Member:
    """Somebody of the family."""

    person: Person
    relation: str | Promise
    status: str | Promise
    is_guardian: bool
    phones: list[Phone]
    has_file: bool


def members_of(
    family: Family, phones: Mapping[UUID, list[Phone]], files: set[UUID]
) -> list[Member]:
    """Return the family in the order in which it was entered."""
    status = {one.parent_id: one.get_status_display() for one in family.statuses}
    guardians = {one.guardian_id for one in family.guardians}
    return [
        Member(
            person=kin.relative,
            relation=kin.get_relation_display(),
            status=status.get(kin.relative_id, ""),
            is_guardian=kin.relative_id in guardians,
            phones=phones.get(kin.relative_id, []),
            has_file=kin.relative_id in files,
        )
        for kin in family.kin
    ]
