"""How each named step of a case is taken, and what makes the next one possible."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from tests.casework.planned import SAFE, approved, drafted, signed
from tonghu.access.actors import Actor
from tonghu.casework.constants import CaseState, ClosureReason, NotAccepted, PaperKind, RiskLevel
from tonghu.casework.endings import (
    months_after,
    unscoped_follow_ups,
    unscoped_open_stage,
)
from tonghu.casework.models import Case, Submission
from tonghu.casework.moving import move
from tonghu.casework.operations import closings, leads, rating, reviews, safety, signing
from tonghu.casework.operations.risk import judge_risk
from tonghu.casework.operations.submitting import approve, give_back
from tonghu.casework.plans import unscoped_goals, unscoped_in_force, unscoped_newest
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused

ELSEWHERE = {"assess", "transfer"}
"""Steps whose operations stand in other parts; here the table itself is asked."""


@dataclass
class Walk:
    """Who walks a case, beside which other case of the child, and when."""

    worker: Actor
    supervisor: Actor
    other: Case
    at: dt.datetime


def _waiting(case: Case) -> Submission | None:
    rows = Submission.objects.unscoped("tests")
    return rows.filter(case=case, kind=PaperKind.CLOSURE, decision="").first()


def _decline(case: Case, walk: Walk) -> None:
    said = {"instead": NotAccepted.CONSULT, "reason": "已答疑"}
    leads.decline(case=case, **said, by=walk.worker, at=walk.at)


def _emergency(case: Case, walk: Walk) -> None:
    due_on = day(walk.at) + dt.timedelta(days=3)
    said = {"reason": "孩子被打伤", "papers_due_on": due_on}
    leads.begin_in_emergency(case=case, **said, by=walk.worker, at=walk.at)


def _agree(case: Case, walk: Walk) -> None:
    plan = unscoped_newest(case)
    if plan is None:
        move(case, "agree", by=walk.worker, at=walk.at)
        raise AssertionError("A case was agreed on without a plan.")
    plan.case = case
    signing.agree(plan=plan, by=walk.worker, at=walk.at)


def _close(case: Case, walk: Walk) -> None:
    sent = _waiting(case)
    if sent is None:
        closings.close(case=case, by=walk.supervisor, at=walk.at)
    else:
        approve(submission=sent, by=walk.supervisor, at=walk.at)


def _return(case: Case, walk: Walk) -> None:
    sent = _waiting(case)
    if sent is None:
        closings.return_closing(case=case, reason="再看看", by=walk.supervisor, at=walk.at)
    else:
        give_back(submission=sent, reason="再看看", by=walk.supervisor, at=walk.at)


def _simply(act: Callable[..., object], **said: object) -> Callable[[Case, Walk], None]:
    return lambda case, walk: act(case=case, **said, by=walk.worker, at=walk.at) and None


def _by_the_table(key: str) -> Callable[[Case, Walk], None]:
    return lambda case, walk: move(case, key, by=walk.worker, at=walk.at, reason="见评估") and None


TAKE: dict[str, Callable[[Case, Walk], None]] = {
    "screen": _simply(leads.begin_screening),
    "decline": _decline,
    "known": lambda case, walk: (
        leads.mark_known(case=case, as_=walk.other, by=walk.worker, at=walk.at) and None
    ),
    "accept": _simply(leads.accept),
    "emergency": _emergency,
    "assess": _by_the_table("assess"),
    "agree": _agree,
    "review": _simply(reviews.begin_review),
    "go_on": _simply(reviews.go_on),
    "suspend": _simply(leads.suspend, reason="全家回老家过年"),
    "resume": _simply(leads.resume),
    "transfer": _by_the_table("transfer"),
    "propose_closing": _simply(closings.propose_closing),
    "return_closing": _return,
    "close": _close,
    "follow": _simply(closings.begin_follow_up),
    "archive": _simply(closings.archive),
    "reopen": _simply(leads.reopen, reason="又辍学了"),
}
"""Every step of the table by its real operation."""


def make_ready(case: Case, walk: Walk) -> None:
    """Do what the state asks for, so that the way on is open."""
    if case.state in (CaseState.ASSESSMENT, CaseState.REVIEW):
        _judge(case, walk)
    ready = READY.get(CaseState(case.state))
    if ready is not None:
        ready(case, walk)


def _judge(case: Case, walk: Walk) -> None:
    said = {"level": RiskLevel.L3_MEDIUM, "reason": "见到孩子"}
    review_on = day(walk.at) + dt.timedelta(days=30)
    judge_risk(case=case, **said, review_on=review_on, by=walk.worker, at=walk.at)


def _plan(case: Case, walk: Walk) -> None:
    by, at = walk.worker, walk.at
    if unscoped_newest(case) is None:
        safety.write_safety_plan(case=case, **SAFE, by=by, at=at)
        plan = drafted(case, by, at)
        approved(plan, by, walk.supervisor, at)
        signed(plan, by, at)


def _look_back(case: Case, walk: Walk) -> None:
    by, at = walk.worker, walk.at
    for goal in unscoped_goals(unscoped_in_force(case)):
        rating.rate_goal(goal=goal, level=1, on=day(at), by=by, at=at)
    stage = unscoped_open_stage(case)
    if stage is not None:
        said = {"child_helps": 8, "guardian_helps": 7}
        reviews.describe_review(stage=stage, said=said, by=by, at=at)


def _end(case: Case, walk: Walk) -> None:
    said = {"reason": ClosureReason.GOAL_MET, "summary": "到校", "remaining_risk": "无"}
    said |= {"child_view": "好"}
    days = [months_after(day(walk.at), 1)]
    closings.describe_closure(case=case, said=said, days=days, by=walk.worker, at=walk.at)


def _call_off(case: Case, walk: Walk) -> None:
    for row in unscoped_follow_ups(case):
        closings.call_off_follow_up(follow_up=row, why="迁走", by=walk.worker, at=walk.at)


READY = {
    CaseState.PLANNING: _plan,
    CaseState.ACTIVE: _end,
    CaseState.REVIEW: _look_back,
    CaseState.FOLLOW_UP: _call_off,
}


def tried(act: Callable[[Case, Walk], None], case: Case, walk: Walk) -> bool:
    """Try a step; tell whether it was taken."""
    try:
        act(case, walk)
    except Refused:
        return False
    return True
