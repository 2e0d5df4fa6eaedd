"""The review and the closing as the supervisor reads them, and what her decision does."""

import datetime as dt
from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.casework.constants import Decision, PaperKind
from tonghu.casework.endings import unrated_in, unscoped_follow_ups, unscoped_risk_judged
from tonghu.casework.models import Closure, StageReview, Submission
from tonghu.casework.operations.closings import close, return_closing
from tonghu.casework.plans import standings, unscoped_goals, unscoped_in_force
from tonghu.casework.policy import CASES_PLANNED
from tonghu.casework.reviewing import KINDS, Part, Reviewed
from tonghu.look.addresses import address

Lacks = list[str | Promise]


def _stage(pk: UUID) -> StageReview:
    rows = StageReview.objects.unscoped("the submission's Rule was asked by the operation")
    return rows.select_related("case__child__person").get(pk=pk)


def _closure(pk: UUID) -> Closure:
    rows = Closure.objects.unscoped("the submission's Rule was asked by the operation")
    return rows.select_related("case__child__person").get(pk=pk)


def _named(thing: Model, *columns: str) -> list[Part]:
    """Return columns as parts, each under the name the table gives it."""
    meta = thing._meta
    return [
        Part(name, meta.get_field(name).verbose_name, _as_text(getattr(thing, name)))  # type: ignore[union-attr]
        for name in columns
    ]


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def _stage_parts(stage: StageReview) -> list[Part]:
    goals = [
        Part(
            f"goal-{one.goal.thread}",
            one.goal.words,
            f"{one.level:+d} {one.ratings[-1].note}" if one.ratings else f"{one.level:+d}",
        )
        for one in standings(unscoped_goals(unscoped_in_force(stage.case)))
    ]
    said = _named(stage, "child_helps", "child_view", "guardian_helps", "guardian_view", "changes")
    return [*goals, *said]


def stage_lacks(stage: StageReview) -> Lacks:
    """Return what a review lacks before the work goes on; the caller asked its Rule."""
    found: Lacks = [
        _("“%(goal)s”: where it stands now.") % {"goal": words} for words in unrated_in(stage)
    ]
    if not unscoped_risk_judged(stage):
        found.append(gettext_lazy("The risk, judged again."))
    if stage.child_helps is None and not stage.child_view:
        found.append(gettext_lazy("What the child says: does it help?"))
    if stage.guardian_helps is None and not stage.guardian_view:
        found.append(gettext_lazy("What the guardian says: does it help?"))
    return found


def _closure_parts(closure: Closure) -> list[Part]:
    days = "、".join(f"{one.due_on}" for one in unscoped_follow_ups(closure.case))
    reason = Part("reason", gettext_lazy("Why it ends"), closure.get_reason_display())
    said = _named(
        closure,
        "summary",
        "remaining_risk",
        "child_view",
        "family_view",
        "worker_view",
        "satisfaction",
        "asked_by",
        "handover_to",
    )
    return [reason, *said, Part("follow_ups", gettext_lazy("Follow-ups"), days)]


def closure_lacks(closure: Closure) -> Lacks:
    """Return what a closing lacks before it goes to the supervisor; the caller asked its Rule."""
    found: Lacks = []
    if not closure.summary:
        found.append(gettext_lazy("How it came to this."))
    if not closure.remaining_risk:
        found.append(gettext_lazy("What danger remains."))
    if not closure.child_view:
        found.append(gettext_lazy("What the child says, or why nobody asked."))
    return found


def _reviewed(stage: StageReview, submission: Submission, by: Actor, at: dt.datetime) -> None:
    """Leave the work as it is: it went on when the review was done."""


def _closed(closure: Closure, submission: Submission, by: Actor, at: dt.datetime) -> None:
    """Close the case, or let it go on, as the supervisor decided."""
    if submission.decision == Decision.APPROVED:
        close(case=closure.case, by=by, at=at)
    else:
        return_closing(case=closure.case, reason=submission.reason, by=by, at=at)


KINDS.register(
    PaperKind.REVIEW,
    Reviewed(
        PaperKind.REVIEW,
        CASES_PLANNED,
        _stage,
        _stage_parts,
        stage_lacks,
        _reviewed,
        lambda stage: address("stage", stage.pk),
    ),
)
KINDS.register(
    PaperKind.CLOSURE,
    Reviewed(
        PaperKind.CLOSURE,
        CASES_PLANNED,
        _closure,
        _closure_parts,
        closure_lacks,
        _closed,
        lambda closure: address("closure", closure.pk),
    ),
)
