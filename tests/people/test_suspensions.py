"""The guardian who is suspected or cannot be found, and the kin of a suspect among the staff."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.conftest import AT, FIRST_DAY, QINHUI, TODAY
from tests.people.asking import NO, PHOTO, answered, guardian_of
from tonghu.access import queries as access
from tonghu.access.actors import system
from tonghu.access.constants import ClosingKind
from tonghu.access.models import Closing, Notice
from tonghu.access.operations import grounds, two_persons
from tonghu.access.sheets import Action, Answer
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.people.consents import ConsentMissing, Side, State, require_consent, standing_of
from tonghu.people.constants import Relation, SuspensionGround
from tonghu.people.guardians import guardians_who_may_know
from tonghu.people.models import Child, GuardianSuspension
from tonghu.people.operations import consents, families, suspensions
from tonghu.people.operations.spans import ReasonMissing
from tonghu.people.policy import CHILDREN, CONSENTS, CONTACT_DATA, FILE, SUSPENSIONS
from tonghu.people.queries import children_for

A_DAY = dt.timedelta(days=1)
WHY = "孩子说父亲打她，已向派出所报告"


@pytest.fixture
def father(xiaohai):
    return guardian_of(xiaohai, "谭长青", Relation.FATHER)


@pytest.fixture
def mother(xiaohai):
    return guardian_of(xiaohai, "郑翠英", Relation.MOTHER)


@pytest.fixture
def sister(registered, team, xiaohai, father) -> Child:
    """Another child of the same father, whose file nobody holds."""
    child = registered("谭小雨", team)
    families.share_relative(
        child=child,
        of=xiaohai,
        relative=father,
        relation=Relation.FATHER,
        by=system(QINHUI),
        at=AT,
    )
    return child


def suspend(child, guardian, by, *, ground=SuspensionGround.SUSPECT, **said):
    return suspensions.suspend_guardian(
        child=child, guardian=guardian, ground=ground, by=by, at=AT, **({"reason": WHY} | said)
    )


def conflict(actor, child):
    return grounds.close_to(
        account=actor.account,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=child.pk,
        words="是孩子父亲的妹妹",
        by=system(QINHUI),
        at=AT,
    )


def kept() -> int:
    return GuardianSuspension.objects.unscoped("what is kept").count()


@pytest.mark.parametrize("ground", SuspensionGround)
def test_suspended_guardian_may_neither_know_nor_consent(ground, xiaohai, father, mother, zhanglan):
    answered(xiaohai, father, given_on=FIRST_DAY)
    suspend(xiaohai, father, zhanglan, ground=ground)

    before, now = TODAY - A_DAY, TODAY
    assert [one.guardian for one in guardians_who_may_know(xiaohai, on=before)] == [father, mother]
    assert [one.guardian for one in guardians_who_may_know(xiaohai, on=now)] == [mother]
    assert standing_of(xiaohai, PHOTO, before).state is State.ALLOWED
    assert standing_of(xiaohai, PHOTO, now).state is State.MISSING
    with pytest.raises(consents.GuardianSuspended):
        answered(xiaohai, father)


def test_suspended_guardians_no_does_not_bind_the_other(xiaohai, father, mother, zhanglan):
    answered(xiaohai, father, NO)
    answered(xiaohai, mother)
    suspend(xiaohai, father, zhanglan)

    assert standing_of(xiaohai, PHOTO, TODAY).state is State.ALLOWED


def test_suspended_guardian_takes_no_consent_back(xiaohai, father, mother, zhanglan, liumin):
    consent = answered(xiaohai, mother)
    suspend(xiaohai, father, zhanglan)

    with pytest.raises(consents.GuardianSuspended):
        consents.withdraw_consent(
            consent=consent, person=father, way="phone", withdrawn_on=TODAY, by=liumin, at=AT
        )
    assert standing_of(xiaohai, PHOTO, TODAY).state is State.ALLOWED


def test_nobody_left_to_ask_is_said_with_whom_to_turn_to(xiaohai, father, zhanglan):
    suspend(xiaohai, father, zhanglan)

    assert standing_of(xiaohai, PHOTO, TODAY).whose == (Side.GUARDIAN,)
    with pytest.raises(ConsentMissing, match="民政"):
        require_consent(xiaohai, PHOTO, TODAY)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("liumin", Forbidden), ("yangfan", Forbidden), ("hejing", Hidden), ("stranger", Hidden)],
)
def test_suspend_guardian_is_for_supervisor_and_head(who, refusal, xiaohai, father, request):
    actor = request.getfixturevalue(who)

    with pytest.raises(refusal):
        suspend(xiaohai, father, actor)
    assert kept() == 0


@pytest.mark.parametrize("who", ["zhanglan", "qinhui"])
def test_suspend_guardian_keeps_who_decided_and_why(who, xiaohai, father, request):
    actor = request.getfixturevalue(who)

    held = suspend(xiaohai, father, actor)

    assert (held.decided_by, held.reason, held.from_on) == (actor.account, WHY, TODAY)
    assert suspend(xiaohai, father, actor) == held
    assert kept() == 1


def test_program_suspends_nobody(xiaohai, father):
    with pytest.raises(Forbidden):
        suspend(xiaohai, father, system(QINHUI))


def test_suspension_without_a_reason_or_of_somebody_else_is_refused(xiaohai, father, zhanglan):
    aunt = families.add_relative(
        child=xiaohai, name="谭小妹", relation=Relation.UNCLE_AUNT, by=zhanglan, at=AT
    )

    with pytest.raises(ReasonMissing):
        suspend(xiaohai, father, zhanglan, reason=" ")
    with pytest.raises(suspensions.NobodysGuardian):
        suspend(xiaohai, aunt.relative, zhanglan)
    assert kept() == 0


def test_missing_guardian_who_turns_out_suspect_is_two_rows(xiaohai, father, zhanglan):
    first = suspend(xiaohai, father, zhanglan, ground=SuspensionGround.NOT_FOUND)
    second = suspend(xiaohai, father, zhanglan)

    first.refresh_from_db()
    assert (first.until_on, second.until_on, second.ground) == (TODAY, None, "suspect")


SHEETS = [CHILDREN, CONTACT_DATA, CONSENTS, SUSPENSIONS]


@pytest.mark.parametrize("who", ["liumin", "yangfan", "qinhui"])
def test_suspects_kin_on_the_staff_sees_nothing_from_that_minute(
    who, xiaohai, sister, elsewhere, father, zhanglan, request, signed_in
):
    actor = request.getfixturevalue(who)
    client = signed_in(actor)
    suspend(xiaohai, father, zhanglan, tied=[actor.account])

    for file in (xiaohai, sister):
        answers = {sheet.judge(a, actor, file, on=TODAY) for sheet in SHEETS for a in Action}
        assert answers == {Answer.HIDDEN}
        assert client.get(reverse("child", args=[file.pk])).status_code == 404
    pages = [
        client.get(reverse("child-list"), {"view": "team"}),
        client.get(reverse("search"), {"q": "谭"}),
        client.get(reverse("today")),
        client.get(reverse("waiting-list")),
    ]
    assert [("谭小" in page.content.decode(), page.status_code) for page in pages] == [
        (False, 200)
    ] * 4
    assert not Notice.objects.unscoped("tests").filter(account=actor.account).exists()
    assert not access.history_of(xiaohai.pk, actor, looks=False, on=TODAY).exists()


def test_colleague_tied_through_a_sisters_file_is_closed_out_too(
    yangfan, liumin, xiaohai, sister, wangyan, father, zhanglan
):
    conflict(yangfan, sister)
    assert CHILDREN.judge(Action.FIND, yangfan, xiaohai, on=TODAY) is Answer.ALLOW

    suspend(xiaohai, father, zhanglan)

    assert CHILDREN.judge(Action.FIND, yangfan, xiaohai, on=TODAY) is Answer.HIDDEN
    assert list(children_for(yangfan, on=TODAY)) == [wangyan]
    assert set(children_for(liumin, on=TODAY)) == {xiaohai, sister, wangyan}


def test_guardian_who_cannot_be_found_closes_nobody_out(yangfan, xiaohai, sister, father, zhanglan):
    conflict(yangfan, sister)
    suspend(xiaohai, father, zhanglan, ground=SuspensionGround.NOT_FOUND, tied=[yangfan.account])

    assert CHILDREN.judge(Action.FIND, yangfan, xiaohai, on=TODAY) is Answer.ALLOW


def test_tie_recorded_after_the_suspicion_closes_as_well(
    yangfan, xiaohai, father, zhanglan, registered, team
):
    suspend(xiaohai, father, zhanglan, tied=[yangfan.account])
    brother = registered("谭小山", team)
    assert CHILDREN.judge(Action.FIND, yangfan, brother, on=TODAY) is Answer.ALLOW

    families.share_relative(
        child=brother,
        of=xiaohai,
        relative=father,
        relation=Relation.FATHER,
        by=system(QINHUI),
        at=AT,
    )

    assert CHILDREN.judge(Action.FIND, yangfan, brother, on=TODAY) is Answer.HIDDEN


def test_who_works_with_the_child_is_told_and_goes_on_as_usual(
    liumin, qinhui, zhanglan, xiaohai, father
):
    suspend(xiaohai, father, zhanglan)

    told = Notice.objects.unscoped("tests").filter(event="people.suspension.begun")
    assert {one.account_id for one in told} == {liumin.account_id, qinhui.account_id}
    assert CHILDREN.judge(Action.WRITE, liumin, xiaohai, on=TODAY) is Answer.ALLOW


def test_rights_are_given_back_by_two_persons_and_the_history_stays(
    xiaohai, father, mother, zhanglan, qinhui, yangfan
):
    held = suspend(xiaohai, father, zhanglan, tied=[yangfan.account])
    said = {"suspension": held, "reason": "公安已排除嫌疑", "at": AT}
    proposal = suspensions.propose_giving_back(**said, by=zhanglan)

    assert suspensions.propose_giving_back(**said, by=qinhui) == proposal
    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)
    held.refresh_from_db()
    assert held.until_on is None

    two_persons.confirm(proposal=proposal, by=qinhui, at=AT)

    held.refresh_from_db()
    assert (held.until_on, kept()) == (TODAY, 1)
    tomorrow = guardians_who_may_know(xiaohai, on=TODAY + A_DAY)
    assert [one.guardian for one in tomorrow] == [father, mother]
    assert CHILDREN.judge(Action.FIND, yangfan, xiaohai, on=TODAY) is Answer.HIDDEN


def test_rights_are_not_given_back_by_who_answers_for_nothing_here(
    xiaohai, father, zhanglan, qinhui, liumin, yangfan, elsewhere
):
    held = suspend(xiaohai, father, zhanglan)
    said = {"suspension": held, "reason": "公安已排除嫌疑", "at": AT}

    with pytest.raises(Forbidden):
        suspensions.propose_giving_back(**said, by=liumin)
    proposal = suspensions.propose_giving_back(**said, by=qinhui)

    waits = {who: access.waiting_for(who, on=TODAY) for who in (zhanglan, liumin, yangfan)}
    assert list(waits.values()) == [[proposal], [], []]


def test_kin_of_the_suspect_does_not_learn_of_a_proposal_to_give_back(
    xiaohai, father, zhanglan, qinhui
):
    held = suspend(xiaohai, father, zhanglan, tied=[qinhui.account])
    proposal = suspensions.propose_giving_back(
        suspension=held, reason="公安已排除嫌疑", by=zhanglan, at=AT
    )

    assert access.waiting_for(qinhui, on=TODAY) == []
    assert list(access.proposals_by(qinhui, on=TODAY)) == []
    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=qinhui, at=AT)


def test_closings_of_kin_are_rows_of_their_own(xiaohai, father, zhanglan, yangfan):
    suspend(xiaohai, father, zhanglan, tied=[yangfan.account])
    suspend(xiaohai, father, zhanglan, ground=SuspensionGround.NOT_FOUND)
    suspend(xiaohai, father, zhanglan, tied=[yangfan.account])

    rows = Closing.objects.unscoped("tests").filter(kind=ClosingKind.SUSPECT_KIN)
    assert [(row.account_id, row.target_id) for row in rows] == [(yangfan.account_id, xiaohai.pk)]
