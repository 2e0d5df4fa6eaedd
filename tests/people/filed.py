"""A child's file with something of each kind on it that has an address of its own."""

from uuid import UUID

from tests.conftest import AT
from tonghu.access.actors import system
from tonghu.access.models import Account
from tonghu.people.constants import (
    Category,
    ConsentKind,
    GuardianshipBasis,
    LegalBasis,
    Relation,
    SuspensionGround,
)
from tonghu.people.models import Child, GuardianSuspension, HouseholdMember, Place
from tonghu.people.operations import consents, families, registering, spans

TODAY = AT.date()


def numbers_of_a_file(agency_id: UUID, place: Place) -> dict[str, UUID]:
    """Enter a child as the program does; return the numbers its addresses carry."""
    by = system(agency_id)
    child = registering.register_child(
        name="谭小海", place=place, registered_on=TODAY, by=by, at=AT
    )
    span = spans.confirm_category(
        child=child, category=Category.LEFT_BEHIND, reason="父母外出", from_on=TODAY, by=by, at=AT
    )
    household = families.begin_household(child=child, members=[], from_on=TODAY, by=by, at=AT)
    member = HouseholdMember.objects.unscoped("tests").get(household=household)
    consent = consents.note_legal_duty(
        child=child,
        purposes=[ConsentKind.DATA_SHARE],
        basis=LegalBasis.REPORT,
        reason="已向派出所报告",
        given_on=TODAY,
        by=by,
        at=AT,
    )
    return {
        "consent_id": consent.pk,
        "suspension_id": _suspended(child).pk,
        "child_id": child.pk,
        "span_id": span.pk,
        "household_id": household.pk,
        "member_id": member.pk,
    }


def _suspended(child: Child) -> GuardianSuspension:
    """Enter a suspension as a row: the operation is a named person's, and nobody need work here."""
    by = system(child.agency_id)
    kin = families.add_relative(child=child, name="谭长青", relation=Relation.FATHER, by=by, at=AT)
    families.begin_guardianship(
        child=child,
        guardian=kin.relative,
        basis=GuardianshipBasis.PARENTS,
        from_on=TODAY,
        by=by,
        at=AT,
    )
    suspension = GuardianSuspension(
        agency_id=child.agency_id,
        child=child,
        guardian=kin.relative,
        ground=SuspensionGround.NOT_FOUND,
        reason="三个月联系不上",
        from_on=TODAY,
        decided_by=Account.objects.order_by("pk")[0],
        decided_at=AT,
    )
    suspension.save(force_insert=True)
    return suspension
