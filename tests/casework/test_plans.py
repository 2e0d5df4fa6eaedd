import datetime as dt

import pytest

from tests.access.conftest import last_row
from tests.casework.conftest import judged
from tests.casework.planned import (
    GOAL,
    SAFE,
    approved,
    drafted,
    in_planning,
    planned,
    signed,
    with_goal,
)
from tests.conftest import AT, TODAY
from tests.services.visited import visited
from tonghu.access.operations import grounds
from tonghu.casework.constants import CaseState, Doer, PaperKind, Scale, Signer, SignWay
from tonghu.casework.editions import ChangedMeanwhile, edition_of
from tonghu.casework.fields import NotNow
from tonghu.casework.models import Goal, SafetyPlan, Signature
from tonghu.casework.operations import planning, rating, safety, signing
from tonghu.casework.operations.submitting import NotComplete, give_back, submit
from tonghu.casework.plans import goals_in, goals_to_choose, safety_plan_of, whole
from tonghu.kernel.errors import Forbidden
from tonghu.people.constants import GuardianshipBasis, Relation, SuspensionGround
from tonghu.people.models import GuardianSuspension
from tonghu.people.operations import families
from tonghu.people.policy import FILE


@pytest.fixture
def case(case):
    return in_planning(case)


@pytest.fixture
def plan(case, liumin):
    return drafted(case, liumin)


def test_a_plan_that_was_approved_and_signed_is_agreed_on_the_day_of_signing(
    case, plan, liumin, zhanglan
):
    approved(plan, liumin, zhanglan)
    signed(plan, liumin)

    signing.agree(plan=plan, by=liumin, at=AT + dt.timedelta(days=3))

    case.refresh_from_db()
    assert (case.state, case.signed_on) == (CaseState.ACTIVE, TODAY)
    assert last_row("casework.case.plan_agreed").about_id == case.child_id


def test_a_plan_that_nobody_signed_or_approved_holds_nowhere(case, plan, liumin, zhanglan):
    with pytest.raises(signing.NotApproved):
        signing.agree(plan=plan, by=liumin, at=AT)
    approved(plan, liumin, zhanglan)

    with pytest.raises(signing.NotSigned):
        signing.agree(plan=plan, by=liumin, at=AT)
    signing.sign_plan(plan=plan, part=Signer.WORKER, on=TODAY, by=liumin, at=AT)
    with pytest.raises(signing.NotSigned):
        signing.agree(plan=plan, by=liumin, at=AT)

    case.refresh_from_db()
    assert case.state == CaseState.PLANNING


def test_a_signature_taken_back_does_not_count_and_stays_in_the_history(
    plan, liumin, zhanglan, case
):
    approved(plan, liumin, zhanglan)
    signed(plan, liumin)
    row = Signature.objects.unscoped("tests").get(part=Signer.CHILD)

    signing.withdraw_signature(signature=row, why="记错了人", by=liumin, at=AT)

    with pytest.raises(signing.NotSigned):
        signing.agree(plan=plan, by=liumin, at=AT)
    assert Signature.objects.unscoped("tests").count() == 2


def test_a_guardian_whose_rights_are_suspended_does_not_sign(plan, case, liumin, zhanglan):
    kin = families.add_relative(
        child=case.child, name="谭长青", relation=Relation.FATHER, by=liumin, at=AT
    )
    sign = {"plan": plan, "part": Signer.GUARDIAN, "person": kin.relative, "on": TODAY}
    with pytest.raises(signing.NotTheirs):
        signing.sign_plan(**sign, by=liumin, at=AT)
    families.begin_guardianship(
        child=case.child,
        guardian=kin.relative,
        basis=GuardianshipBasis.PARENTS,
        from_on=TODAY,
        by=liumin,
        at=AT,
    )
    signing.sign_plan(**sign, by=liumin, at=AT)

    GuardianSuspension(
        agency_id=case.agency_id,
        child=case.child,
        guardian=kin.relative,
        ground=SuspensionGround.NOT_FOUND,
        reason="联系不上",
        from_on=TODAY,
        decided_by=zhanglan.account,
        decided_at=AT,
    ).save(force_insert=True)

    with pytest.raises(signing.NotTheirs):
        signing.sign_plan(**sign, by=liumin, at=AT)


@pytest.mark.parametrize(
    ("also", "refusal"),
    [
        ({"way": SignWay.ORAL, "witness": " "}, signing.WitnessMissing),
        ({"on": TODAY + dt.timedelta(days=1)}, signing.NotThatDay),
        ({"on": TODAY - dt.timedelta(days=1)}, signing.NotThatDay),
    ],
)
def test_a_signature_has_a_day_and_by_word_a_witness(plan, case, liumin, also, refusal):
    said = {"part": Signer.CHILD, "person": case.child.person, "on": TODAY} | also

    with pytest.raises(refusal):
        signing.sign_plan(plan=plan, **said, by=liumin, at=AT)

    assert not Signature.objects.unscoped("tests").exists()


def test_where_there_is_danger_the_safety_plan_comes_first(plan, case, liumin, zhanglan):
    approved(plan, liumin, zhanglan)
    signed(plan, liumin)
    judged(case, liumin)

    with pytest.raises(signing.SafetyPlanMissing):
        signing.agree(plan=plan, by=liumin, at=AT)

    safety.write_safety_plan(case=case, **SAFE, by=liumin, at=AT)
    assert signing.agree(plan=plan, by=liumin, at=AT).state == CaseState.ACTIVE


def test_a_goal_needs_a_baseline_on_its_scale_and_there_are_five_at_most(plan, liumin):
    with pytest.raises(planning.BaselineMissing):
        with_goal(plan, liumin, baseline=None)
    with pytest.raises(planning.OffTheScale):
        with_goal(plan, liumin, baseline=3)
    with pytest.raises(planning.OffTheScale):
        with_goal(plan, liumin, scale=Scale.PLAIN, baseline=4, target=11)
    for number in range(4):
        with_goal(plan, liumin, words=f"目标{number}", scale=Scale.PLAIN, baseline=4, target=7)

    with pytest.raises(planning.TooManyGoals):
        with_goal(plan, liumin)

    first = Goal.objects.unscoped("tests").get(order=1)
    planning.leave_goal_out(goal=first, by=liumin, at=AT)
    with_goal(plan, liumin)
    with pytest.raises(planning.TooManyGoals):
        planning.leave_goal_out(goal=first, is_out=False, by=liumin, at=AT)


def test_a_plan_says_what_it_lacks_before_it_is_submitted(case, liumin):
    plan = planning.begin_plan(case=case, by=liumin, at=AT)

    with pytest.raises(NotComplete) as refusal:
        submit(case=case, kind=PaperKind.PLAN, paper=plan, by=liumin, at=AT)

    assert "目标" in str(refusal.value)


def test_what_the_supervisor_has_is_not_written_on_until_it_is_returned(
    plan, case, liumin, zhanglan
):
    sent = submit(case=case, kind=PaperKind.PLAN, paper=plan, by=liumin, at=AT)
    with pytest.raises(planning.PlanFixed):
        with_goal(plan, liumin)
    with pytest.raises(planning.PlanFixed):
        planning.describe_plan(plan=plan, said={"unpaid_helper": "x"}, by=liumin, at=AT)

    give_back(submission=sent, reason="目标再具体些", by=zhanglan, at=AT)

    with_goal(plan, liumin, words="和爸爸每周说上话")
    assert whole(plan, liumin, on=TODAY).is_open


def test_a_later_version_goes_on_with_goals_ratings_and_what_is_not_done(case, liumin, zhanglan):
    planned(case, liumin, zhanglan)
    goal = Goal.objects.unscoped("tests").get()
    rating.rate_goal(goal=goal, level=1, on=TODAY, note="本周到校五天", by=liumin, at=AT)

    second = planning.begin_plan(case=case, by=liumin, at=AT)

    now = whole(second, liumin, on=TODAY)
    assert (second.version, len(now.actions)) == (2, 1)
    assert [(one.goal.words, one.level) for one in now.goals] == [(GOAL["words"], 1)]
    assert now.attainment == 60
    with pytest.raises(planning.DraftThere):
        planning.begin_plan(case=case, by=liumin, at=AT)
    approved(second, liumin, zhanglan)
    signed(second, liumin)
    assert signing.renew(plan=second, by=liumin, at=AT).agreed_on == TODAY


def test_two_who_write_in_one_plan_do_not_write_over_each_other(plan, liumin, zhanglan):
    base = edition_of(plan, planning.PLAN_SAYS)
    planning.describe_plan(plan=plan, said={"unpaid_helper": "大伯"}, base=base, by=liumin, at=AT)

    with pytest.raises(ChangedMeanwhile):
        planning.describe_plan(
            plan=plan, said={"unpaid_helper": "姑姑"}, base=base, by=liumin, at=AT
        )

    plan.refresh_from_db()
    assert plan.unpaid_helper == "大伯"


def test_a_level_is_one_of_the_goals_scale_on_a_day_that_has_come(case, liumin, zhanglan):
    planned(case, liumin, zhanglan)
    goal = Goal.objects.unscoped("tests").get()

    with pytest.raises(planning.OffTheScale):
        rating.rate_goal(goal=goal, level=3, on=TODAY, by=liumin, at=AT)
    tomorrow = TODAY + dt.timedelta(days=1)
    with pytest.raises(planning.NotDoneYet):
        rating.rate_goal(goal=goal, level=1, on=tomorrow, by=liumin, at=AT)


def test_goals_are_not_rated_before_the_plan_is_agreed(plan, liumin):
    with pytest.raises(NotNow):
        rating.rate_goal(
            goal=Goal.objects.unscoped("tests").get(), level=1, on=TODAY, by=liumin, at=AT
        )


def test_a_contact_was_about_goals_of_its_own_child(case, liumin, zhanglan, team, registered):
    planned(case, liumin, zhanglan)
    contact = visited(case.child, liumin)
    (goal,) = goals_to_choose(case.child, liumin, on=TODAY)

    rating.link(contact=contact, goals=[goal], by=liumin, at=AT)

    assert goals_in(contact.pk, liumin, on=TODAY) == [goal]
    other = visited(registered("谭小月", team, holder=liumin), liumin)
    with pytest.raises(rating.NotOfThisChild):
        rating.link(contact=other, goals=[goal], by=liumin, at=AT)


def test_actions_have_an_owner_and_are_done_on_a_day(plan, liumin):
    said = {"what": "接送", "who": Doer.OTHER, "who_named": "", "due_on": TODAY}
    with pytest.raises(planning.OtherNotNamed):
        planning.agree_action(plan=plan, said=said, by=liumin, at=AT)
    action = planning.agree_action(plan=plan, said=said | {"who_named": "四叔"}, by=liumin, at=AT)

    planning.note_done(action=action, done_on=TODAY, by=liumin, at=AT)
    planning.note_done(action=action, done_on=None, by=liumin, at=AT)

    assert action.done_on is None


def test_a_colleague_reads_no_plan_and_writes_none_but_a_safety_plan_in_an_emergency(
    case, plan, liumin, yangfan
):
    with pytest.raises(Forbidden):
        with_goal(plan, yangfan)
    with pytest.raises(Forbidden):
        safety.write_safety_plan(case=case, **SAFE, by=yangfan, at=AT)
    assert safety_plan_of(case, yangfan, on=TODAY) is None

    grounds.break_glass(
        target_kind=FILE,
        target_id=case.child_id,
        words="孩子在派出所，需要马上安排",
        by=yangfan,
        at=AT,
    )

    safety.write_safety_plan(case=case, **SAFE, by=yangfan, at=AT)
    assert safety_plan_of(case, liumin, on=TODAY).call == SAFE["call"]
    with pytest.raises(Forbidden):
        with_goal(plan, yangfan)


def test_a_new_safety_plan_ends_the_one_before_and_its_words_are_sealed(case, liumin):
    safety.write_safety_plan(case=case, **SAFE, by=liumin, at=AT)
    later = AT + dt.timedelta(days=5)

    safety.write_safety_plan(case=case, **(SAFE | {"call": "119"}), by=liumin, at=later)

    rows = SafetyPlan.objects.unscoped("tests").order_by("from_on")
    assert [one.until_on for one in rows] == [TODAY + dt.timedelta(days=4), None]
    assert "王秀兰" not in str(rows.values("safe_adults"))
    with pytest.raises(safety.SafetyIncomplete):
        safety.write_safety_plan(case=case, **(SAFE | {"signs": " "}), by=liumin, at=later)
