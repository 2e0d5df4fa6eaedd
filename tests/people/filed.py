"""A child's file with something of each kind on it that has an address of its own."""

from uuid import UUID

from tests.conftest import AT
from tonghu.access.actors import system
from tonghu.access.models import Account
from tonghu.kernel.ids import new_id
from tonghu.people.constants import (
    Benefit,
    BenefitState,
    Category,
    CorrectionPart,
    ErasureGround,
    HoldAuthority,
)
from tonghu.people.models import (
    Child,
    DeclinedSuggestion,
    Erasure,
    HouseholdMember,
    LegalHold,
    Place,
)
from tonghu.people.operations import benefits, corrections, families, registering, spans

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
    check = benefits.check_benefit(
        child=child,
        benefit=Benefit.DIBAO,
        state=BenefitState.ELIGIBLE_NOT_GIVEN,
        checked_on=TODAY,
        by=by,
        at=AT,
    )
    declined = DeclinedSuggestion(
        agency_id=agency_id,
        child=child,
        category=Category.ORPHAN,
        rule="orphan-2010",
        facts="0",
        reason="父亲在世",
        declined_at=AT,
    )
    declined.save(force_insert=True)
    rights = _of_rights(child)
    return {
        **rights,
        "check_id": check.pk,
        "declined_id": declined.pk,
        "child_id": child.pk,
        "span_id": span.pk,
        "household_id": household.pk,
        "member_id": member.pk,
    }


def _of_rights(child: Child) -> dict[str, UUID]:
    boss, second = (Account.objects.create(login=f"filed{n}", name="张三") for n in (1, 2))
    hold = LegalHold(
        agency_id=child.agency_id,
        child=child,
        authority=HoldAuthority.COURT,
        reason="法院来函",
        from_on=TODAY,
        placed_by=boss,
        placed_at=AT,
    )
    hold.save(force_insert=True)
    asked = corrections.ask_correction(
        child=child,
        asked_by=child.person,
        part=CorrectionPart.SCHOOL,
        wrong="三年级",
        right="四年级",
        asked_on=TODAY,
        by=system(child.agency_id),
        at=AT,
    )
    erasure = Erasure(
        agency_id=child.agency_id,
        file=new_id(),
        ground=ErasureGround.DONE,
        reason="服务已结束",
        proposed_by=boss,
        confirmed_by=second,
        confirmed_at=AT,
        due_at=AT,
    )
    erasure.save(force_insert=True)
    return {"erasure_id": erasure.pk, "hold_id": hold.pk, "request_id": asked.pk}
