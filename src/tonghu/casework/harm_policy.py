"""Who may do what with reports of harm (R25, R62, R63) and with who reported (R24, R64)."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.policy import PROPOSED_ON_FILES, agency_staff, head, the_program
from tonghu.access.roles import AgencyHead
from tonghu.access.sheets import Action, Sheet
from tonghu.casework.harm import Concerns
from tonghu.casework.models import HarmReport
from tonghu.kernel.law import upholds
from tonghu.kernel.rules import NOTHING, Rule
from tonghu.people.policy import FILE, answers_for, nobodys, own, shut_from, supervised

REPORT = "casework.harmreport"
WHO_TOLD = "casework.reporteridentity"
OF_THE_HEAD = Q(child__isnull=True) | Q(concerns=Concerns.STAFF)
"""Reports that stand on no file yet, and those about somebody of the staff."""

REPORTING = Sheet(
    number="R25",
    name=_("Disclosures and reports of harm"),
    target_kind=FILE,
    find=own | supervised | nobodys | head | the_program,
    read=own | the_program,
    read_with_reason=supervised | nobodys | head,
    write=own | supervised | nobodys | head | the_program,
    approve=answers_for,
    export_with_reason=own | supervised | head,
    breakable=True,
    by_seal=True,
    law=("R63",),
)
REPORTS = REPORTING.on("child")
"""Of reports on a file that are about nobody of the staff; ``reports.py`` holds them apart."""


@upholds("R55", says=_("a head who is closed out of a file reads no report about the child"))
def _of_the_head(by: Actor, on: dt.date) -> Q:
    if by.role_key != AgencyHead.key:
        return NOTHING
    return OF_THE_HEAD & (Q(child__isnull=True) | ~Q(child__in=shut_from(by)))


heads_own = Rule(head.says, _of_the_head, ("R63",))
HEADS_REPORTS = Sheet(
    number="R25",
    name=_("Reports of harm on no file yet, or about somebody of the staff"),
    target_kind=REPORT,
    find=heads_own | the_program,
    read=the_program,
    read_with_reason=heads_own,
    write=heads_own | the_program,
    approve=heads_own,
)


@upholds("R62", says=_("who wrote a report has its receipt, whatever is closed to her"))
def _recorded(by: Actor, on: dt.date) -> Q:
    return Q(recorded_by=by.account_id) if by.account_id else NOTHING


who_recorded = Rule(_("who wrote it"), _recorded)
RECEIPTS = Sheet(
    number="R62",
    name=_("Receipts of one’s own reports of harm"),
    target_kind=REPORT,
    find=who_recorded,
    read=who_recorded,
    write=agency_staff,
)


@upholds("R24", says=_("who reported is read by who wrote it down, until the answer, and the head"))
def _who_reported(by: Actor, on: dt.date) -> Q:
    open_files = Q(report__child__isnull=True) | ~Q(report__child__in=shut_from(by))
    if by.role_key == AgencyHead.key:
        return open_files
    if by.account_id is None:
        return NOTHING
    return open_files & Q(recorded_by=by.account_id, report__answered_at__isnull=True)


knows_the_reporter = Rule(
    _("the agency head, and who wrote it down until the report is answered"), _who_reported
)
REPORTERS = Sheet(
    number="R24",
    name=_("Who told of harm"),
    target_kind=WHO_TOLD,
    target="report_id",
    find=knows_the_reporter,
    read_with_reason=knows_the_reporter,
    write=agency_staff,
    law=("R64",),
)


def _reports_of(files: QuerySet) -> Q:
    rows = HarmReport.objects.unscoped("part of every Rule").filter(child__in=files)
    return Q(subject_id__in=rows.values("pk"))


PROPOSED_ON_FILES.register(REPORT, _reports_of)


def _answered_for(by: Actor, on: dt.date) -> Q:
    """Return the acts about reports that this person may end as the second one."""
    rows = HarmReport.objects.unscoped("part of every Rule")
    pks = Q(pk__in=[])
    if REPORTING.is_offered(Action.APPROVE, by, on=on):
        pks |= REPORTS.where(Action.APPROVE, by, on) & ~OF_THE_HEAD
    if by.role_key == AgencyHead.key:
        pks |= HEADS_REPORTS.where(Action.APPROVE, by, on)
    return Q(subject_id__in=rows.filter(pks).values("pk"))


ends_reports = Rule(answers_for.says, _answered_for, ("R63", "R83"))
