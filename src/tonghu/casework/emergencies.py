"""What an emergency owes: to meet the child within a day, and its forms in three working days."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.casework.constants import OPEN, PaperKind
from tonghu.casework.due import Due, offers_due
from tonghu.casework.models import Case, Submission
from tonghu.casework.plans import safety_plan_of
from tonghu.casework.queries import unscoped_last_met
from tonghu.casework.reports import reports_in
from tonghu.kernel.clock import day
from tonghu.look.addresses import address

PAPERS_WITHIN = 3
"""Working days in which intake, assessment and plan are made up for (reference 2.1)."""


@dataclass(frozen=True)
class First:
    """One of the things that come before paper: what, whether it is done, where."""

    what: str | Promise
    verb: str | Promise
    address: str
    done: bool


@offers_due
def emergencies(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say which cases that skipped paper still owe the first contact, and which their forms."""
    skipped = [one for one in cases if one.papers_due_on and one.state in OPEN]
    if not skipped:
        return
    met = unscoped_last_met([one.child_id for one in skipped])
    written = _written(skipped)
    for case in skipped:
        began, last = case.accepted_on or case.opened_on, met.get(case.child_id)
        if last is None or day(last) < began:
            yield Due(
                case,
                _("First things first: see the child, report, agree how it stays safe"),
                _("In danger: within 24 hours, before any form."),
                began + dt.timedelta(days=1),
                _("What comes first"),
                address("case-emergency", case.pk),
                "alert-triangle",
            )
        if case.papers_due_on and not {PaperKind.ASSESSMENT, PaperKind.PLAN} <= written[case.pk]:
            yield Due(
                case,
                _("Make up for the forms"),
                _("An emergency skips paper for three working days."),
                case.papers_due_on,
                _("Open the case"),
                address("case", case.pk),
                "file-text",
            )


def _written(cases: Sequence[Case]) -> dict:
    found: dict = {one.pk: set() for one in cases}
    rows = Submission.objects.unscoped("of cases that were found under their Rule")
    for case_id, kind in rows.filter(case__in=list(found)).values_list("case_id", "kind"):
        found[case_id].add(kind)
    return found


def first_things(case: Case, by: Actor, *, on: dt.date) -> list[First]:
    """Return what comes before paper in an emergency, and what of it this reader sees done."""
    began = case.accepted_on or case.opened_on
    last = unscoped_last_met([case.child_id]).get(case.child_id)
    seen = last is not None and day(last) >= began
    reported = reports_in(case, by, on=on).exists()
    return [
        First(
            _("See the child, if possible alone"),
            _("Write a contact down"),
            address("contact-new", case.child_id),
            seen,
        ),
        First(
            _("Tell the authorities: suspected is enough"),
            _("Report harm"),
            address("report-of-child", case.child_id),
            reported,
        ),
        First(
            _("Agree with the child how it stays safe"),
            _("Open the plan"),
            address("safety-new", case.pk),
            safety_plan_of(case, by, on=on) is not None,
        ),
    ]
