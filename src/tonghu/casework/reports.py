"""Questions about reports of harm: two sheets, one for those that only the head reads."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.roles import AgencyHead, Supervisor
from tonghu.access.sheets import Action, Sheet
from tonghu.casework.harm import (
    ANSWER_WITHIN,
    HEAD_AFTER,
    REPORT_WITHIN,
    SUPERVISOR_AFTER,
    Situation,
)
from tonghu.casework.harm_policy import HEADS_REPORTS, OF_THE_HEAD, RECEIPTS, REPORTERS, REPORTS
from tonghu.casework.models import Case, HarmReport, ReporterIdentity, ReportEvent
from tonghu.kernel.clock import day
from tonghu.kernel.law import upholds
from tonghu.kernel.rules import joined


def sheet_of(report: HarmReport) -> Sheet:
    """Return the sheet a report is asked by: the head's alone, or its file's."""
    is_heads = report.child_id is None or report.concerns == "staff"
    return HEADS_REPORTS if is_heads else REPORTS


def report_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> HarmReport:
    """Return one report.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    :raises Forbidden: when she may find it, but not do this.
    """
    rows = HarmReport.objects.select_related("child__person")
    known = HarmReport.objects.unscoped("which of two sheets answers; the sheet is asked next")
    is_heads = known.filter(OF_THE_HEAD, pk=pk).exists()
    if is_heads:
        return HEADS_REPORTS.get(action, rows.filter(OF_THE_HEAD), by, pk, on=on)
    return REPORTS.get(action, rows.exclude(OF_THE_HEAD), by, pk, on=on)


def reports_for(by: Actor, *, on: dt.date) -> "QuerySet[HarmReport]":
    """Return the reports of which this person may know, the newest first."""
    rows = HarmReport.objects.unscoped("filtered by both sheets here")
    return (
        rows.filter(_findable(by, on)).select_related("child__person").order_by("-found_at", "-pk")
    )


def _findable(by: Actor, on: dt.date) -> Q:
    ordinary = REPORTS.where(Action.FIND, by, on) & ~OF_THE_HEAD
    return joined(ordinary, HEADS_REPORTS.where(Action.FIND, by, on) & OF_THE_HEAD)


def reports_in(case: Case, by: Actor, *, on: dt.date) -> "QuerySet[HarmReport]":
    """Return the reports about the child of a case since it was heard of."""
    rows = reports_for(by, on=on).filter(child=case.child_id)
    return rows.filter(found_at__date__gte=case.opened_on)


def receipt_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> HarmReport:
    """Return a report of one's own, to show its receipt.

    :raises Hidden: when somebody else wrote it, or there is none.
    """
    return RECEIPTS.get(action, HarmReport.objects.filter(recorded_by=by.account), by, pk, on=on)


def receipts_of(by: Actor, *, on: dt.date) -> "QuerySet[HarmReport]":
    """Return one's own reports, the newest first."""
    rows = HarmReport.objects.all()
    return RECEIPTS.rows(Action.FIND, rows, by, on=on).order_by("-found_at", "-pk")


def events_of(report: HarmReport, by: Actor, *, on: dt.date) -> list[ReportEvent]:
    """Return what happened with a report, the oldest first; never who wrote it down (R64).

    :raises Refused: unless the actor may read the report.
    """
    sheet_of(report).require(Action.READ, by, report, on=on)
    rows = ReportEvent.objects.unscoped("of a report whose Rule was asked above")
    return list(rows.filter(report=report).order_by("happened_at", "noted_at", "pk"))


def reporter_for(by: Actor, report_id: UUID, *, on: dt.date) -> ReporterIdentity:
    """Return who told it; the caller puts the look on record before it is shown.

    :raises Hidden: when nobody offered it, or it is not hers to know.
    :raises NeedsReason: until a reason for this look is written down.
    """
    rows = ReporterIdentity.objects.select_related("report")
    return REPORTERS.get(Action.READ, rows, by, report_id, on=on)


def has_reporter(report: HarmReport, by: Actor, *, on: dt.date) -> bool:
    """Tell whether there is an identity that this person may look at."""
    rows = ReporterIdentity.objects.filter(pk=report.pk)
    return REPORTERS.rows(Action.FIND, rows, by, on=on).exists()


def situations_of(report: HarmReport) -> list[str]:
    """Return the situations of a report in words."""
    return [str(Situation(code).label) for code in report.situations.split()]


@dataclass(frozen=True)
class Clock:
    """What a report waits for, until when; nothing once it is answered."""

    waits_for: str
    until: dt.datetime

    def is_late(self, at: dt.datetime) -> bool:
        """Tell whether the time is over."""
        return at > self.until


def clock_of(report: HarmReport) -> Clock | None:
    """Return the running clock of a report: to tell an authority, then to hear from it."""
    if report.answered_at:
        return None
    if report.reported_at is None:
        return Clock("report", report.found_at + REPORT_WITHIN)
    return Clock("answer", report.reported_at + ANSWER_WITHIN)


@upholds("R63", says=_("an unanswered report climbs on Today by its age; nothing switches it off"))
def alarms_for(by: Actor, *, at: dt.datetime) -> Iterator[tuple[HarmReport, Clock]]:
    """Say which unanswered reports stand on somebody's Today: it climbs, nobody stops it.

    The worker has it from the first minute; the supervisor after six hours, the head after a day,
    both at once while the child is in danger or when it is late. What only the head reads is hers
    at once.
    """
    for report in reports_for(by, on=day(at)).filter(answered_at__isnull=True).order_by("found_at"):
        clock = clock_of(report)
        if clock and (_is_near(report, by, at) or clock.is_late(at)):
            yield report, clock


def _is_near(report: HarmReport, by: Actor, at: dt.datetime) -> bool:
    after = {Supervisor.key: SUPERVISOR_AFTER, AgencyHead.key: HEAD_AFTER}.get(by.role_key)
    if after is None or report.in_danger or sheet_of(report) is HEADS_REPORTS:
        return True
    return report.reported_at is None and at >= report.found_at + after
