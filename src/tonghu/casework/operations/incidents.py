"""Incidents: written down, told, looked back on by another. Conferences: what was decided."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.models import Account
from tonghu.access.notices import tell
from tonghu.access.sheets import Action
from tonghu.casework.harm import HarmType, Notified
from tonghu.casework.incidents import colleagues
from tonghu.casework.models import (
    Case,
    Conference,
    ConferenceDecision,
    ConferenceMember,
    Incident,
    IncidentNotice,
)
from tonghu.casework.moving import ReasonMissing
from tonghu.casework.policy import CASES, PARTS_OF_CASES
from tonghu.casework.told import who_is_told
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation
from tonghu.people.guardians import guardians_who_may_know, suspensions_of


class LaterThanNow(Refused):
    """What is written down has happened."""


class NotTheGuardian(Refused):
    """A guardian whose rights are suspended is told nothing."""


class DoneBefore(Refused):
    """Somebody has said it before."""


@dataclass(frozen=True)
class Happened:
    """What is said of an incident."""

    harm: HarmType | str
    happened_at: dt.datetime
    place: str
    hurt: str
    what: str
    response: str = ""


@dataclass(frozen=True)
class Decided:
    """One decision of a conference: what, who does it, by when."""

    what: str
    owner: str
    due_on: dt.date


@dataclass(frozen=True)
class Met:
    """What is said of a conference."""

    held_on: dt.date
    members: Sequence[Account]
    discussed: str
    outside: str = ""
    decided: Sequence[Decided] = ()


@operation("casework.incident.recorded")
@upholds("R26")
def record_incident(*, case: Case, said: Happened, by: Actor, at: dt.datetime) -> Outcome[Incident]:
    """Write an incident or a crisis down; supervisor and head are told at once.

    :raises Refused: unless ``by`` works with the case.
    :raises Forbidden: for the program: a person writes it.
    :raises ReasonMissing: without what happened.
    :raises LaterThanNow: when the moment has not come.
    """
    CASES.require(Action.WRITE, by, case, on=day(at))
    if by.account is None:
        raise Forbidden(_("A person writes this down, not the program."))
    if not said.what.strip():
        raise ReasonMissing(_("Write down what happened, if only in a few words."))
    _require_past(at, said.happened_at)
    incident = Incident(
        agency_id=case.agency_id,
        case=case,
        harm=said.harm,
        happened_at=said.happened_at,
        place=said.place.strip(),
        hurt=said.hurt.strip(),
        what=said.what.strip(),
        response=said.response.strip(),
        author=by.account,
        recorded_at=at,
    )
    incident.save(force_insert=True)
    who = who_is_told(case.child, by, on=day(at))
    tell(who, incident, event="casework.incident.recorded", by=by, at=at)
    return changed(incident, about=case.child_id)


@operation("casework.incident.notified")
@upholds("R60", says=gettext_lazy("a guardian whose rights are suspended is told of no incident"))
def note_notified(
    *,
    incident: Incident,
    whom: Notified | str,
    told_at: dt.datetime,
    words: str = "",
    by: Actor,
    at: dt.datetime,
) -> Outcome[IncidentNotice]:
    """Write down who was told of an incident, and when.

    :raises Refused: unless ``by`` works with the case.
    :raises LaterThanNow: when the moment has not come.
    :raises NotTheGuardian: when every guardian's rights are suspended.
    """
    PARTS_OF_CASES.require(Action.WRITE, by, incident, on=day(at))
    _require_past(at, told_at)
    child = incident.case.child
    nobody = not guardians_who_may_know(child, on=day(at)) and suspensions_of(child, on=day(at))
    if whom == Notified.GUARDIAN and nobody:
        raise NotTheGuardian(
            _("The guardian’s rights are suspended: nothing is told there. Nothing was saved.")
        )
    notice = IncidentNotice(
        agency_id=incident.agency_id,
        incident=incident,
        whom=whom,
        told_at=told_at,
        words=words.strip(),
    )
    notice.save(force_insert=True)
    return changed(notice, about=child.pk)


@operation("casework.incident.reviewed")
@upholds("R38", says=gettext_lazy("nobody looks back on what she wrote herself"))
def review_incident(
    *, incident: Incident, finding: str, by: Actor, at: dt.datetime
) -> Outcome[Incident]:
    """Look back on an incident as another person: what is learnt from it.

    :raises Refused: unless ``by`` answers for the case.
    :raises Forbidden: for who wrote it.
    :raises ReasonMissing: without a word of what is learnt.
    :raises DoneBefore: when somebody has looked back on it.
    """
    PARTS_OF_CASES.require(Action.APPROVE, by, incident, on=day(at))
    if by.account_id == incident.author_id:
        raise Forbidden(_("You wrote this. Somebody else looks back on it."))
    if incident.reviewed_at is not None:
        raise DoneBefore(_("Somebody has looked back on it already. Nothing was changed."))
    if not finding.strip():
        raise ReasonMissing(_("Write in a sentence what is learnt from it. Nothing is lost."))
    assign(incident, finding=finding.strip(), reviewed_by=by.account, reviewed_at=at)
    return changed(incident, about=incident.case.child_id)


@operation("casework.conference.recorded")
@upholds("R26")
def hold_conference(*, case: Case, said: Met, by: Actor, at: dt.datetime) -> Outcome[Conference]:
    """Write down a conference about one case: each case has its own row, so that need decides.

    :raises Refused: unless ``by`` works with the case.
    :raises ReasonMissing: without what was talked about, or a decision without what and who.
    :raises LaterThanNow: when the day has not come.
    """
    CASES.require(Action.WRITE, by, case, on=day(at))
    if not said.discussed.strip():
        raise ReasonMissing(_("Write down what was talked about, if only in a few words."))
    if said.held_on > day(at):
        raise LaterThanNow(_("This day has not come yet. Correct it; nothing is lost."))
    conference = Conference(
        agency_id=case.agency_id,
        case=case,
        held_on=said.held_on,
        outside=said.outside.strip(),
        discussed=said.discussed.strip(),
        author=by.account,
        recorded_at=at,
    )
    conference.save(force_insert=True)
    _seat(conference, said, by, at)
    return changed(conference, about=case.child_id)


@operation("casework.decision.finished")
def finish_decision(
    *, decision: ConferenceDecision, words: str, by: Actor, at: dt.datetime
) -> Outcome[ConferenceDecision]:
    """Say what came of a decision; it is owed no longer.

    :raises Refused: unless ``by`` works with the case.
    :raises ReasonMissing: without a word of what came of it.
    :raises DoneBefore: when somebody has said so.
    """
    PARTS_OF_CASES.require(Action.WRITE, by, decision, on=day(at))
    if decision.done_at is not None:
        raise DoneBefore(_("Somebody has said so already. Nothing was changed."))
    if not words.strip():
        raise ReasonMissing(_("Write in a sentence what came of it. Nothing is lost."))
    assign(decision, done_at=at, done_words=words.strip())
    return changed(decision, about=decision.case.child_id)


def _seat(conference: Conference, said: Met, by: Actor, at: dt.datetime) -> None:
    here = {one.pk for one in colleagues(by, on=day(at))}
    for account in said.members:
        if account.pk in here:
            ConferenceMember(
                agency_id=conference.agency_id, conference=conference, account=account
            ).save(force_insert=True)
    for one in said.decided:
        if not one.what.strip() or not one.owner.strip():
            raise ReasonMissing(_("A decision says what is done and who does it."))
        ConferenceDecision(
            agency_id=conference.agency_id,
            conference=conference,
            case=conference.case,
            what=one.what.strip(),
            owner=one.owner.strip(),
            due_on=one.due_on,
        ).save(force_insert=True)


def _require_past(at: dt.datetime, moment: dt.datetime) -> None:
    if moment > at:
        raise LaterThanNow(_("This moment has not come yet. Correct it; nothing is lost."))
