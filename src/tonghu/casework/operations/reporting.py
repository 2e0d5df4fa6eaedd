"""Reporting harm: written by anybody, told to whom, answered, ended by two; stopped by nobody."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.models import Account, Proposal
from tonghu.access.notices import heads_of, tell
from tonghu.access.operations.two_persons import propose
from tonghu.access.sheets import Action
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.casework.harm import Channel, Concerns, Kind, Situation
from tonghu.casework.harm_policy import HEADS_REPORTS, RECEIPTS, ends_reports
from tonghu.casework.models import HarmReport, ReporterIdentity, ReportEvent
from tonghu.casework.reports import sheet_of
from tonghu.casework.told import who_is_told
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation
from tonghu.people import numbers
from tonghu.people.models import Child
from tonghu.people.policy import CHILDREN

RECORDED = "casework.report.recorded"


class ChildMissing(Refused):
    """A report says which child, in whatever words."""


class NotYet(Refused):
    """What is told of has happened already."""


class NothingSaid(Refused):
    """An entry says something."""


class NotAnswered(Refused):
    """A report ends after an authority has answered."""


class NoSuchFile(Refused):
    """Under this number there is no file of whom the person may know."""


class OnAFile(Refused):
    """The report stands on a file already."""


@dataclass(frozen=True)
class Feared:
    """What a report says: the child in words, the situation, and who was told already.

    ``reporter`` is who told of it, if she offered her name.
    """

    situations: Collection[str]
    found_at: dt.datetime
    child_words: str = ""
    concerns: Concerns | str = Concerns.UNKNOWN
    facts: str = ""
    in_danger: bool = False
    channels: Collection[str] = ()
    reported_at: dt.datetime | None = None
    receipt: str = ""
    reporter: str = ""


@operation("casework.report.recorded")
@upholds("R62", "R63", "R64", says=gettext_lazy("anybody writes a report; nothing is looked up"))
def report_harm(
    *, said: Feared, child: Child | None = None, by: Actor, at: dt.datetime
) -> Outcome[HarmReport]:
    """Write down that a child may be harmed: suspected is enough, no proof, nobody's approval.

    The child is taken in words, and nothing is looked up for it (R62). Begun on a file that
    ``by`` finds, it stands on that file. Who told of it is kept apart under its own keys. The
    journal files it under the report, so that a child's history names nobody who reported.

    :raises Forbidden: for the program: a person reports.
    :raises ChildMissing: without a file and without a word of which child.
    :raises NotYet: when it was found, or told, later than now.
    """
    account = _a_person(by)
    if child is not None:
        CHILDREN.require(Action.FIND, by, child, on=day(at))
    elif not said.child_words.strip():
        raise ChildMissing(_("Say which child, in any words: a name, a house, a class."))
    _require_past(at, said.found_at, said.reported_at)
    report = _written(said, child, account, by, at)
    for channel in said.channels:
        _note_told(report, Channel(channel), said.reported_at or at, said.receipt, by, at)
    _tell_at_once(report, by, at)
    return changed(report)


def _written(
    said: Feared, child: Child | None, account: Account, by: Actor, at: dt.datetime
) -> HarmReport:
    report = HarmReport(
        agency_id=by.agency_id,
        number=numbers.new_number(),
        child=child,
        child_words=said.child_words.strip(),
        situations=" ".join(Situation(one) for one in said.situations),
        concerns=said.concerns,
        facts=said.facts.strip(),
        in_danger=said.in_danger,
        found_at=said.found_at,
        recorded_by=account,
        recorded_at=at,
    )
    report.save(force_insert=True)
    if who := said.reporter.strip():
        ReporterIdentity(
            report=report, agency_id=by.agency_id, recorded_by=account, words=who
        ).save(force_insert=True)
    return report


@operation("casework.report.delivered")
@upholds("R63")
def note_told(
    *,
    report: HarmReport,
    channel: Channel | str,
    told_at: dt.datetime,
    receipt: str = "",
    words: str = "",
    by: Actor,
    at: dt.datetime,
) -> Outcome[ReportEvent]:
    """Write down that an authority was told; the clock then waits for its answer.

    :raises Refused: unless ``by`` wrote the report or may write on it.
    :raises NotYet: when the moment has not come.
    """
    _require_writer(report, by, at)
    _require_past(at, told_at)
    event = _note_told(report, Channel(channel), told_at, receipt, by, at, words)
    return changed(event, about=report.pk)


@operation("casework.report.reply_noted")
@upholds("R63")
def note_heard(
    *,
    report: HarmReport,
    receipt: str = "",
    words: str = "",
    channel: Channel | str = "",
    answered: bool = False,
    heard_at: dt.datetime,
    by: Actor,
    at: dt.datetime,
) -> Outcome[ReportEvent]:
    """Write down a receipt number, what an authority said, or that it has answered.

    Answering stops the clock; nothing else does.

    :raises Refused: unless ``by`` may write on the report.
    :raises NothingSaid: without a number and without a word.
    :raises NotYet: when the moment has not come.
    :raises NotAnswered: when no authority was told yet: there is nobody who could have answered.
    """
    sheet_of(report).require(Action.WRITE, by, report, on=day(at))
    _require_past(at, heard_at)
    if not words.strip() and (answered or not receipt.strip()):
        raise NothingSaid(_("Write down what they said, or the receipt number. Nothing is lost."))
    if answered and report.reported_at is None:
        raise NotAnswered(_("Nobody outside was told yet. Write down first whom you told."))
    kind = Kind.ANSWERED if answered else Kind.FEEDBACK if words.strip() else Kind.RECEIPT
    event = _event(report, kind, heard_at, by, at, channel=channel, receipt=receipt, words=words)
    if answered and report.answered_at is None:
        assign(report, answered_at=heard_at)
    return changed(event, about=report.pk)


@operation("casework.report.placed")
@upholds("R62", says=gettext_lazy("the head puts a report to a file afterwards, if there is one"))
def place_report(
    *, report: HarmReport, number: str, by: Actor, at: dt.datetime
) -> Outcome[HarmReport]:
    """Put a report in words to the child's file, so that its worker reads it and acts.

    :raises Refused: unless ``by`` heads the agency.
    :raises OnAFile: when it stands on one.
    :raises NoSuchFile: when ``by`` finds no file of this number.
    """
    HEADS_REPORTS.require(Action.WRITE, by, report, on=day(at))
    if report.child_id is not None:
        raise OnAFile(_("This report stands on a file already. Nothing was changed."))
    rows = Child.objects.filter(number=numbers.read(number), merged_into__isnull=True)
    child = CHILDREN.rows(Action.FIND, rows, by, on=day(at)).first()
    if child is None:
        raise NoSuchFile(_("You find no file of this number. Check it; nothing is lost."))
    assign(report, child=child)
    _tell_at_once(report, by, at)
    return changed(report)


@operation("casework.report.end_proposed")
@upholds("R63", "R83", "R84", says=gettext_lazy("an answered report is ended by two persons"))
def propose_end(
    *, report: HarmReport, reason: str, by: Actor, at: dt.datetime
) -> Outcome[Proposal]:
    """Ask a second person to agree that an answered report is at its end.

    :raises Refused: unless ``by`` may write on the report.
    :raises NotAnswered: while its clock runs.
    :raises NothingSaid: without a reason.
    """
    sheet_of(report).require(Action.WRITE, by, report, on=day(at))
    if report.answered_at is None:
        raise NotAnswered(_("Nobody ends a report that was not answered. Nothing was changed."))
    if not reason.strip():
        raise NothingSaid(_("Write in a sentence why it is at its end. Nothing is lost."))
    details = {"number": report.number}
    proposal = propose(
        act=END.key, subject=report, details=details, reason=reason.strip(), by=by, at=at
    )
    return changed(proposal, about=report.pk)


def _ended(proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime) -> HarmReport:
    report = HarmReport.objects.unscoped("the confirmed act").get(pk=proposal.subject_id)
    assign(report, ended_at=at)
    return report


END = declare(
    TwoPersonAct(
        key="casework.report.end",
        name=gettext_lazy("End a report of harm"),
        confirm=ends_reports,
        perform=_ended,
        tell=lambda details: {gettext_lazy("Report"): numbers.shown(details["number"])},
    )
)


def _a_person(by: Actor) -> Account:
    if by.account is None:
        raise Forbidden(_("A person reports, not the program."))
    return by.account


def _require_past(at: dt.datetime, *moments: dt.datetime | None) -> None:
    if any(moment is not None and moment > at for moment in moments):
        raise NotYet(_("This moment has not come yet. Correct it; nothing is lost."))


def _require_writer(report: HarmReport, by: Actor, at: dt.datetime) -> None:
    if report.recorded_by_id == by.account_id:
        RECEIPTS.require(Action.WRITE, by, report, on=day(at))
    else:
        sheet_of(report).require(Action.WRITE, by, report, on=day(at))


def _note_told(
    report: HarmReport,
    channel: Channel,
    told_at: dt.datetime,
    receipt: str,
    by: Actor,
    at: dt.datetime,
    words: str = "",
) -> ReportEvent:
    said = {"channel": channel, "receipt": receipt, "words": words}
    event = _event(report, Kind.REPORTED, told_at, by, at, **said)
    is_outside = channel != Channel.INTERNAL
    if is_outside and (report.reported_at is None or told_at < report.reported_at):
        assign(report, reported_at=told_at)
    return event


def _event(
    report: HarmReport,
    kind: Kind,
    happened_at: dt.datetime,
    by: Actor,
    at: dt.datetime,
    *,
    channel: Channel | str = "",
    receipt: str = "",
    words: str = "",
) -> ReportEvent:
    event = ReportEvent(
        agency_id=report.agency_id,
        report=report,
        kind=kind,
        channel=channel,
        happened_at=happened_at,
        receipt=receipt.strip(),
        words=words.strip(),
        by=by.account,
        noted_at=at,
    )
    event.save(force_insert=True)
    return event


@upholds("R63", says=gettext_lazy("worker, supervisor and head are told; never who is closed out"))
def _tell_at_once(report: HarmReport, by: Actor, at: dt.datetime) -> None:
    """Put a notice before those who must act, never before who is closed out or may be meant."""
    on = day(at)
    heads = heads_of(report.agency_id, on=on)
    accounts = who_is_told(report.child, by, on=on) if report.child else heads
    if report.concerns == Concerns.STAFF:
        accounts &= heads
    tell(accounts - {by.account_id}, report, event=RECORDED, by=by, at=at)
