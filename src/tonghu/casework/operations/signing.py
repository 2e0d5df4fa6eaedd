"""Somebody agrees to a plan, and with that it holds."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.models import Account
from tonghu.access.sheets import Action
from tonghu.casework.constants import Decision, RiskLevel, Signer, SignWay
from tonghu.casework.fields import require_open
from tonghu.casework.models import Case, Plan, SafetyPlan, Signature, Submission
from tonghu.casework.moving import ReasonMissing, move
from tonghu.casework.policy import CASES_PLANNED
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.people.guardians import guardians_who_may_know
from tonghu.people.models import Person

IN_DANGER = (RiskLevel.L1_URGENT, RiskLevel.L2_HIGH)


class NotTheirs(Refused):
    """Who signs here is not who may: a guardian whose rights are suspended, or a stranger."""


class WitnessMissing(Refused):
    """Who agrees by word has a witness."""


class NotThatDay(Refused):
    """A signature is of today or before."""


class NotSigned(Refused):
    """A plan that nobody of the family signed is no agreement."""


class NotApproved(Refused):
    """The supervisor has not approved it yet."""


class SafetyPlanMissing(Refused):
    """Where there is danger, the safety plan comes first."""


@operation("casework.plan.signed")
@upholds("R29", "R60")
def sign_plan(
    *,
    plan: Plan,
    part: Signer | str,
    person: Person | None = None,
    account: Account | None = None,
    way: SignWay | str = SignWay.PAPER,
    witness: str = "",
    on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Signature]:
    """Note that the child, a guardian, the worker or the supervisor agreed to a plan.

    ``person`` is the child or the guardian, ``account`` the colleague; without one it is ``by``.

    :raises Refused: unless ``by`` may do this in the case.
    :raises NotTheirs: to a guardian whose rights are suspended, or who is no guardian (R60).
    :raises WitnessMissing: when somebody agreed by word without a witness.
    :raises NotThatDay: when the day has not come, or lies before the plan.
    """
    CASES_PLANNED.require(Action.WRITE, by, plan.case, on=day(at))
    require_open(_state_of(plan), ["signature"])
    _require_a_day(plan, on, at)
    if way == SignWay.ORAL and not witness.strip():
        raise WitnessMissing(_("Who agrees by word has a witness. Name the witness."))
    _require_theirs(plan, part, person, on)
    is_of_family = part in (Signer.CHILD, Signer.GUARDIAN)
    row = Signature(agency_id=plan.agency_id, case_id=plan.case_id, plan=plan, part=part, way=way)
    row.person = person if is_of_family else None
    row.account = None if is_of_family else account or by.account
    row.witness, row.on, row.noted_by, row.noted_at = witness.strip(), on, by.account, at
    row.save(force_insert=True)
    return changed(row, {"part": (None, str(part))}, about=plan.case.child_id)


@operation("casework.plan.signature_withdrawn")
@upholds("R29")
def withdraw_signature(
    *, signature: Signature, why: str, by: Actor, at: dt.datetime
) -> Outcome[Signature]:
    """Say that a signature was noted by mistake; it stays in the history.

    :raises Refused: unless ``by`` may plan in the case.
    :raises ReasonMissing: without why.
    """
    CASES_PLANNED.require(Action.WRITE, by, signature.case, on=day(at))
    if signature.withdrawn_at is not None:
        return unchanged(signature)
    if not why.strip():
        raise ReasonMissing(_("Write in a sentence why. Nothing is lost."))
    changes = assign(signature, withdrawn_at=at, withdrawn_why=why.strip())
    return changed(signature, changes, reason=why, about=signature.case.child_id)


@operation("casework.case.plan_agreed")
@upholds("R29")
def agree(*, plan: Plan, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Let the first plan of a case hold: approved, signed; the day of signing counts (form 2.1).

    :raises Refused: unless ``by`` may do this in the case.
    :raises NotInThisState: unless the case is being planned.
    :raises NotApproved: before the supervisor approved it.
    :raises NotSigned: when nobody of the family signed, or the worker did not.
    :raises SafetyPlanMissing: at level 1 or 2 without a safety plan.
    """
    case = plan.case
    CASES_PLANNED.require(Action.WRITE, by, case, on=day(at))
    signed_on = _day_of_agreeing(plan)
    changes = move(case, "agree", by=by, at=at, on=signed_on, signed_on=signed_on)
    assign(plan, agreed_on=signed_on)
    return changed(case, changes, about=case.child_id)


@operation("casework.plan.renewed")
@upholds("R29")
def renew(*, plan: Plan, by: Actor, at: dt.datetime) -> Outcome[Plan]:
    """Let a later version hold in a case under way; the state stays, and the first day counts.

    :raises Refused: unless ``by`` may plan in the case, in its state.
    :raises NotApproved: before the supervisor approved it.
    :raises NotSigned: when nobody of the family signed, or the worker did not.
    :raises SafetyPlanMissing: at level 1 or 2 without a safety plan.
    """
    CASES_PLANNED.require(Action.WRITE, by, plan.case, on=day(at))
    require_open(_state_of(plan), ["rating"])
    if plan.agreed_on is not None:
        return unchanged(plan)
    changes = assign(plan, agreed_on=_day_of_agreeing(plan))
    assign(plan.case, signed_on=plan.case.signed_on or plan.agreed_on)
    return changed(plan, changes, about=plan.case.child_id)


def _day_of_agreeing(plan: Plan) -> dt.date:
    """Return the day of the last signature that was needed, or refuse with what is missing."""
    sent = Submission.objects.unscoped("the case's Rule was asked by the operation")
    newest = sent.filter(paper=plan.pk).order_by("version").last()
    if newest is None or newest.decision != Decision.APPROVED:
        raise NotApproved(_("The supervisor approves the plan first. Nothing changed."))
    rows = Signature.objects.unscoped("the case's Rule was asked by the operation")
    signed = list(rows.filter(plan=plan, withdrawn_at=None).values_list("part", "on"))
    parts = {part for part, _on in signed}
    if not parts & {Signer.CHILD, Signer.GUARDIAN} or Signer.WORKER not in parts:
        raise NotSigned(
            _("The plan holds once the child or a guardian and you signed. Note the signatures.")
        )
    _require_safety(plan.case)
    return max(on for _part, on in signed)


def _require_safety(case: Case) -> None:
    now = Case.objects.unscoped("its Rule was asked by the operation").get(pk=case.pk)
    rows = SafetyPlan.objects.unscoped("the case's Rule was asked by the operation")
    if now.risk_level in IN_DANGER and not rows.filter(case=case, until_on=None).exists():
        raise SafetyPlanMissing(
            _("The risk is “%(level)s”: the safety plan comes first. Write it, then agree.")
            % {"level": now.get_risk_level_display()}
        )


def _require_a_day(plan: Plan, on: dt.date, at: dt.datetime) -> None:
    if not day(plan.written_at) <= on <= day(at):
        raise NotThatDay(_("The day lies before the plan or has not come yet. Correct it."))


def _require_theirs(plan: Plan, part: str, person: Person | None, on: dt.date) -> None:
    child = plan.case.child
    if part == Signer.CHILD and (person is None or person.pk != child.person_id):
        raise NotTheirs(_("Here the child signs, nobody else."))
    if part == Signer.GUARDIAN:
        known = {one.guardian_id for one in guardians_who_may_know(child, on=on)}
        if person is None or person.pk not in known:
            raise NotTheirs(
                _("This person is no guardian on that day, or may not decide for the child.")
            )


def _state_of(plan: Plan) -> str:
    return Case.objects.unscoped("its Rule was asked above").get(pk=plan.case_id).state
