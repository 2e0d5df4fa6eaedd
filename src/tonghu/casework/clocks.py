"""What every living case owes by itself: a contact by its rhythm, an intake, a look at its risk."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tonghu.casework.constants import OPEN, CaseState
from tonghu.casework.due import Due, offers_due
from tonghu.casework.models import Case, RiskFinding
from tonghu.casework.queries import unscoped_last_met
from tonghu.casework.rhythm import rhythm_of
from tonghu.kernel.clock import day
from tonghu.look.addresses import address

LEAD_WITHIN = 7
"""Days in which a lead is looked into."""


@offers_due
def leads(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say which leads nobody has looked into."""
    for case in cases:
        if case.state == CaseState.LEAD:
            within = 0 if case.in_danger else LEAD_WITHIN
            yield Due(
                case,
                _("Look into the lead"),
                _("Somebody said that the child is in danger.")
                if case.in_danger
                else _("A lead is looked into within a week."),
                case.opened_on + dt.timedelta(days=within),
                _("Open the case"),
                address("case", case.pk),
                "flag",
            )


@offers_due
def contacts(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say by when each child is to be met again, by the rhythm of its risk."""
    working = [one for one in cases if one.state in OPEN and one.state != CaseState.SUSPENDED]
    met = unscoped_last_met([one.child_id for one in working])
    judged = _judged(working)
    for case in working:
        rhythm = rhythm_of(case.risk_level)
        last = met.get(case.child_id)
        since = judged.get(case.pk, case.accepted_on or case.opened_on)
        yield Due(
            case,
            _("Meet %(name)s") % {"name": case.child.person.called},
            _rule(case, rhythm.every),
            rhythm.due(since, day(last) if last else None),
            _("Begin the visit"),
            f"{address('contact-new', case.child_id)}?next={address('case', case.pk)}",
            "home-heart",
        )


@offers_due
def risks(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say when somebody is to look at the risk again."""
    working = [one for one in cases if one.state in OPEN]
    rows = RiskFinding.objects.unscoped("of cases that were found under their Rule")
    newest: dict = {}
    for row in rows.filter(case__in=[one.pk for one in working]).order_by("set_at"):
        newest[row.case_id] = row
    for case in working:
        if case.pk in newest:
            yield Due(
                case,
                _("Look at the risk again"),
                _("Whoever judged it named this day."),
                newest[case.pk].review_on,
                _("Judge the risk"),
                address("risk-new", case.pk),
                "alert-triangle",
            )


def _rule(case: Case, every: int) -> str:
    words = ngettext(
        "%(level)s: met at least every day", "%(level)s: met at least every %(n)s days", every
    )
    level = case.get_risk_level_display() if case.risk_level else _("Risk not judged yet")
    return words % {"level": level, "n": every}


def _judged(cases: Sequence[Case]) -> dict:
    """Return since when the present level of each case holds."""
    rows = RiskFinding.objects.unscoped("of cases that were found under their Rule")
    rows = rows.filter(case__in=[one.pk for one in cases]).order_by("set_at")
    since: dict = {}
    level: dict = {}
    for row in rows:
        if level.get(row.case_id) != row.level:
            since[row.case_id], level[row.case_id] = row.set_on, row.level
    return since
