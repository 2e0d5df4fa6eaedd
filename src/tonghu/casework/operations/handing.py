"""Handing a case to a colleague, standing in for one, and giving a whole caseload on."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.constants import DutyKind
from tonghu.access.models import Account, Duty
from tonghu.access.operations.grounds import begin_duty
from tonghu.access.sheets import Action
from tonghu.casework.editions import ChangedMeanwhile
from tonghu.casework.handing import GIVES, colleagues_of, waiting_of
from tonghu.casework.models import Case, Handover
from tonghu.casework.moving import ReasonMissing
from tonghu.casework.policy import CASES, PARTS_OF_CASES
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Hidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation
from tonghu.people.models import Child
from tonghu.people.operations.registering import assign_child
from tonghu.people.policy import ASSIGNMENTS, FILE, own


class TakenAlready(Refused):
    """A handover is taken once."""


class OutOfOrder(Refused):
    """Standing in has a first day and a last one."""


class NotGiven(Refused):
    """One of the files cannot be given to that person; none was."""


@dataclass(frozen=True)
class HandedOn:
    """What the next worker must know: one page."""

    next_steps: str
    promised: str = ""
    trusted: str = ""
    safety: str = ""
    warm_on: dt.date | None = None


@dataclass(frozen=True)
class Given:
    """One file, and to whom it goes."""

    child: Child
    to: Account


@operation("casework.handover.prepared")
def hand_over(
    *, case: Case, said: HandedOn, base: str = "", by: Actor, at: dt.datetime
) -> Outcome[Handover]:
    """Write the page for the next worker; as long as nobody has taken it, it can be written anew.

    ``base`` is the moment of the page that was open; a page written meanwhile is not lost.

    :raises Forbidden: when nobody in person hands over.
    :raises ReasonMissing: without the next steps.
    :raises ChangedMeanwhile: when somebody has written on it since.
    """
    CASES.require(Action.WRITE, by, case, on=day(at))
    if by.account is None:
        raise Forbidden(_("A person hands over, not the program."))
    if not said.next_steps.strip():
        raise ReasonMissing(_("Write down the next steps. Nothing is lost."))
    words = {
        "next_steps": said.next_steps.strip(),
        "promised": said.promised.strip(),
        "trusted": said.trusted.strip(),
        "safety": said.safety.strip(),
        "warm_on": said.warm_on,
        "handed_by": by.account,
        "handed_at": at,
    }
    waiting = waiting_of(case)
    if waiting is None:
        made = Handover(agency_id=case.agency_id, case=case, **words)
        made.save(force_insert=True)
        return changed(made, about=case.child_id)
    if base != waiting.handed_at.isoformat():
        raise ChangedMeanwhile(
            _("Somebody has written this page meanwhile; it stands below. Both texts are here.")
        )
    assign(waiting, **words)
    return changed(waiting, about=case.child_id)


@operation("casework.handover.accepted")
@upholds("R42", says=gettext_lazy("a case is handed by one and taken by the other"))
def take_over(*, handover: Handover, by: Actor, at: dt.datetime) -> Outcome[Handover]:
    """Say that one has read the page and goes on with the case.

    :raises Refused: unless ``by`` works with the case.
    :raises Forbidden: for who wrote it, and for who does not hold the file.
    :raises TakenAlready: when it was taken.
    """
    PARTS_OF_CASES.require(Action.WRITE, by, handover, on=day(at))
    if by.account_id == handover.handed_by_id:
        raise Forbidden(_("Somebody else takes it over: who holds the file from now on."))
    own.require(by, handover.case.child, on=day(at))
    if handover.taken_at is not None:
        raise TakenAlready(_("This was taken over already. Nothing was changed."))
    assign(handover, taken_by=by.account, taken_at=at)
    return changed(handover, about=handover.case.child_id)


@operation("casework.cover.arranged")
@upholds("R8", says=gettext_lazy("a colleague stands in from a first day to a last one"))
def stand_in(
    *,
    child: Child,
    worker: Account,
    from_on: dt.date,
    until_on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Duty]:
    """Let a colleague stand in for some days; who holds the file keeps it.

    :raises Forbidden: unless ``by`` supervises or heads, and for whoever is no social worker.
    :raises OutOfOrder: when the last day lies before the first, or before today.
    """
    ASSIGNMENTS.require(Action.WRITE, by, child, on=day(at))
    _require_giver(by)
    _require_worker(worker, by, at)
    if until_on < from_on or until_on < day(at):
        raise OutOfOrder(_("The last day lies before the first, or before today."))
    duty = begin_duty(
        account=worker,
        kind=DutyKind.COVER,
        target_kind=FILE,
        target_id=child.pk,
        from_on=from_on,
        until_on=until_on,
        by=by,
        at=at,
    )
    return changed(duty, about=child.pk)


@operation("casework.caseload.given")
def give_caseload(
    *,
    worker: Account,
    given: Sequence[Given],
    from_on: dt.date,
    until_on: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Account]:
    """Give a colleague's files to others from a day on; with a last day they only stand in.

    All of it or nothing: a file that cannot be given leaves every other where it was.

    :raises Forbidden: unless ``by`` supervises or heads.
    :raises NotGiven: when one of them is not ``by``'s to give, or closed to who would get it.
    :raises OutOfOrder: when standing in ends before it begins.
    """
    _require_giver(by)
    for one in given:
        _give(one, from_on, until_on, by, at)
    return changed(worker)


def _give(
    one: Given, from_on: dt.date, until_on: dt.date | None, by: Actor, at: dt.datetime
) -> None:
    said: dict[str, Any] = {"child": one.child, "worker": one.to, "from_on": from_on}
    try:
        if until_on is None:
            assign_child(**said, by=by, at=at)
        else:
            stand_in(**said, until_on=until_on, by=by, at=at)
    except (Forbidden, Hidden):
        raise NotGiven(
            _("The file of %(child)s cannot be given to %(who)s. No file was given; choose.")
            % {"child": one.child.person.called, "who": one.to.called}
        ) from None


def _require_giver(by: Actor) -> None:
    if by.role_key not in GIVES:
        raise Forbidden(_("A file is given to somebody else by the supervisor."))


def _require_worker(worker: Account, by: Actor, at: dt.datetime) -> None:
    if worker not in colleagues_of(by.account_id, by, on=day(at)):  # type: ignore[arg-type]
        raise Forbidden(_("A file is held by a social worker. Give it to one of them."))
