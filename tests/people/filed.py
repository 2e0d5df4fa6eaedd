"""A child's file with something of each kind on it that has an address of its own."""

from uuid import UUID

from tests.conftest import AT
from tonghu.access.actors import Actor, system
from tonghu.people.constants import Benefit, BenefitState, CareArrangement, Category
from tonghu.people.models import Child, DeclinedSuggestion, HouseholdMember, Place
from tonghu.people.operations import benefits, families, registering, spans

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
    return {
        **_entitled(child, by),
        "child_id": child.pk,
        "span_id": span.pk,
        "household_id": household.pk,
        "member_id": member.pk,
    }


def _entitled(child: Child, by: Actor) -> dict[str, UUID]:
    """A benefit, a suggestion that was left aside, an entrusted care."""
    check = benefits.check_benefit(
        child=child,
        benefit=Benefit.DIBAO,
        state=BenefitState.ELIGIBLE_NOT_GIVEN,
        checked_on=TODAY,
        by=by,
        at=AT,
    )
    declined = DeclinedSuggestion(
        agency_id=child.agency_id,
        child=child,
        category=Category.ORPHAN,
        rule="orphan-2010",
        facts="0",
        reason="父亲在世",
        declined_at=AT,
    )
    declined.save(force_insert=True)
    care = spans.arrange_care(
        child=child,
        arrangement=CareArrangement.GRANDPARENT_P,
        is_entrusted=True,
        from_on=TODAY,
        by=by,
        at=AT,
    )
    return {"care_id": care.pk, "check_id": check.pk, "declined_id": declined.pk}
