"""A child's file with something of each kind on it that has an address of its own."""

from uuid import UUID

from tests.conftest import AT
from tonghu.access.actors import system
from tonghu.access.constants import ClosingKind
from tonghu.access.operations import grounds, people
from tonghu.people.constants import Category
from tonghu.people.models import HouseholdMember, Place
from tonghu.people.operations import families, registering, spans
from tonghu.people.policy import FILE

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
    kin = people.open_account(login=f"kin{str(agency_id)[-4:]}", name="谭平", by=by, at=AT)
    closing = grounds.close_to(
        account=kin,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=child.pk,
        words="是孩子的叔叔",
        by=by,
        at=AT,
    )
    return {
        "closing_id": closing.pk,
        "child_id": child.pk,
        "span_id": span.pk,
        "household_id": household.pk,
        "member_id": member.pk,
    }
