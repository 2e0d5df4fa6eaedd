"""Questions about reviews, closings and follow-ups; each asks the plans' sheet."""

import calendar
import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.models import Case, Closure, FollowUp, RiskFinding, StageReview
from tonghu.casework.plans import standings, unscoped_goals, unscoped_in_force
from tonghu.casework.policy import PLANS

REVIEW_EVERY = 90
"""Days between two reviews at the most, unless the plan names a day (form 2.1)."""
MONTHS_AFTER = (1, 3, 6)
"""When a closed case is followed up, by default (form 2.1)."""


def stage_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> StageReview:
    """Return one review.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    """
    rows = StageReview.objects.select_related("case__child__person", "plan", "written_by")
    return PLANS.get(action, rows, by, pk, on=on)


def closure_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> Closure:
    """Return one closing.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    """
    rows = Closure.objects.select_related("case__child__person", "written_by")
    return PLANS.get(action, rows, by, pk, on=on)


def follow_up_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> FollowUp:
    """Return one follow-up.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    """
    rows = FollowUp.objects.select_related("case__child__person", "done_by")
    return PLANS.get(action, rows, by, pk, on=on)


def stages_of(case: Case, by: Actor, *, on: dt.date) -> "QuerySet[StageReview]":
    """Return the reviews of a case, the newest first."""
    rows = StageReview.objects.filter(case=case).select_related("written_by", "plan")
    return PLANS.rows(Action.READ, rows, by, on=on).order_by("-begun_on", "-id")


def closures_of(case: Case, by: Actor, *, on: dt.date) -> "QuerySet[Closure]":
    """Return the closings of a case, the newest first."""
    rows = Closure.objects.filter(case=case).select_related("written_by")
    return PLANS.rows(Action.READ, rows, by, on=on).order_by("-written_at", "-id")


def follow_ups_of(case: Case, by: Actor, *, on: dt.date) -> "QuerySet[FollowUp]":
    """Return the follow-ups of a case in their order, those called off as well."""
    rows = FollowUp.objects.filter(case=case).select_related("done_by")
    return PLANS.rows(Action.READ, rows, by, on=on).order_by("due_on", "id")


def months_after(first: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or the last of a shorter month."""
    year, month = divmod(first.month - 1 + months, 12)
    last = calendar.monthrange(first.year + year, month + 1)[1]
    return dt.date(first.year + year, month + 1, min(first.day, last))


def unscoped_open_stage(case: Case) -> StageReview | None:
    """Return the review that is under way; the caller asked the case's Rule."""
    rows = StageReview.objects.unscoped("the caller asked the case's Rule")
    return rows.filter(case=case, done_on=None).first()


def unscoped_open_closure(case: Case) -> Closure | None:
    """Return the closing that is being written or decided; the caller asked the case's Rule."""
    rows = Closure.objects.unscoped("the caller asked the case's Rule")
    return rows.filter(case=case, closed_on=None).first()


def unscoped_follow_ups(case: Case) -> "QuerySet[FollowUp]":
    """Return the follow-ups that are neither done nor called off; the caller asked the Rule."""
    rows = FollowUp.objects.unscoped("the caller asked the case's Rule")
    return rows.filter(case=case, done_on=None, called_off_at=None).order_by("due_on", "id")


def unrated_in(stage: StageReview) -> list[str]:
    """Return the goals that nobody rated since a review began; the caller asked its Rule."""
    goals = unscoped_goals(unscoped_in_force(stage.case))
    return [
        one.goal.words
        for one in standings(goals)
        if not any(rating.on >= stage.begun_on for rating in one.ratings)
    ]


def unscoped_risk_judged(stage: StageReview) -> bool:
    """Tell whether somebody judged the risk since a review began; the caller asked its Rule."""
    rows = RiskFinding.objects.unscoped("the caller asked the case's Rule")
    return rows.filter(case=stage.case_id, set_on__gte=stage.begun_on).exists()
