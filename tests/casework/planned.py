"""A case with a plan the family agreed to, and one that was closed."""

import datetime as dt
from typing import Any
from uuid import UUID

from tests.conftest import AT
from tonghu.access.actors import Actor
from tonghu.casework.constants import (
    CaseState,
    ClosureReason,
    Doer,
    PaperKind,
    RiskLevel,
    Scale,
    SetBy,
    Signer,
)
from tonghu.casework.endings import months_after
from tonghu.casework.models import (
    Case,
    FollowUp,
    Goal,
    Plan,
    PlanAction,
    Signature,
    StageReview,
    Submission,
)
from tonghu.casework.operations import closings, planning, reviews, safety, signing
from tonghu.casework.operations.submitting import approve, submit
from tonghu.kernel.clock import day

GOAL: dict[str, Any] = {
    "words": "每天按时到校",
    "own_words": "我想当升旗手",
    "set_by": SetBy.CHILD,
    "scale": Scale.GAS,
    "much_less": "一周到校不足两天",
    "less": "一周到校三天",
    "hoped": "一周到校四天",
    "more": "每天到校，偶尔迟到",
    "much_more": "每天按时到校",
    "baseline": -2,
}
SAFE = {
    "signs": "爸爸喝了酒，声音很大",
    "child_does": "带上书包去王姐家",
    "safe_adults": "王秀兰（儿童主任） 16112345678",
    "call": "110，再打给刘敏",
}


def in_planning(case: Case) -> Case:
    """Stand where the assessment was approved."""
    case.state = CaseState.PLANNING
    case.save(update_fields=["state"])
    return case


def drafted(case: Case, by: Actor, at: dt.datetime = AT) -> Plan:
    """Write a whole plan with the family."""
    plan = planning.begin_plan(case=case, by=by, at=at)
    said = {
        "unpaid_helper": "邻居李婶",
        "limits": "有人伤害你时，我要告诉别人",
        "told_child": True,
        "told_guardian": True,
        "review_on": months_after(day(at), 2),
    }
    planning.describe_plan(plan=plan, said=said, by=by, at=at)
    with_goal(plan, by, at)
    task = {"what": "早上七点叫孩子起床", "who": Doer.PARENT, "due_on": months_after(day(at), 1)}
    planning.agree_action(plan=plan, said=task, by=by, at=at)
    return plan


def with_goal(plan: Plan, by: Actor, at: dt.datetime = AT, **also: Any) -> Goal:
    """Put a goal into a plan; ``also`` says what is otherwise."""
    said = GOAL | {"target_on": months_after(day(at), 6)} | also
    return planning.set_goal(plan=plan, said=said, by=by, at=at)


def signed(plan: Plan, by: Actor, at: dt.datetime = AT, on: dt.date | None = None) -> None:
    """Let the child and the worker sign."""
    child = plan.case.child.person
    on = on or day(at)
    signing.sign_plan(plan=plan, part=Signer.CHILD, person=child, on=on, by=by, at=at)
    signing.sign_plan(plan=plan, part=Signer.WORKER, on=on, by=by, at=at)


def approved(plan: Plan, by: Actor, supervisor: Actor, at: dt.datetime = AT) -> None:
    """Let the supervisor approve a plan."""
    sent = submit(case=plan.case, kind=PaperKind.PLAN, paper=plan, by=by, at=at)
    approve(submission=sent, by=supervisor, at=at)


def planned(case: Case, by: Actor, supervisor: Actor, at: dt.datetime = AT) -> Case:
    """Agree on a plan, safety plan included; the case is under way afterwards."""
    in_planning(case)
    safety.write_safety_plan(case=case, **SAFE, by=by, at=at)
    plan = drafted(case, by, at)
    approved(plan, by, supervisor, at)
    signed(plan, by, at)
    return signing.agree(plan=plan, by=by, at=at)


def proposed(case: Case, by: Actor, at: dt.datetime = AT, **also: Any) -> Case:
    """Propose to close a case that is under way, with follow-ups after 1, 3 and 6 months."""
    said = {
        "reason": ClosureReason.GOAL_MET,
        "summary": "连续两个月按时到校",
        "remaining_risk": "奶奶年纪大，需邻里照应",
        "child_view": "现在敢自己去学校了",
    }
    closings.describe_closure(case=case, said=said | also, by=by, at=at)
    days = [months_after(day(at), months) for months in (1, 3, 6)]
    closings.plan_follow_ups(case=case, days=days, by=by, at=at)
    return closings.propose_closing(case=case, by=by, at=at)


def closed(case: Case, by: Actor, supervisor: Actor, at: dt.datetime = AT) -> Case:
    """Close a case that is under way, with the supervisor."""
    proposed(case, by, at)
    sent = Submission.objects.unscoped("tests").get(case=case, kind=PaperKind.CLOSURE, decision="")
    approve(submission=sent, by=supervisor, at=at)
    case.refresh_from_db()
    return case


def followed_up(
    follow_up: Any, by: Actor, at: dt.datetime, on: dt.date | None = None, **also: Any
) -> Any:
    """Write a follow-up down that found all well."""
    said: dict[str, Any] = {
        "mode": "HOME",
        "child_seen": True,
        "risk": RiskLevel.NONE,
        "stable": True,
        "decision": "FINE",
    }
    return closings.record_follow_up(
        follow_up=follow_up, on=on or day(at), said=said | also, by=by, at=at
    )


def numbers_of_plans(case: Case, by: Actor) -> dict[str, UUID]:
    """Plan, review and end a case as the program does; return the numbers of their addresses."""
    before = case.state
    plan = drafted(in_planning(case), by)
    signed(plan, by)
    case.state = CaseState.ACTIVE
    case.save(update_fields=["state"])
    reviews.begin_review(case=case, by=by, at=AT)
    said = {"reason": ClosureReason.GOAL_MET, "summary": "到校", "remaining_risk": "无"}
    ahead = months_after(day(AT), 1)
    closure = closings.describe_closure(case=case, said=said, days=[ahead], by=by, at=AT)
    case.state = before
    case.save(update_fields=["state"])
    return {
        "plan_id": plan.pk,
        "goal_id": _only(Goal, plan=plan).pk,
        "action_id": _only(PlanAction, plan=plan).pk,
        "signature_id": _only(Signature, plan=plan, part=Signer.CHILD).pk,
        "stage_id": _only(StageReview, case=case).pk,
        "closure_id": closure.pk,
        "follow_up_id": _only(FollowUp, case=case).pk,
    }


def _only(table: Any, **said: Any) -> Any:
    return table.objects.unscoped("tests").get(**said)
