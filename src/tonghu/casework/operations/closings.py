"""A case ends: proposed by the worker, decided by the supervisor, followed up afterwards."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.constants import (
    CaseState,
    ClosureReason,
    Decision,
    PaperKind,
)
from tonghu.casework.editions import ChangedMeanwhile, edition_of
from tonghu.casework.endings import unscoped_follow_ups, unscoped_open_closure
from tonghu.casework.fields import require_open
from tonghu.casework.models import Case, Closure, FollowUp, Submission
from tonghu.casework.moving import ReasonMissing, move
from tonghu.casework.operations.signing import IN_DANGER, NotApproved
from tonghu.casework.operations.submitting import NotComplete, submit
from tonghu.casework.policy import CASES_PLANNED
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged

CLOSURE_SAYS = (
    "reason",
    "summary",
    "remaining_risk",
    "child_view",
    "family_view",
    "worker_view",
    "satisfaction",
    "asked_by",
    "handover_to",
)
FOLLOW_UP_SAYS = ("mode", "child_seen", "risk", "stable", "benefits_kept", "note", "decision")


class RefusedInDanger(Refused):
    """A guardian's refusal does not end a case in which the child is in danger."""


class FollowUpsMissing(Refused):
    """Before a case is closed, it stands on which days somebody comes again."""


class FollowUpsOpen(Refused):
    """A follow-up is neither done nor called off."""


class AlreadyPast(Refused):
    """A follow-up lies ahead, and what it saw lies behind."""


class NotAsked(Refused):
    """How content they are is asked by somebody, who has a name."""


@operation("casework.closure.described")
@upholds("R29")
def describe_closure(
    *,
    case: Case,
    said: Mapping[str, Any],
    days: Sequence[dt.date] = (),
    base: str = "",
    by: Actor,
    at: dt.datetime,
) -> Outcome[Closure]:
    """Write why a case ends, what danger remains, and what each of them thinks of it.

    ``days`` are those on which somebody comes again, where they are named with it.

    :raises Refused: unless ``by`` may plan in the case, in its state.
    :raises RefusedInDanger: when the guardian's refusal is the reason at level 1 or 2.
    :raises NotAsked: when it is not said who asked how content they are.
    :raises ChangedMeanwhile: when somebody else wrote in it since.
    """
    CASES_PLANNED.require(Action.WRITE, by, case, on=day(at))
    now = Case.objects.unscoped("its Rule was asked above").select_for_update().get(pk=case.pk)
    require_open(now.state, ["closure"])
    _require_no_refusal_in_danger(now, said["reason"])
    if said.get("satisfaction") is not None and not said.get("asked_by"):
        raise NotAsked(_("Say who asked how content they are; the worker does not ask herself."))
    if days:
        plan_follow_ups(case=case, days=days, by=by, at=at)
    values = {name: said[name] for name in CLOSURE_SAYS if name in said}
    there = unscoped_open_closure(case)
    if there is None:
        there = Closure(agency_id=case.agency_id, case=case, written_at=at, **values)
        there.written_by = by.account
        there.save(force_insert=True)
        return changed(there, {"reason": (None, there.reason)}, about=case.child_id)
    _require_edition(there, base)
    changes = assign(there, **values)
    if not changes:
        return unchanged(there)
    return changed(there, dict.fromkeys(changes, (None, None)), about=case.child_id)


def _require_edition(closure: Closure, base: str) -> None:
    if base and edition_of(closure, CLOSURE_SAYS) != base:
        raise ChangedMeanwhile(
            _("Somebody changed this while you wrote. Both versions stand below; nothing is lost.")
        )


@operation("casework.follow_up.planned")
@upholds("R29")
def plan_follow_ups(
    *, case: Case, days: Sequence[dt.date], by: Actor, at: dt.datetime
) -> Outcome[Case]:
    """Say on which days somebody comes again; what was planned before and not done is replaced.

    :raises Refused: unless ``by`` may plan in the case, in its state.
    :raises AlreadyPast: when a day is not ahead.
    :raises FollowUpsMissing: without a day.
    """
    CASES_PLANNED.require(Action.WRITE, by, case, on=day(at))
    now = Case.objects.unscoped("its Rule was asked above").select_for_update().get(pk=case.pk)
    require_open(now.state, ["follow_up_days"])
    wanted = sorted(set(days))
    if not wanted:
        raise FollowUpsMissing(_("Name a day on which somebody comes again."))
    there = {one.due_on: one for one in unscoped_follow_ups(case)}
    if any(one <= day(at) and one not in there for one in wanted):
        raise AlreadyPast(_("A follow-up lies ahead. Choose a day after today; nothing is lost."))
    if list(there) == wanted:
        return unchanged(case)
    for due_on, row in there.items():
        if due_on not in wanted:
            row.delete()
    for due_on in wanted:
        if due_on not in there:
            FollowUp(agency_id=case.agency_id, case=case, due_on=due_on).save(force_insert=True)
    shown = ", ".join(f"{one:%F}" for one in wanted)
    return changed(case, {"follow_ups": (None, shown)}, about=case.child_id)


@operation("casework.case.closing_proposed")
@upholds("R29", "R38")
def propose_closing(*, case: Case, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Put the closing before the supervisor; the reason is what the closing says.

    :raises Refused: unless ``by`` may do this in the case.
    :raises NotInThisState: unless the case is under way or reviewed.
    :raises NotComplete: while the closing lacks something.
    :raises RefusedInDanger: when the guardian's refusal is the reason at level 1 or 2.
    :raises FollowUpsMissing: while nobody planned to come again.
    """
    CASES_PLANNED.require(Action.WRITE, by, case, on=day(at))
    closure = unscoped_open_closure(case)
    reason = closure.get_reason_display() if closure else ""
    changes = move(case, "propose_closing", by=by, at=at, reason=reason or "–")
    if closure is None:
        raise NotComplete(_("Write first why it ends and what danger remains."))
    _require_no_refusal_in_danger(case, closure.reason)
    if closure.reason != ClosureReason.DECEASED and not unscoped_follow_ups(case).exists():
        raise FollowUpsMissing(_("Name a day on which somebody comes again."))
    submit(case=case, kind=PaperKind.CLOSURE, paper=closure, by=by, at=at)
    return changed(case, changes, reason=reason, about=case.child_id)


@operation("casework.case.closed")
@upholds("R29", "R38")
def close(*, case: Case, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Close a case whose closing the supervisor approved; the approval calls this.

    :raises Refused: unless ``by`` may do this in the case.
    :raises NotInThisState: unless the closing lies with the supervisor.
    :raises NotApproved: without the approval.
    """
    changes = move(case, "close", by=by, at=at, closed_on=day(at))
    closure = unscoped_open_closure(case)
    if closure is None or _newest_decision(closure) != Decision.APPROVED:
        raise NotApproved(
            _("Approve the closing in the list of what waits for you. Nothing changed.")
        )
    assign(closure, closed_on=day(at))
    return changed(case, changes, about=case.child_id)


@operation("casework.case.closing_returned")
@upholds("R38")
def return_closing(*, case: Case, reason: str, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Go on with a case whose closing was returned; returning it calls this.

    :raises Refused: unless ``by`` may do this in the case.
    :raises NotInThisState: unless the closing lies with the supervisor.
    :raises NotApproved: while nothing was returned.
    :raises ReasonMissing: without a reason.
    """
    changes = move(case, "return_closing", by=by, at=at, reason=reason)
    closure = unscoped_open_closure(case)
    if closure is None or _newest_decision(closure) != Decision.RETURNED:
        raise NotApproved(
            _("Return the closing in the list of what waits for you. Nothing changed.")
        )
    return changed(case, changes, reason=reason, about=case.child_id)


@operation("casework.case.follow_up_begun")
@upholds("R29")
def begin_follow_up(*, case: Case, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Begin the time in which somebody comes again; the first follow-up calls this.

    :raises Refused: unless ``by`` may do this in the case.
    :raises NotInThisState: unless the case is closed.
    :raises FollowUpsMissing: when nobody planned to come again.
    """
    changes = move(case, "follow", by=by, at=at)
    rows = FollowUp.objects.unscoped("the step's Rule was asked above")
    if not rows.filter(case=case, called_off_at=None).exists():
        raise FollowUpsMissing(_("Name a day on which somebody comes again."))
    return changed(case, changes, about=case.child_id)


@operation("casework.follow_up.recorded")
@upholds("R29")
def record_follow_up(
    *,
    follow_up: FollowUp,
    on: dt.date,
    said: Mapping[str, Any],
    by: Actor,
    at: dt.datetime,
) -> Outcome[FollowUp]:
    """Write down what a follow-up saw, and what follows; with the first one the time begins.

    ``said`` holds columns of :data:`FOLLOW_UP_SAYS`.

    :raises Refused: unless ``by`` may plan in the case, in its state.
    :raises AlreadyPast: when the day has not come, or lies before the end of the case.
    :raises FollowUpsOpen: when it was recorded or called off already.
    """
    case = Case.objects.unscoped("its Rule is asked at once").get(pk=follow_up.case_id)
    CASES_PLANNED.require(Action.WRITE, by, case, on=day(at))
    require_open(case.state, ["follow_up"])
    if on > day(at) or (case.closed_on and on < case.closed_on):
        raise AlreadyPast(_("The day lies before the end of the case or has not come. Correct it."))
    _require_unanswered(follow_up)
    if case.state == CaseState.CLOSED:
        begin_follow_up(case=case, by=by, at=at)
    values = {name: said[name] for name in FOLLOW_UP_SAYS if name in said}
    changes = assign(follow_up, done_on=on, done_by=by.account, done_at=at, **values)
    told = {name: changes[name] for name in ("done_on", "risk", "decision") if name in changes}
    return changed(follow_up, told, about=case.child_id)


@operation("casework.follow_up.called_off")
@upholds("R29")
def call_off_follow_up(
    *, follow_up: FollowUp, why: str, by: Actor, at: dt.datetime
) -> Outcome[FollowUp]:
    """Call a follow-up off, with why; it stays in the history.

    :raises Refused: unless ``by`` may plan in the case, in its state.
    :raises ReasonMissing: without why.
    :raises FollowUpsOpen: when it was recorded or called off already.
    """
    CASES_PLANNED.require(Action.WRITE, by, follow_up.case, on=day(at))
    case = Case.objects.unscoped("its Rule was asked above").get(pk=follow_up.case_id)
    require_open(case.state, ["follow_up_days"])
    _require_unanswered(follow_up)
    if not why.strip():
        raise ReasonMissing(_("Write in a sentence why. Nothing is lost."))
    assign(follow_up, called_off_at=at, called_off_why=why.strip())
    return changed(follow_up, reason=why, about=case.child_id)


@operation("casework.case.archived")
@upholds("R29")
def archive(*, case: Case, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Put a case into the archive, once somebody came again as planned.

    :raises Refused: unless ``by`` may do this in the case.
    :raises NotInThisState: unless the case is closed.
    :raises FollowUpsOpen: while a follow-up is neither done nor called off.
    """
    changes = move(case, "archive", by=by, at=at)
    if unscoped_follow_ups(case).exists():
        raise FollowUpsOpen(
            _("A follow-up is neither done nor called off. Record it, or call it off with why.")
        )
    return changed(case, changes, about=case.child_id)


def _require_unanswered(follow_up: FollowUp) -> None:
    rows = FollowUp.objects.unscoped("its Rule was asked by the operation").select_for_update()
    now = rows.get(pk=follow_up.pk)
    if now.done_on is not None or now.called_off_at is not None:
        raise FollowUpsOpen(_("It was recorded or called off already. Nothing changed."))


def _require_no_refusal_in_danger(case: Case, reason: str) -> None:
    if reason == ClosureReason.REFUSED and case.risk_level in IN_DANGER:
        raise RefusedInDanger(
            _(
                "The risk is “%(level)s”: a guardian’s refusal does not end this case. Report it, "
                "or ask the supervisor. What you wrote is kept on this page."
            )
            % {"level": case.get_risk_level_display()}
        )


def _newest_decision(closure: Closure) -> str:
    rows = Submission.objects.unscoped("the step's Rule was asked by the operation")
    newest = rows.filter(paper=closure.pk).order_by("version").last()
    return newest.decision if newest else ""
