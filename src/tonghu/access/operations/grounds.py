"""What opens a file beyond the own duty, and what closes it: duties, reasons, break-glass."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.constants import ClosingKind, DutyKind, ProposalState, ReasonCode
from tonghu.access.models import Account, BreakGlass, Closing, Duty, Notice, Proposal, Reason
from tonghu.access.notices import concerned_with, heads_of, tell
from tonghu.access.openings import closings, reasons_today
from tonghu.access.operations.two_persons import ProveAgain, propose
from tonghu.access.policy import confirms_for_safety, confirms_on_a_file
from tonghu.access.sheets import BREAKERS, SHEETS
from tonghu.access.tenancy import require_at_home
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.kernel.clock import day, end_of
from tonghu.kernel.errors import Forbidden, Hidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged

GLASS_FOR = dt.timedelta(hours=24)
SHORTEST = 4
"""Four characters are a sentence in Chinese, and in an emergency nobody counts them."""
MANY_A_DAY = 10


class TooShort(Refused):
    """A reason is a sentence somebody else can understand."""


class AlreadyReviewed(Refused):
    """A finding is not written over by a later one."""


class StillOpen(Refused):
    """Who opened a file in an emergency keeps it open with a second person, not by herself."""


class NobodyToTell(Refused):
    """Break-glass tells the file's people at once; with nobody to tell there is no access."""


@operation("access.duty.begun")
@upholds("R1")
def begin_duty(
    *,
    account: Account,
    kind: DutyKind,
    target_kind: str,
    target_id: UUID,
    from_on: dt.date,
    until_on: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Duty]:
    """Give somebody a duty to a file. Domains call this inside their own operation and Rule.

    :raises Forbidden: when the file is closed to that person.
    """
    shut = Closing.objects.unscoped("a duty does not open what is closed")
    if shut.filter(account=account, target_id=target_id, lifted_at__isnull=True).exists():
        raise Forbidden(_("This file cannot be given to that person."))
    duty = Duty(
        agency_id=by.agency_id,
        account=account,
        kind=kind,
        target_kind=target_kind,
        target_id=target_id,
        from_on=from_on,
        until_on=until_on,
    )
    duty.save(force_insert=True)
    return changed(duty, about=target_id)


@operation("access.duty.ended")
@upholds("R42")
def end_duty(*, duty: Duty, until_on: dt.date, by: Actor, at: dt.datetime) -> Outcome[Duty]:
    """End a duty with a last day. Domains call this inside their own operation and Rule."""
    changes = assign(duty, until_on=max(until_on, duty.from_on))
    return changed(duty, changes, about=duty.target_id) if changes else unchanged(duty)


@operation("access.reason.given")
@upholds("R65")
def give_reason(
    *,
    target_kind: str,
    target_id: UUID,
    code: ReasonCode,
    words: str,
    proved_again: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Reason]:
    """Open a file outside the own duty to the end of the day, with the reason on record.

    From the eleventh of a day on the second factor must have been ``proved_again``, and the
    agency head is told.

    :raises Hidden: for a kind of record that no reason opens to anybody.
    :raises TooShort: when the sentence says nothing.
    :raises ProveAgain: when it is one of many today and the second factor was not asked again.
    """
    if not any(sheet.opens_by_reason(target_kind) for sheet in SHEETS):
        raise Hidden(_("There is nothing here for you."))
    words = _a_sentence(words)
    many = _are_many(by, at, proved_again=proved_again)
    reason = Reason(
        agency_id=by.agency_id,
        account=by.account,
        target_kind=target_kind,
        target_id=target_id,
        code=code,
        words=words,
        opened_at=at,
        until_at=end_of(day(at)),
    )
    reason.save(force_insert=True)
    if many:
        heads = heads_of(by.agency_id, on=day(at)) - {by.account_id}
        tell(heads, reason, event="access.reason.given", by=by, at=at)
    return changed(reason, {"code": (None, code)}, reason=words, about=target_id)


def _are_many(by: Actor, at: dt.datetime, *, proved_again: bool) -> bool:
    """Tell whether the head must hear of this one, and who asks has shown who she is."""
    many = reasons_today(by, at) >= MANY_A_DAY
    if many and not proved_again:
        raise ProveAgain(_("You opened many files by reason today. Show once more that it is you."))
    return many


@operation("access.glass.broken")
@upholds("R66")
def break_glass(
    *, target_kind: str, target_id: UUID, words: str, by: Actor, at: dt.datetime
) -> Outcome[BreakGlass]:
    """Open one child's file for 24 hours because life or limb is at stake.

    The file's worker and supervisor and the head are told in the same transaction, never
    anybody to whom the file is closed. The domain of the file has made sure that the child
    was named in full.

    :raises Hidden: when the file is closed to ``by``, or the role has no break-glass.
    :raises StillOpen: when the last emergency of ``by`` on this file runs or was not reviewed.
    :raises NobodyToTell: when nobody would learn of it.
    :raises TooShort: when the sentence says nothing.
    """
    shut = closings(by, target_kind).filter(target_id=target_id)
    if by.role_key not in BREAKERS or shut.exists():
        raise Hidden(_("There is nothing here for you."))
    words = _a_sentence(words)
    _require_reviewed(by, target_id)
    told = concerned_with(target_id, agency_id=by.agency_id, but=by.account_id, on=day(at))
    if not told:
        raise NobodyToTell(_("Nobody would be told of this. Phone the agency head."))
    glass = BreakGlass(
        agency_id=by.agency_id,
        account=by.account,
        target_kind=target_kind,
        target_id=target_id,
        words=words,
        opened_at=at,
        until_at=at + GLASS_FOR,
    )
    glass.save(force_insert=True)
    tell(told, glass, event="access.glass.broken", by=by, at=at)
    return changed(glass, reason=words, about=target_id)


@operation("access.glass.reviewed")
@upholds("R66")
def review_glass(
    *, glass: BreakGlass, finding: str, by: Actor, at: dt.datetime
) -> Outcome[BreakGlass]:
    """Look back on a break-glass as another person, within three working days.

    :raises Hidden: for another agency's, and for somebody to whom the file is closed.
    :raises Forbidden: for who broke it, and for whoever answers for nothing here.
    :raises AlreadyReviewed: when somebody has looked back on it before.
    :raises TooShort: when the finding says nothing.
    """
    require_at_home(by, glass)
    _require_open(by, glass)
    if by.account_id == glass.account_id:
        raise Forbidden(_("Somebody else reviews this."))
    confirms_for_safety.require(by, glass, on=day(at))
    if glass.reviewed_at:
        raise AlreadyReviewed(_("Somebody has looked back on this before. Nothing was changed."))
    finding = _a_sentence(finding)
    changes = assign(glass, reviewed_by=by.account, reviewed_at=at, finding=finding)
    return changed(glass, {"reviewed_at": changes["reviewed_at"]}, about=glass.target_id)


@operation("access.glass.extension_proposed")
@upholds("R66", "R83")
def propose_longer_glass(
    *, glass: BreakGlass, words: str, by: Actor, at: dt.datetime
) -> Outcome[Proposal]:
    """Ask a second person for another 24 hours, counted from her yes. Asked twice, one stands.

    :raises Hidden: when the file is closed to ``by`` since.
    :raises Forbidden: unless ``by`` opened it.
    :raises AlreadyReviewed: when somebody has looked back on it: a new emergency is a new one.
    :raises TooShort: when the sentence says nothing.
    """
    require_at_home(by, glass)
    _require_open(by, glass)
    if by.account_id != glass.account_id:
        raise Forbidden(_("Only who opened the file can ask for longer."))
    if glass.reviewed_at:
        raise AlreadyReviewed(
            _("Somebody has looked back on this already. If it goes on, open the file anew.")
        )
    waiting = Proposal.objects.unscoped("one's own proposal about one's own emergency")
    found = waiting.filter(act=LONGER.key, subject_id=glass.pk, state=ProposalState.WAITING).first()
    if found:
        return unchanged(found)
    proposal = propose(
        act=LONGER.key,
        subject=glass,
        details={"hours": 24},
        reason=_a_sentence(words),
        by=by,
        at=at,
    )
    return changed(proposal, about=glass.target_id)


@operation("access.closing.recorded")
@upholds("R55", "R56")
def close_to(
    *,
    account: Account,
    kind: ClosingKind,
    target_kind: str,
    target_id: UUID,
    words: str,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Closing]:
    """Close a file to one person at once, in good faith, by anyone who may see either.

    Effective with the next request; lifted only by two persons, neither concerned.
    """
    closing = Closing(
        agency_id=by.agency_id,
        account=account,
        kind=kind,
        target_kind=target_kind,
        target_id=target_id,
        words=words or None,
        from_at=at,
    )
    closing.save(force_insert=True)
    return changed(closing, {"kind": (None, kind)}, reason=words, about=target_id)


@operation("access.closing.lifting_proposed")
@upholds("R55", "R83")
def propose_lifting(
    *, closing: Closing, words: str, by: Actor, at: dt.datetime
) -> Outcome[Proposal]:
    """Ask a second person to open the file again; neither of the two is concerned.

    :raises Hidden: for another agency's.
    :raises Forbidden: for the person concerned, and unless ``by`` answers for safety.
    """
    require_at_home(by, closing)
    if by.account_id == closing.account_id:
        raise Forbidden(_("Two others decide this."))
    confirms_for_safety.require(by, closing, on=day(at))
    proposal = propose(
        act=LIFT.key,
        subject=closing,
        details={"kind": closing.kind},
        concerns=closing.account,
        reason=words,
        by=by,
        at=at,
    )
    return changed(proposal, about=closing.target_id)


@operation("access.notice.seen")
def see_notice(*, notice: Notice, by: Actor, at: dt.datetime) -> Outcome[Notice]:
    """Say that one has seen a notice.

    :raises Forbidden: for somebody else's.
    """
    if notice.account_id != by.account_id:
        raise Forbidden(_("This notice is not for you."))
    changes = assign(notice, seen_at=at)
    return changed(notice, changes) if changes else unchanged(notice)


def _a_sentence(words: str) -> str:
    words = words.strip()
    if len(words) < SHORTEST:
        raise TooShort(_("Write one sentence that a colleague will understand later."))
    return words


def _require_reviewed(by: Actor, target_id: UUID) -> None:
    rows = BreakGlass.objects.unscoped("one's own emergencies")
    if rows.filter(account=by.account_id, target_id=target_id, reviewed_at__isnull=True).exists():
        raise StillOpen(
            _(
                "You have opened this file in an emergency before, and nobody has looked back on "
                "it yet. Nothing was changed. A second person can keep it open: ask on the page "
                "of that emergency."
            )
        )


def _require_open(by: Actor, ground: BreakGlass) -> None:
    if closings(by, ground.target_kind).filter(target_id=ground.target_id).exists():
        raise Hidden(_("There is nothing here for you."))


def _longer(proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime) -> BreakGlass:
    glass = BreakGlass.objects.unscoped("the confirmed act").get(pk=proposal.subject_id)
    assign(glass, until_at=at + dt.timedelta(hours=details["hours"]))
    return glass


def _told_longer(details: dict[str, Any]) -> dict[Any, Any]:
    return {gettext_lazy("How long"): _("%(n)s hours from your yes on") % {"n": details["hours"]}}


def _lifted(proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime) -> Closing:
    closing = Closing.objects.unscoped("the confirmed act").get(pk=proposal.subject_id)
    assign(closing, lifted_at=at)
    return closing


LONGER = declare(
    TwoPersonAct(
        "access.glass.extended",
        gettext_lazy("Keep an emergency file open"),
        confirms_on_a_file,
        _longer,
        _told_longer,
    )
)
LIFT = declare(
    TwoPersonAct(
        "access.closing.lifted",
        gettext_lazy("Open a closed file again"),
        confirms_on_a_file,
        _lifted,
    )
)
