"""A worry is heard of: written down in two minutes, looked into, taken on or not."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.roles import SocialWorker
from tonghu.access.sheets import Action
from tonghu.casework.constants import OPEN, CaseKind, NotAccepted, RiskLevel, Source
from tonghu.casework.models import Case, CaseChild
from tonghu.casework.moving import OpenCase, ReasonMissing, move, note_step
from tonghu.casework.policy import CASES
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation
from tonghu.people.ages import MINORITY, Birth
from tonghu.people.holding import holders_of
from tonghu.people.models import Child
from tonghu.people.numbers import new_number
from tonghu.people.operations.registering import assign_child
from tonghu.people.policy import CHILDREN
from tonghu.services.policy import NOTES


class WorryMissing(Refused):
    """A lead says what the worry is."""


class OfAge(Refused):
    """Somebody of 18 or more is no child any more."""


class HeardLater(Refused):
    """A lead is heard of today or before."""


class InDanger(Refused):
    """A child in danger is not sent away."""


@operation("casework.lead.recorded")
@upholds("R46")
def record_lead(
    *,
    child: Child,
    problem: str,
    source: Source | str,
    in_danger: bool = False,
    referrer: str = "",
    child_view: str = "",
    best_time: str = "",
    heard_on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Case]:
    """Write down what somebody worries about: a child and a reason are enough.

    The child may have an open case; whoever looks into the lead then says it is known already.

    :raises Refused: unless ``by`` works with the file, or in the child's place.
    :raises WorryMissing: without a word of what the worry is.
    :raises OfAge: when the child is certainly 18 or older.
    :raises HeardLater: when the day has not come.
    """
    NOTES.require(Action.WRITE, by, child, on=day(at))
    _require_sound(child, problem, heard_on, day(at))
    case = Case(
        agency_id=child.agency_id,
        child=child,
        number=new_number(),
        source=source,
        referrer=referrer.strip(),
        problem=problem.strip(),
        in_danger=in_danger,
        child_view=child_view.strip(),
        best_time=best_time.strip(),
        opened_on=heard_on,
    )
    case.save(force_insert=True)
    note_step(case, "lead", "", by=by, at=at, on=heard_on)
    return changed(case, {"state": (None, case.state)}, about=child.pk)


def _require_sound(child: Child, problem: str, heard_on: dt.date, today: dt.date) -> None:
    if not problem.strip():
        raise WorryMissing(_("Write what the worry is, if only in a few words."))
    if heard_on > today:
        raise HeardLater(_("This day has not come yet. Correct it; nothing is lost."))
    _require_minor(child, heard_on)


def _require_minor(child: Child, on: dt.date) -> None:
    born = child.person
    birth = Birth.known(born.born_on, born.precision)
    if birth is not None and birth.is_under(MINORITY, on) is False:
        raise OfAge(
            _("%(name)s is 18 or older. Help towards other services; a case is for children.")
            % {"name": born.called}
        )


@operation("casework.case.screened")
@upholds("R46")
def begin_screening(*, case: Case, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Look into a lead; a worker takes the file if nobody holds it.

    :raises Refused: unless ``by`` may take the step from where the case stands.
    :raises NotInThisState: when it is no lead any more.
    :raises OpenCase: when the child has an open case: this lead belongs to it.
    """
    changes = move(case, "screen", by=by, at=at)
    _take(case, by, at)
    return changed(case, changes, about=case.child_id)


@operation("casework.case.declined")
def decline(
    *, case: Case, instead: NotAccepted | str, reason: str, by: Actor, at: dt.datetime
) -> Outcome[Case]:
    """Do not take a case on, and say what happens instead.

    :raises Refused: unless ``by`` may take the step from where the case stands.
    :raises InDanger: while the lead says that the child is in danger.
    :raises ReasonMissing: without a reason.
    """
    if case.in_danger:
        raise InDanger(
            _("The child was said to be in danger. See the child first, or report; then decide.")
        )
    changes = move(case, "decline", by=by, at=at, reason=reason, not_accepted=instead)
    return changed(case, changes, reason=reason, about=case.child_id)


@operation("casework.danger.ended")
def end_danger(*, case: Case, reason: str, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Say that the danger a lead spoke of was looked at and is not there.

    :raises Refused: unless ``by`` may write the case.
    :raises ReasonMissing: without a reason.
    """
    CASES.require(Action.WRITE, by, case, on=day(at))
    if not reason.strip():
        raise ReasonMissing(_("Write in a sentence what you saw. Nothing is lost."))
    case.in_danger = False
    case.save(update_fields=["in_danger"])
    return changed(case, {"in_danger": (True, False)}, reason=reason, about=case.child_id)


@operation("casework.case.known")
def mark_known(*, case: Case, as_: Case, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Say that a lead is about a case that is open already; it stays readable there.

    :raises Refused: unless ``by`` may take the step from where the case stands.
    :raises OpenCase: unless the other one is a case of the same child, and open.
    """
    CASES.require(Action.WRITE, by, as_, on=day(at))
    if as_.child_id != case.child_id or as_.state not in OPEN:
        raise OpenCase(_("Name an open case of the same child."))
    changes = move(case, "known", by=by, at=at, same_as=as_)
    return changed(case, changes, about=case.child_id)


@operation("casework.case.accepted")
def accept(
    *,
    case: Case,
    kind: CaseKind | str = CaseKind.STANDARD,
    siblings: Sequence[Child] = (),
    by: Actor,
    at: dt.datetime,
) -> Outcome[Case]:
    """Take a case on; a family case names the other children it is about.

    :raises NotInThisState: unless the intake was begun.
    :raises Refused: unless ``by`` may also write the siblings' files.
    """
    changes = move(case, "accept", by=by, at=at, kind=kind, accepted_on=day(at))
    for child in siblings:
        CHILDREN.require(Action.WRITE, by, child, on=day(at))
        CaseChild(agency_id=case.agency_id, case=case, child=child).save(force_insert=True)
    return changed(case, changes, about=case.child_id)


@operation("casework.case.begun_in_emergency")
def begin_in_emergency(
    *, case: Case, reason: str, papers_due_on: dt.date, by: Actor, at: dt.datetime
) -> Outcome[Case]:
    """Act at once: the contact, the report and the safety plan come first, forms afterwards.

    ``papers_due_on`` is the last of three working days (reference 2.1).

    :raises Refused: unless ``by`` may take the step from where the case stands.
    :raises ReasonMissing: without a word of what is happening.
    """
    changes = move(
        case,
        "emergency",
        by=by,
        at=at,
        reason=reason,
        kind=CaseKind.CRISIS,
        in_danger=True,
        accepted_on=day(at),
        papers_due_on=papers_due_on,
    )
    _take(case, by, at)
    return changed(case, changes, reason=reason, about=case.child_id)


@operation("casework.case.reopened")
def reopen(*, case: Case, reason: str, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Open a case again, with the reason; it begins with the intake.

    :raises Refused: unless ``by`` may take the step from where the case stands.
    :raises OpenCase: when the child has another open case.
    :raises ReasonMissing: without a reason.
    """
    changes = move(case, "reopen", by=by, at=at, reason=reason, closed_on=None, not_accepted="")
    return changed(case, changes, reason=reason, about=case.child_id)


@operation("casework.case.suspended")
def suspend(*, case: Case, reason: str, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Pause a case with a reason; nobody pauses one in immediate danger.

    :raises Refused: unless ``by`` may take the step from where the case stands.
    :raises InDanger: at level 1.
    :raises ReasonMissing: without a reason.
    """
    if case.risk_level == RiskLevel.L1_URGENT:
        raise InDanger(_("A child in immediate danger is not put aside. Change the plan instead."))
    changes = move(case, "suspend", by=by, at=at, reason=reason)
    return changed(case, changes, reason=reason, about=case.child_id)


@operation("casework.case.resumed")
def resume(*, case: Case, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Go on with a paused case.

    :raises Refused: unless ``by`` may take the step from where the case stands.
    :raises NotInThisState: when it is not paused.
    """
    return changed(case, move(case, "resume", by=by, at=at), about=case.child_id)


def _take(case: Case, by: Actor, at: dt.datetime) -> None:
    """Let a worker hold the file of whom she begins to work for, if nobody does."""
    if by.role_key != SocialWorker.key or by.account is None:
        return
    if not holders_of(case.child, by, on=day(at)):
        assign_child(child=case.child, worker=by.account, from_on=day(at), by=by, at=at)
