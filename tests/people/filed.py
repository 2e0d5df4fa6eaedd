"""A child's file with something of each kind on it that has an address of its own."""

from uuid import UUID

from tests.attachments.brought import picture
from tests.conftest import AT
from tonghu.access.actors import system
from tonghu.attachments.constants import AttachmentKind
from tonghu.attachments.examining import examine
from tonghu.attachments.operations import add_attachment
from tonghu.people.constants import Benefit, BenefitState, Category
from tonghu.people.models import DeclinedSuggestion, HouseholdMember, Place
from tonghu.people.operations import benefits, families, registering, spans
from tonghu.people.policy import PAPERS
from tonghu.people.constants import Category
from tonghu.people.merging.keeping import Kept
from tonghu.people.models import Child, HouseholdMember, Merge, Place, PossibleDouble
from tonghu.people.operations import doubles, families, registering, spans

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
    other = registering.register_child(
        name="谭晓海", place=place, registered_on=TODAY, by=by, at=AT
    )
    third = registering.register_child(
        name="潘小海", place=place, registered_on=TODAY, by=by, at=AT
    )
    merge = Merge(
        agency_id=agency_id, survivor=child, loser=other, kept=Kept().as_text(), decided_at=AT
    )
    merge.save(force_insert=True)
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
    paper = add_attachment(
        kind_of_file=PAPERS.target_kind,
        target_id=child.pk,
        examined=examine(picture(), shows=AttachmentKind.PHOTO),
        title="成绩单",
        happened_on=TODAY,
        by=by,
        at=AT,
    )
    return {
        "check_id": check.pk,
        "declined_id": declined.pk,
        "attachment_id": paper.pk,
        "child_id": child.pk,
        "span_id": span.pk,
        "household_id": household.pk,
        "member_id": member.pk,
        "pair_id": _noted(child, third).pk,
        "merge_id": merge.pk,
    }


def _noted(one: Child, other: Child) -> PossibleDouble:
    return doubles.note_possible_double(
        one=one, other=other, score=20, by=system(one.agency_id), at=AT
    )
