import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.casework.conftest import accepted, judged
from tests.casework.planned import (
    GOAL,
    SAFE,
    approved,
    closed,
    drafted,
    in_planning,
    planned,
    with_goal,
)
from tests.conftest import AT, TODAY
from tonghu.casework.constants import CaseState, ClosureReason, RiskLevel, Scale
from tonghu.casework.due import due_in
from tonghu.casework.models import (
    Closure,
    FollowUp,
    Goal,
    GoalRating,
    Plan,
    PlanAction,
    SafetyPlan,
    Signature,
    StageReview,
)
from tonghu.casework.operations import planning, rating, reviews

SENT = {"op_id": ""}
KNOWN_LATIN = {"GAS", "English", "Chrome"}


@pytest.fixture
def browser(liumin, signed_in):
    return signed_in(liumin)


def english_in(page: str) -> list[str]:
    """Return what stands in Latin letters on a Chinese page, names of methods aside."""
    main = page[page.index("<main") : page.index("</main>")]
    said = re.sub(r"<[^>]+>|\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", " ", main)  # tags, case numbers
    words = re.findall(r"[A-Za-z]{3,}", said)
    return [one for one in words if one not in KNOWN_LATIN]


def _one(table, **said):
    return table.objects.unscoped("tests").get(**said)


def _text(answer) -> str:
    return answer.content.decode()


def test_a_plan_is_written_goal_by_goal_and_put_before_the_supervisor(case, browser):
    in_planning(case)
    answer = browser.post(reverse("plan-new", args=[case.pk]), SENT, follow=True)
    plan = _one(Plan)
    assert answer.redirect_chain[-1][0] == reverse("plan", args=[plan.pk])
    assert "还缺" in _text(answer)

    goal = GOAL | {"target_on": "2026-12-01", "weight": 1, "scale": Scale.GAS}
    browser.post(reverse("goal-new", args=[plan.pk]), goal)
    task = {"what": "叫孩子起床", "who": "PARENT", "due_on": "2026-07-01", "goal": ""}
    browser.post(reverse("action-new", args=[plan.pk]), task)
    words = {"unpaid_helper": "李婶", "limits": "有人伤害你时", "told_child": "on"}
    words |= {"told_guardian": "on", "review_on": "2026-08-01"}
    browser.post(reverse("plan-edit", args=[plan.pk]), words)
    answer = browser.post(reverse("plan-submit", args=[plan.pk]), SENT, follow=True)

    answer = browser.get(reverse("plan", args=[plan.pk]))
    assert answer.context["shown"].is_waiting
    assert GOAL["words"] in _text(answer)
    assert browser.post(reverse("goal-new", args=[plan.pk]), goal).status_code == 200
    assert Goal.objects.unscoped("tests").count() == 1


def test_a_goal_without_a_baseline_is_said_at_the_place(case, liumin, browser):
    plan = drafted(in_planning(case), liumin)
    goal = GOAL | {"target_on": "2026-12-01", "weight": 1, "baseline": ""}

    answer = browser.post(reverse("goal-new", args=[plan.pk]), goal)

    assert "baseline" in answer.context["form"].errors
    assert GOAL["own_words"] in _text(answer)


def test_who_changed_a_plan_meanwhile_is_shown_and_both_texts_are_kept(case, liumin, browser):
    plan = drafted(in_planning(case), liumin)
    where = reverse("plan-edit", args=[plan.pk])
    base = browser.get(where).context["base"]
    planning.describe_plan(plan=plan, said={"unpaid_helper": "大伯"}, by=liumin, at=AT)
    mine = {"unpaid_helper": "姑姑", "limits": "x", "base": base}

    answer = browser.post(where, mine)

    assert "大伯" in _text(answer)
    assert "姑姑" in _text(answer)
    browser.post(where, mine | {"base": answer.context["base"]})
    plan.refresh_from_db()
    assert plan.unpaid_helper == "姑姑"


def test_signatures_are_noted_taken_back_and_the_plan_holds(case, liumin, zhanglan, browser):
    plan = drafted(in_planning(case), liumin)
    approved(plan, liumin, zhanglan)
    sign = {"way": "PAPER", "on": f"{TODAY}"}
    for who in ("child", "worker", "supervisor"):
        browser.post(reverse("plan-sign", args=[plan.pk]), sign | {"who": who})
    assert Signature.objects.unscoped("tests").count() == 3
    wrong = _one(Signature, part="SUPERVISOR")
    browser.post(reverse("signature-back", args=[wrong.pk]), {"why": "未到场"})
    assert "未到场" not in _text(browser.get(reverse("plan", args=[plan.pk])))

    browser.post(reverse("plan-agree", args=[plan.pk]), SENT)

    case.refresh_from_db()
    assert case.state == CaseState.ACTIVE


def test_the_case_page_shows_goals_as_bars_with_words_and_the_safety_plan(
    case, liumin, zhanglan, browser
):
    planned(case, liumin, zhanglan)
    goal = _one(Goal)
    rating.rate_goal(goal=goal, level=1, on=TODAY, note="五天都到了", by=liumin, at=AT)

    page = _text(browser.get(reverse("case", args=[case.pk])))

    assert page.count('<rect class="past"') == 3
    assert "好于预期" in page
    assert SAFE["call"] in page
    assert english_in(page) == []


def test_what_is_left_out_is_put_back(case, liumin, browser):
    plan = drafted(in_planning(case), liumin)
    goal, action = _one(Goal), _one(PlanAction)

    for _time in range(2):
        browser.post(reverse("goal-out", args=[goal.pk]), SENT)
        browser.post(reverse("action-out", args=[action.pk]), SENT)
        goal.refresh_from_db()
        action.refresh_from_db()

    assert (goal.is_out, action.is_out) == (False, False)
    with_goal(plan, liumin, words="第二个")
    browser.post(
        reverse("goal-edit", args=[goal.pk]),
        GOAL | {"words": "改了", "weight": 2, "target_on": "2026-12-01"},
    )
    goal.refresh_from_db()
    assert (goal.words, goal.weight) == ("改了", 2)


def test_a_review_is_walked_through_on_its_pages(case, liumin, zhanglan, browser):
    planned(case, liumin, zhanglan)
    browser.post(reverse("case-review", args=[case.pk]), SENT)
    stage = _one(StageReview)
    page = _text(browser.get(reverse("stage", args=[stage.pk])))
    assert english_in(page) == []
    assert "每天按时到校" in page

    goal = _one(Goal)
    browser.post(reverse("goal-rate", args=[goal.pk]), {"level": 2, "on": f"{TODAY}"})
    said = {"child_helps": 9, "guardian_helps": 7, "changes": ""}
    browser.post(reverse("stage-edit", args=[stage.pk]), said)
    judged(case, liumin, RiskLevel.L4_WATCH)
    browser.post(reverse("case-go-on", args=[case.pk]), SENT)

    case.refresh_from_db()
    assert case.state == CaseState.ACTIVE
    assert _one(GoalRating).level == 2


def test_a_case_is_ended_and_followed_up_on_its_pages(case, liumin, zhanglan, browser):
    planned(case, liumin, zhanglan)
    form = browser.get(reverse("case-closing", args=[case.pk])).context["form"]
    assert form["first"].value() == dt.date(2026, 7, 1)
    said = {"reason": "GOAL_MET", "summary": "到校", "remaining_risk": "无", "child_view": "好"}
    said |= {"first": "2026-07-01", "second": "2026-09-01", "third": ""}
    browser.post(reverse("case-closing", args=[case.pk]), said)
    browser.post(reverse("case-propose", args=[case.pk]), SENT)

    closure = _one(Closure)
    case.refresh_from_db()
    assert case.state == CaseState.CLOSING
    assert FollowUp.objects.unscoped("tests").count() == 2
    assert english_in(_text(browser.get(reverse("closure", args=[closure.pk])))) == []


def test_a_refusal_in_danger_is_said_and_what_was_written_is_kept(case, liumin, zhanglan, browser):
    planned(case, liumin, zhanglan)
    judged(case, liumin, RiskLevel.L2_HIGH)
    said = {"reason": ClosureReason.REFUSED, "summary": "家长不愿意再来", "child_view": "x"}

    answer = browser.post(
        reverse("case-closing", args=[case.pk]), said | {"remaining_risk": "父亲酗酒"}
    )

    assert "家长不愿意再来" in _text(answer)
    assert "监护人拒绝不能作为结案原因" in _text(answer)
    assert not Closure.objects.unscoped("tests").exists()


def test_follow_ups_are_recorded_called_off_and_then_the_case_is_archived(
    case, liumin, zhanglan, browser
):
    planned(case, liumin, zhanglan)
    closed(case, liumin, zhanglan)
    first, second, third = FollowUp.objects.unscoped("tests").order_by("due_on")
    page = _text(browser.get(reverse("case", args=[case.pk])))
    assert reverse("closure", args=[_one(Closure).pk]) in page
    assert english_in(page) == []
    said = {"on": f"{TODAY}", "mode": "HOME", "child_seen": "yes", "stable": "yes"}
    said |= {"risk": "NONE", "decision": "FINE", "benefits_kept": ""}

    browser.post(reverse("follow-up", args=[first.pk]), said)
    for one in (second, third):
        browser.post(reverse("follow-up-off", args=[one.pk]), {"why": "迁走"})
    browser.post(reverse("case-archive", args=[case.pk]), SENT)

    case.refresh_from_db()
    assert case.state == CaseState.ARCHIVED


def test_a_safety_plan_begins_with_what_the_last_one_says(case, liumin, zhanglan, browser):
    planned(case, liumin, zhanglan)
    where = reverse("safety-new", args=[case.pk])
    assert browser.get(where).context["form"]["call"].value() == SAFE["call"]

    browser.post(where, SAFE | {"call": "119"})

    assert _one(SafetyPlan, until_on=None).call == "119"


def test_a_colleague_without_a_reason_gets_no_plan(case, liumin, yangfan, hanxue, signed_in):
    plan = drafted(in_planning(case), liumin)

    answers = [
        signed_in(who).get(reverse("plan", args=[plan.pk])).status_code for who in (yangfan, hanxue)
    ]

    assert answers == [302, 404]


def test_what_is_closed_in_the_state_is_not_asked(case, browser):
    where = reverse("case-edit", args=[case.pk])
    asked = set(browser.get(where).context["form"].fields)
    assert asked == {"child_view", "best_time", "kind"}

    browser.post(where, {"child_view": "想回学校", "best_time": "周日", "kind": "LONG"})

    case.refresh_from_db()
    assert (case.child_view, case.kind) == ("想回学校", "LONG")


def test_the_table_of_steps_is_read_in_words(browser):
    page = _text(browser.get(reverse("case-steps")))

    assert "计划" in page
    assert english_in(page) == []


def test_what_cases_owe_is_asked_with_as_many_questions_for_one_as_for_three(
    case, liumin, zhanglan, registered, team
):
    planned(case, liumin, zhanglan)
    others = [
        planned(accepted(registered(name, team, holder=liumin), liumin), liumin, zhanglan)
        for name in ("谭小月", "谭小星")
    ]

    for one in (case, *others):
        judged(one, liumin)
    asked = []
    for cases in ([case], [case, *others]):
        with CaptureQueriesContext(connection) as caught:
            due_in(cases, on=TODAY)
        asked.append(len(caught))

    assert asked[0] == asked[1]


def test_reviews_actions_and_follow_ups_are_owed_by_their_rule(case, liumin, zhanglan):
    planned(case, liumin, zhanglan)
    owed = {one.icon: one.on for one in due_in([case], on=TODAY)}
    assert owed["flag"] == dt.date(2026, 8, 1)
    assert owed["clock"] == dt.date(2026, 7, 1)

    reviews.begin_review(case=case, by=liumin, at=AT)
    assert [one.on for one in due_in([case], on=TODAY) if one.icon == "flag"] == [TODAY]
