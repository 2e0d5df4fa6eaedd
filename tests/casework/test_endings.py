import datetime as dt

import pytest

from tests.access.conftest import last_row
from tests.casework.conftest import judged
from tests.casework.planned import closed, followed_up, planned, proposed
from tests.conftest import AT, TODAY
from tonghu.casework.constants import CaseState, ClosureReason, PaperKind, RiskLevel
from tonghu.casework.editions import ChangedMeanwhile, edition_of
from tonghu.casework.endings import months_after, unscoped_follow_ups
from tonghu.casework.fields import NotNow
from tonghu.casework.models import Closure, FollowUp, Goal, StageReview, Submission
from tonghu.casework.moving import NotInThisState
from tonghu.casework.operations import closings, leads, rating, reviews
from tonghu.casework.operations.signing import NotApproved
from tonghu.casework.operations.submitting import NotComplete, approve, give_back
from tonghu.kernel.errors import Forbidden

LATER = AT + dt.timedelta(days=31)


@pytest.fixture
def case(case, liumin, zhanglan):
    return planned(case, liumin, zhanglan)


def _sent(case, kind):
    return Submission.objects.unscoped("tests").get(case=case, kind=kind, decision="")


def test_a_review_rates_every_goal_judges_the_risk_and_hears_both(case, liumin):
    reviews.begin_review(case=case, by=liumin, at=AT)
    stage = StageReview.objects.unscoped("tests").get()
    with pytest.raises(NotComplete) as refusal:
        reviews.go_on(case=case, by=liumin, at=AT)
    assert "每天按时到校" in str(refusal.value)
    case.refresh_from_db()
    assert case.state == CaseState.REVIEW

    goal = Goal.objects.unscoped("tests").get()
    rating.rate_goal(goal=goal, level=1, on=TODAY, by=liumin, at=AT)
    judged(case, liumin, RiskLevel.L3_MEDIUM)
    said = {"child_helps": 8, "guardian_view": "比以前好"}
    reviews.describe_review(stage=stage, said=said, by=liumin, at=AT)
    reviews.go_on(case=case, by=liumin, at=AT)

    stage.refresh_from_db()
    assert (case.state, stage.done_on) == (CaseState.ACTIVE, TODAY)
    assert _sent(case, PaperKind.REVIEW).paper == stage.pk


def test_what_a_review_says_is_written_while_it_is_under_way(case, liumin):
    reviews.begin_review(case=case, by=liumin, at=AT)
    stage = StageReview.objects.unscoped("tests").get()
    base = edition_of(stage, reviews.STAGE_SAYS)
    reviews.describe_review(stage=stage, said={"child_view": "好"}, base=base, by=liumin, at=AT)

    with pytest.raises(ChangedMeanwhile):
        reviews.describe_review(stage=stage, said={"child_view": "x"}, base=base, by=liumin, at=AT)
    case.state = CaseState.ACTIVE
    case.save(update_fields=["state"])
    with pytest.raises(NotNow):
        reviews.describe_review(stage=stage, said={"child_view": "x"}, by=liumin, at=AT)


def test_a_case_is_closed_by_the_supervisor_alone(case, liumin, zhanglan):
    proposed(case, liumin)
    sent = _sent(case, PaperKind.CLOSURE)
    with pytest.raises(Forbidden):
        approve(submission=sent, by=liumin, at=AT)
    with pytest.raises(NotApproved):
        closings.close(case=case, by=zhanglan, at=AT)

    approve(submission=sent, by=zhanglan, at=AT)

    case.refresh_from_db()
    assert (case.state, case.closed_on) == (CaseState.CLOSED, TODAY)
    assert Closure.objects.unscoped("tests").get().closed_on == TODAY
    assert last_row("casework.case.closed").about_id == case.child_id


def test_a_returned_closing_is_written_on_and_proposed_again(case, liumin, zhanglan):
    proposed(case, liumin)

    give_back(submission=_sent(case, PaperKind.CLOSURE), reason="先问问奶奶", by=zhanglan, at=AT)

    case.refresh_from_db()
    assert case.state == CaseState.ACTIVE
    proposed(case, liumin, family_view="奶奶同意")
    assert _sent(case, PaperKind.CLOSURE).version == 2
    assert Closure.objects.unscoped("tests").count() == 1


@pytest.mark.parametrize("level", [RiskLevel.L1_URGENT, RiskLevel.L2_HIGH])
def test_a_guardians_refusal_does_not_end_a_case_with_danger(case, liumin, level):
    judged(case, liumin, level, days=3)

    with pytest.raises(closings.RefusedInDanger):
        proposed(case, liumin, reason=ClosureReason.REFUSED)

    case.refresh_from_db()
    assert case.state == CaseState.ACTIVE


def test_the_danger_that_came_after_the_refusal_was_written_counts_too(case, liumin):
    said = {"reason": ClosureReason.REFUSED, "summary": "家长不愿意", "remaining_risk": "无"}
    closings.describe_closure(case=case, said=said | {"child_view": "无"}, by=liumin, at=AT)
    judged(case, liumin, RiskLevel.L2_HIGH)

    with pytest.raises(closings.RefusedInDanger):
        closings.propose_closing(case=case, by=liumin, at=AT)


def test_a_closing_lacks_nothing_and_names_the_days_of_coming_again(case, liumin):
    with pytest.raises(NotComplete):
        closings.propose_closing(case=case, by=liumin, at=AT)
    case.refresh_from_db()
    said = {"reason": ClosureReason.GOAL_MET, "summary": "到校", "remaining_risk": "无"}
    closings.describe_closure(case=case, said=said, by=liumin, at=AT)
    with pytest.raises(closings.FollowUpsMissing):
        closings.propose_closing(case=case, by=liumin, at=AT)
    case.refresh_from_db()
    with pytest.raises(closings.FollowUpsMissing):
        closings.plan_follow_ups(case=case, days=[], by=liumin, at=AT)
    with pytest.raises(closings.AlreadyPast):
        closings.plan_follow_ups(case=case, days=[TODAY], by=liumin, at=AT)
    closings.plan_follow_ups(case=case, days=[months_after(TODAY, 1)], by=liumin, at=AT)
    with pytest.raises(NotComplete):
        closings.propose_closing(case=case, by=liumin, at=AT)
    content = said | {"satisfaction": 8, "asked_by": ""}
    with pytest.raises(closings.NotAsked):
        closings.describe_closure(case=case, said=content, by=liumin, at=AT)


def test_somebody_comes_again_and_then_the_case_goes_into_the_archive(case, liumin, zhanglan):
    closed(case, liumin, zhanglan)
    first, *others = unscoped_follow_ups(case)
    with pytest.raises(closings.FollowUpsOpen):
        closings.archive(case=case, by=liumin, at=LATER)
    case.refresh_from_db()

    followed_up(first, liumin, LATER)
    case.refresh_from_db()
    assert case.state == CaseState.FOLLOW_UP
    with pytest.raises(closings.FollowUpsOpen):
        followed_up(first, liumin, LATER)
    for one in others:
        closings.call_off_follow_up(follow_up=one, why="全家迁往广东", by=liumin, at=LATER)
    closings.archive(case=case, by=liumin, at=LATER)

    assert case.state == CaseState.ARCHIVED
    assert FollowUp.objects.unscoped("tests").count() == 3


def test_a_follow_up_is_not_recorded_before_the_case_ended(case, liumin, zhanglan):
    proposed(case, liumin)
    first = unscoped_follow_ups(case)[0]
    with pytest.raises(NotNow):
        followed_up(first, liumin, LATER)
    approve(submission=_sent(case, PaperKind.CLOSURE), by=zhanglan, at=AT)

    with pytest.raises(closings.AlreadyPast):
        followed_up(first, liumin, LATER, on=TODAY - dt.timedelta(days=1))


def test_a_closed_case_begins_again_with_the_intake(case, liumin, zhanglan):
    closed(case, liumin, zhanglan)

    leads.reopen(case=case, reason="回访发现又辍学", by=liumin, at=LATER)

    assert (case.state, case.closed_on) == (CaseState.SCREENING, None)
    with pytest.raises(NotInThisState):
        closings.begin_follow_up(case=case, by=liumin, at=LATER)


@pytest.mark.parametrize(
    ("first", "months", "then"),
    [
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-06-15", 6, "2026-12-15"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(first, months, then):
    day = dt.date.fromisoformat

    assert months_after(day(first), months) == day(then)
