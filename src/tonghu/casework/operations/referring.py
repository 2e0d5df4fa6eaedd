"""Referring a child: ticked one by one, consent asked, sent, answered, closed with the outcome."""

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.models import Case, Referral, ReferralStep
from tonghu.casework.moving import NotInThisState, ReasonMissing, move
from tonghu.casework.onward import LEADS_TO, Datum
from tonghu.casework.onward import ReferralState as S
from tonghu.casework.policy import CASES_PLANNED, PLANS
from tonghu.casework.referrals import drawn, may_leave
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation
from tonghu.people.consents import require_consent, standing_of
from tonghu.people.constants import ConsentKind


class NothingTicked(Refused):
    """A referral tells the other side something."""


class NeverLeaves(Refused):
    """What is hidden of a child leaves with no paper."""


class NotTakenOver(Refused):
    """A case is handed to another agency once that one has accepted it."""


@dataclass(frozen=True)
class Onward:
    """What a referral says: to whom, why, how soon, and what is ticked."""

    receiver_kind: str
    receiver: str
    need: str
    reason: str
    urgency: str
    data: Collection[str]
    is_transfer: bool = False


@operation("casework.referral.prepared")
@upholds("R29", "R67")
def prepare_referral(*, case: Case, said: Onward, by: Actor, at: dt.datetime) -> Outcome[Referral]:
    """Prepare a referral; what leaves is ticked one by one, and nothing leaves yet.

    :raises Refused: unless ``by`` may plan in the case.
    :raises ReasonMissing: without a receiver and a reason.
    :raises NothingTicked: when nothing is ticked.
    :raises NeverLeaves: when something is ticked that is hidden of the child.
    """
    CASES_PLANNED.require(Action.WRITE, by, case, on=day(at))
    if not said.receiver.strip() or not said.reason.strip():
        raise ReasonMissing(_("Say to whom and why. Nothing is lost."))
    data = [one for one in Datum if one in set(said.data)]
    if not data:
        raise NothingTicked(_("Tick what the other side must know, as little as will do."))
    hidden = [str(one.label) for one in data if one not in may_leave(case)]
    if hidden:
        raise NeverLeaves(
            _("“%(what)s” is hidden for this child and leaves with no paper. Take the tick away.")
            % {"what": hidden[0]}
        )
    agreed = standing_of(case.child, ConsentKind.DATA_SHARE, day(at)).is_allowed
    referral = Referral(
        agency_id=case.agency_id,
        case=case,
        receiver_kind=said.receiver_kind,
        receiver=said.receiver.strip(),
        is_transfer=said.is_transfer,
        need=said.need,
        reason=said.reason.strip(),
        urgency=said.urgency,
        data=" ".join(data),
        state=S.DRAFT if agreed else S.CONSENT_WAIT,
        author=by.account,
        recorded_at=at,
    )
    referral.save(force_insert=True)
    _note(referral, "", by, at)
    return changed(referral, about=case.child_id)


@operation("casework.referral.sent")
@upholds("R45", "R61", says=gettext_lazy("a referral leaves with a consent, or by duty of the law"))
def send_referral(
    *, referral: Referral, feedback_due_on: dt.date, by: Actor, at: dt.datetime
) -> Outcome[Referral]:
    """Say that a referral has left; what it told is kept as it was on this day.

    :raises Refused: unless ``by`` may plan in the case.
    :raises ConsentMissing: without a consent to share, or a duty of the law on record.
    :raises NotInThisState: when it was sent already.
    """
    now = _locked(referral, S.SENT, by, at)
    case = now.case
    require_consent(case.child, ConsentKind.DATA_SHARE, day(at))
    content = json.dumps(drawn(case, now.data.split(), by, on=day(at)), ensure_ascii=False)
    return _moved(
        referral,
        S.SENT,
        "",
        by,
        at,
        content=content,
        sent_on=day(at),
        feedback_due_on=feedback_due_on,
    )


@operation("casework.referral.accepted")
def accept_referral(
    *, referral: Referral, words: str = "", by: Actor, at: dt.datetime
) -> Outcome[Referral]:
    """Write down that the receiver takes it on.

    :raises Refused: unless ``by`` may plan in the case.
    :raises NotInThisState: unless it was sent and not answered.
    """
    _locked(referral, S.ACCEPTED, by, at)
    return _moved(referral, S.ACCEPTED, words, by, at)


@operation("casework.referral.rejected")
def reject_referral(
    *, referral: Referral, words: str, by: Actor, at: dt.datetime
) -> Outcome[Referral]:
    """Write down that the receiver turns it down, and why.

    :raises Refused: unless ``by`` may plan in the case.
    :raises ReasonMissing: without the receiver's reason.
    :raises NotInThisState: unless it was sent and not answered.
    """
    _locked(referral, S.REJECTED, by, at)
    return _moved(referral, S.REJECTED, _said(words), by, at)


@operation("casework.referral.served")
def note_service(
    *, referral: Referral, words: str, by: Actor, at: dt.datetime
) -> Outcome[Referral]:
    """Write down what the receiver has done for the child.

    :raises Refused: unless ``by`` may plan in the case.
    :raises ReasonMissing: without a word of what was done.
    :raises NotInThisState: unless the receiver had accepted.
    """
    _locked(referral, S.SERVED, by, at)
    return _moved(referral, S.SERVED, _said(words), by, at)


@operation("casework.referral.missed")
def note_unavailable(
    *, referral: Referral, words: str, by: Actor, at: dt.datetime
) -> Outcome[Referral]:
    """Write down that the service is not to be had: a gap that the county should know of.

    :raises Refused: unless ``by`` may plan in the case.
    :raises ReasonMissing: without a word of why.
    :raises NotInThisState: unless it waits for the receiver.
    """
    _locked(referral, S.UNAVAILABLE, by, at)
    return _moved(referral, S.UNAVAILABLE, _said(words), by, at)


@operation("casework.referral.declined")
def decline_referral(
    *, referral: Referral, words: str, by: Actor, at: dt.datetime
) -> Outcome[Referral]:
    """Write down that child or family do not want it (any more).

    :raises Refused: unless ``by`` may plan in the case.
    :raises ReasonMissing: without their words.
    :raises NotInThisState: when it has ended.
    """
    _locked(referral, S.DECLINED, by, at)
    return _moved(referral, S.DECLINED, _said(words), by, at)


@operation("casework.referral.closed")
def close_referral(
    *, referral: Referral, words: str, by: Actor, at: dt.datetime
) -> Outcome[Referral]:
    """Close the loop with what came of it for the child.

    :raises Refused: unless ``by`` may plan in the case.
    :raises ReasonMissing: without an outcome.
    :raises NotInThisState: before the receiver or the family has answered.
    """
    _locked(referral, S.CLOSED, by, at)
    said = _said(words)
    return _moved(referral, S.CLOSED, said, by, at, outcome=said)


@operation("casework.case.transferred")
@upholds("R45")
def transfer_case(*, referral: Referral, reason: str, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Hand the whole case to the agency that has accepted it.

    :raises Refused: unless ``by`` may write the case.
    :raises NotTakenOver: unless the referral is a transfer that the other side has accepted.
    :raises NotInThisState: unless the case is under way or paused.
    :raises ReasonMissing: without a reason.
    """
    PLANS.require(Action.WRITE, by, referral, on=day(at))
    if not referral.is_transfer or referral.state not in (S.ACCEPTED, S.SERVED):
        raise NotTakenOver(_("The other side has not taken it over yet. Nothing changed."))
    case = referral.case
    changes = move(case, "transfer", by=by, at=at, reason=reason)
    return changed(case, changes, reason=reason, about=case.child_id)


def _said(words: str) -> str:
    if not words.strip():
        raise ReasonMissing(_("Write in a sentence what they said. Nothing is lost."))
    return words.strip()


def _locked(referral: Referral, to: S, by: Actor, at: dt.datetime) -> Referral:
    PLANS.require(Action.WRITE, by, referral, on=day(at))
    rows = Referral.objects.unscoped("its Rule was asked above").select_for_update()
    now = rows.get(pk=referral.pk)
    if to not in LEADS_TO.get(now.state, ()):
        raise NotInThisState(
            _("This is at “%(state)s” by now; that does not follow from it. Nothing changed.")
            % {"state": now.get_state_display()}
        )
    return now


def _moved(
    referral: Referral, to: S, words: str, by: Actor, at: dt.datetime, **also: object
) -> Outcome[Referral]:
    changes = assign(referral, state=to, **also)
    _note(referral, words, by, at)
    told = {"state": changes["state"]} if "state" in changes else {}
    return changed(referral, told, about=referral.case.child_id)


def _note(referral: Referral, words: str, by: Actor, at: dt.datetime) -> None:
    ReferralStep(
        agency_id=referral.agency_id,
        referral=referral,
        to_state=referral.state,
        words=words.strip(),
        on=day(at),
        by=by.account,
        at=at,
    ).save(force_insert=True)
