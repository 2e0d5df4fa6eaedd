"""A child's file with something of each kind on it that has an address of its own."""

from uuid import UUID

from tests.attachments.brought import picture
from tests.casework.worked import worked_with
from tests.conftest import AT
from tonghu.access.actors import Actor, system
from tonghu.access.constants import ClosingKind
from tonghu.access.models import Account, BreakGlass, Deputy
from tonghu.access.operations import grounds, people
from tonghu.attachments.constants import AttachmentKind
from tonghu.attachments.examining import examine
from tonghu.attachments.operations import add_attachment
from tonghu.kernel.ids import new_id
from tonghu.people.constants import (
    Benefit,
    BenefitState,
    CareArrangement,
    Category,
    ConsentKind,
    CorrectionPart,
    ErasureGround,
    GuardianshipBasis,
    HoldAuthority,
    LegalBasis,
    Relation,
    SuspensionGround,
)
from tonghu.people.merging.keeping import Kept
from tonghu.people.models import (
    Child,
    DeclinedSuggestion,
    Erasure,
    GuardianSuspension,
    HouseholdMember,
    LegalHold,
    Merge,
    Place,
)
from tonghu.people.operations import (
    benefits,
    consents,
    corrections,
    doubles,
    families,
    registering,
    spans,
)
from tonghu.people.policy import FILE, PAPERS

TODAY = AT.date()


def numbers_of_a_file(agency_id: UUID, place: Place) -> dict[str, UUID]:
    """Enter a child as the program does; return the numbers its addresses carry."""
    by = system(agency_id)
    child = _registered("谭小海", place, by)
    return {
        "child_id": child.pk,
        **_family(child, by),
        **_entitled(child, by),
        **_doubled(child, place, by),
        **_papers(child, by),
        **_agreed(child, by),
        **_closed(child, by),
        **_of_rights(child, by),
        **worked_with(child, by),
        **_of_emergencies(child),
    }


def _registered(name: str, place: Place, by: Actor) -> Child:
    return registering.register_child(name=name, place=place, registered_on=TODAY, by=by, at=AT)


def _family(child: Child, by: Actor) -> dict[str, UUID]:
    span = spans.confirm_category(
        child=child, category=Category.LEFT_BEHIND, reason="父母外出", from_on=TODAY, by=by, at=AT
    )
    household = families.begin_household(child=child, members=[], from_on=TODAY, by=by, at=AT)
    member = HouseholdMember.objects.unscoped("tests").get(household=household)
    return {"span_id": span.pk, "household_id": household.pk, "member_id": member.pk}


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


def _doubled(child: Child, place: Place, by: Actor) -> dict[str, UUID]:
    """A pair that waits, and a file that was brought together with another."""
    other, third = (_registered(name, place, by) for name in ("谭晓海", "潘小海"))
    merge = Merge(
        agency_id=child.agency_id,
        survivor=child,
        loser=other,
        kept=Kept().as_text(),
        decided_at=AT,
    )
    merge.save(force_insert=True)
    pair = doubles.note_possible_double(one=child, other=third, score=20, by=by, at=AT)
    return {"pair_id": pair.pk, "merge_id": merge.pk}


def _papers(child: Child, by: Actor) -> dict[str, UUID]:
    paper = add_attachment(
        kind_of_file=PAPERS.target_kind,
        target_id=child.pk,
        examined=examine(picture(), shows=AttachmentKind.SCAN),
        title="成绩单",
        happened_on=TODAY,
        by=by,
        at=AT,
    )
    return {"attachment_id": paper.pk}


def _agreed(child: Child, by: Actor) -> dict[str, UUID]:
    consent = consents.note_legal_duty(
        child=child,
        purposes=[ConsentKind.DATA_SHARE],
        basis=LegalBasis.REPORT,
        reason="已向派出所报告",
        given_on=TODAY,
        by=by,
        at=AT,
    )
    return {"consent_id": consent.pk, "suspension_id": _suspended(child).pk}


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


def _closed(child: Child, by: Actor) -> dict[str, UUID]:
    login = f"kin{str(child.agency_id)[-4:]}"
    kin = people.open_account(login=login, name="谭平", by=by, at=AT)
    closing = grounds.close_to(
        account=kin,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=child.pk,
        words="是孩子的叔叔",
        by=by,
        at=AT,
    )
    return {"closing_id": closing.pk}


def _of_rights(child: Child, by: Actor) -> dict[str, UUID]:
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
        by=by,
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


def _of_emergencies(child: Child) -> dict[str, UUID]:
    """An emergency of somebody who has no role any more, reviewed by nobody."""
    opener = Account.objects.create(login=f"glass{str(child.agency_id)[-4:]}", name="张三")
    glass = BreakGlass(
        agency_id=child.agency_id,
        account=opener,
        target_kind=FILE,
        target_id=child.pk,
        words="孩子电话里说不想活了",
        opened_at=AT,
        until_at=AT + grounds.GLASS_FOR,
    )
    glass.save(force_insert=True)
    deputy = Deputy(
        agency_id=child.agency_id, account=opener, from_on=TODAY, named_by=opener, named_at=AT
    )
    deputy.save(force_insert=True)
    return {"glass_id": glass.pk, "deputy_id": deputy.pk}
