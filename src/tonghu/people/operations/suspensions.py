"""A guardian who is suspected or cannot be found: rights suspended by one, given back by two."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.constants import ProposalState
from tonghu.access.models import Account, Proposal
from tonghu.access.notices import concerned_with, tell
from tonghu.access.operations.two_persons import propose
from tonghu.access.sheets import Action
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.people.constants import SuspensionGround
from tonghu.people.guardians import guardianships_of
from tonghu.people.kin_closing import close_to_kin
from tonghu.people.models import Child, GuardianSuspension, Person
from tonghu.people.operations.spans import ReasonMissing
from tonghu.people.policy import SUSPENSIONS, lifts_suspensions


class NobodysGuardian(Refused):
    """Rights are suspended of somebody who is guardian of this child."""


class LiftedAlready(Refused):
    """The suspension has ended."""


@operation("people.suspension.begun")
@upholds("R56", "R60")
def suspend_guardian(
    *,
    child: Child,
    guardian: Person,
    ground: SuspensionGround,
    reason: str,
    tied: Sequence[Account] = (),
    by: Actor,
    at: dt.datetime,
) -> Outcome[GuardianSuspension]:
    """Suspend a guardian's right to see, copy, be told of and decide on a child's file, at once.

    Where the guardian is suspected, every colleague tied to the guardian is closed out in the
    same transaction, those named as ``tied`` among them. Who works with the child is told; the
    guardian and whoever is closed out never are (R63).

    :raises Refused: unless ``by`` may know of the file.
    :raises Forbidden: unless ``by`` supervises the file or heads the agency, in person.
    :raises NobodysGuardian: for somebody who is not the child's guardian.
    :raises ReasonMissing: without a reason.
    """
    SUSPENSIONS.require(Action.WRITE, by, child, on=day(at))
    if not guardianships_of(child, on=day(at)).filter(guardian=guardian).exists():
        raise NobodysGuardian(_("This person is not the child's guardian. Nothing was changed."))
    if not reason.strip():
        raise ReasonMissing(_("Write in a sentence what this rests on."))
    held = _held(child, guardian)
    if held and held.ground == ground:
        return unchanged(held)
    suspension = _decided(held, child, guardian, ground, reason.strip(), by, at)
    if ground == SuspensionGround.SUSPECT:
        close_to_kin(guardian.pk, tied, by=by, at=at)
    told = concerned_with(child.pk, agency_id=child.agency_id, but=by.account_id, on=day(at))
    tell(told, suspension, event="people.suspension.begun", by=by, at=at)
    return changed(suspension, {"ground": (held and held.ground, ground)}, about=child.pk)


@operation("people.suspension.lifting_proposed")
@upholds("R60", "R83")
def propose_giving_back(
    *, suspension: GuardianSuspension, reason: str, by: Actor, at: dt.datetime
) -> Outcome[Proposal]:
    """Ask a second person to give a guardian's rights back.

    :raises Refused: unless ``by`` may know of the file.
    :raises Forbidden: unless ``by`` supervises the file or heads the agency.
    :raises LiftedAlready: when the suspension has ended.
    :raises ReasonMissing: without a reason.
    """
    child = suspension.child
    SUSPENSIONS.require(Action.WRITE, by, child, on=day(at))
    if suspension.until_on:
        raise LiftedAlready(_("This suspension has ended before. Nothing was changed."))
    if not reason.strip():
        raise ReasonMissing(_("Write in a sentence what this rests on."))
    details = {"suspension": str(suspension.pk), "guardian": suspension.guardian.name}
    details |= {"child": child.person.name, "since": f"{suspension.from_on:%F}"}
    if waiting := _waiting(child, suspension):
        return unchanged(waiting)
    proposal = propose(
        act=GIVE_BACK.key, subject=child, details=details, reason=reason.strip(), by=by, at=at
    )
    return changed(proposal, about=child.pk)


def _held(child: Child, guardian: Person) -> GuardianSuspension | None:
    rows = GuardianSuspension.objects.unscoped("the file's Rule was asked above")
    return rows.filter(child=child, guardian=guardian, until_on__isnull=True).first()


def _decided(
    held: GuardianSuspension | None,
    child: Child,
    guardian: Person,
    ground: SuspensionGround,
    reason: str,
    by: Actor,
    at: dt.datetime,
) -> GuardianSuspension:
    """Return the suspension; one that stands on another ground ends, and stays as history."""
    if by.account is None:
        raise Forbidden(_("A named person decides this, not the program."))
    if held:
        assign(held, until_on=day(at))
    suspension = GuardianSuspension(
        agency_id=child.agency_id,
        child=child,
        guardian=guardian,
        ground=ground,
        reason=reason,
        from_on=day(at),
        decided_by=by.account,
        decided_at=at,
    )
    suspension.save(force_insert=True)
    return suspension


def _waiting(child: Child, suspension: GuardianSuspension) -> Proposal | None:
    rows = Proposal.objects.unscoped("the file's Rule was asked above")
    rows = rows.filter(act=GIVE_BACK.key, subject_id=child.pk, state=ProposalState.WAITING)
    return next((one for one in rows if str(suspension.pk) in one.details), None)


def _given_back(
    proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime
) -> GuardianSuspension:
    rows = GuardianSuspension.objects.unscoped("the confirmed act")
    suspension = rows.get(pk=details["suspension"])
    assign(suspension, until_on=day(at))
    return suspension


def _what_changes(details: dict[str, Any]) -> dict[Any, Any]:
    return {
        gettext_lazy("Child"): details["child"],
        gettext_lazy("Guardian who may know and decide again"): details["guardian"],
        gettext_lazy("Suspended since"): details["since"],
    }


GIVE_BACK = declare(
    TwoPersonAct(
        "people.suspension.lifted",
        gettext_lazy("Give a guardian's rights on a file back"),
        lifts_suspensions,
        _given_back,
        _what_changes,
    )
)
