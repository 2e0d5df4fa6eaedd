"""What plans, reviews and closed cases owe, and by which rule."""

import datetime as dt
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tonghu.casework.constants import OPEN, CaseState, RiskLevel
from tonghu.casework.due import Due, offers_due
from tonghu.casework.endings import REVIEW_EVERY
from tonghu.casework.models import Case, FollowUp, Plan, PlanAction, SafetyPlan, StageReview
from tonghu.look.addresses import address

IN_DANGER = (RiskLevel.L1_URGENT, RiskLevel.L2_HIGH)


@offers_due
def reviews(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say by when each case is to be reviewed, and which reviews are under way."""
    working = [one for one in cases if one.state in (CaseState.ACTIVE, CaseState.REVIEW)]
    if not working:
        return
    plans, done, begun = _plans(working), _reviewed(working), _begun(working)
    for case in working:
        if case.state == CaseState.REVIEW and case.pk in begun:
            yield _to_finish(case, begun[case.pk])
        elif plan := plans.get(case.pk):
            yield _to_review(case, plan, done.get(case.pk) or plan.agreed_on or on)


def _to_finish(case: Case, stage: StageReview) -> Due:
    rule = _("The review was begun and is not finished.")
    where = address("stage", stage.pk)
    what, verb = _("Finish the review"), _("Open the review")
    return Due(case, what, rule, stage.begun_on, verb, where, "flag")


def _to_review(case: Case, plan: Plan, since: dt.date) -> Due:
    """Say when a plan is looked at: on the day it names, 90 days after the last time at most."""
    due_on = since + dt.timedelta(days=REVIEW_EVERY)
    words = ngettext(
        "Reviewed at least every %(n)s day", "Reviewed at least every %(n)s days", REVIEW_EVERY
    )
    rule = words % {"n": REVIEW_EVERY}
    if plan.review_on is not None and since < plan.review_on < due_on:
        due_on, rule = plan.review_on, _("The plan names this day.")
    where = address("case-review", case.pk)
    return Due(case, _("Review the plan"), rule, due_on, _("Begin the review"), where, "flag")


@offers_due
def safety(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say where there is danger and no safety plan."""
    endangered = [one for one in cases if one.state in OPEN and one.risk_level in IN_DANGER]
    if not endangered:
        return
    rows = SafetyPlan.objects.unscoped("of cases that were found under their Rule")
    rows = rows.filter(case__in=[one.pk for one in endangered], until_on=None)
    there = set(rows.values_list("case_id", flat=True))
    for case in endangered:
        if case.pk not in there:
            yield Due(
                case,
                _("Write the safety plan"),
                _("%(level)s: a safety plan is needed.") % {"level": case.get_risk_level_display()},
                case.accepted_on or case.opened_on,
                _("Write it"),
                address("safety-new", case.pk),
                "alert-triangle",
            )


@offers_due
def actions(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say which actions of the plan that holds are to be done, the social worker's own first."""
    working = [one for one in cases if one.state in (CaseState.ACTIVE, CaseState.REVIEW)]
    if not working:
        return
    of_case = {one.pk: one for one in working}
    plans = _plans(working)
    rows = PlanAction.objects.unscoped("of cases that were found under their Rule")
    rows = rows.filter(plan__in=list(plans.values()), done_on=None, is_out=False)
    for row in rows.order_by("due_on", "id"):
        who = row.who_named or row.get_who_display()
        yield Due(
            of_case[row.case_id],
            row.what,
            _("Agreed in the plan: %(who)s") % {"who": who},
            row.due_on,
            _("Note that it is done"),
            address("action-done", row.pk),
        )


@offers_due
def follow_ups(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say when somebody comes again after the end of a case."""
    ended = {one.pk: one for one in cases if one.state in (CaseState.CLOSED, CaseState.FOLLOW_UP)}
    if not ended:
        return
    rows = FollowUp.objects.unscoped("of cases that were found under their Rule")
    rows = rows.filter(case__in=list(ended), done_on=None, called_off_at=None)
    for row in rows.order_by("due_on", "id"):
        case = ended[row.case_id]
        yield Due(
            case,
            _("See %(name)s again") % {"name": case.child.person.called},
            _("Planned when the case was closed."),
            row.due_on,
            _("Write the follow-up down"),
            address("follow-up", row.pk),
            "home-heart",
        )


def _plans(cases: Sequence[Case]) -> dict[UUID, Plan]:
    """Return the version that holds in each case."""
    rows = Plan.objects.unscoped("of cases that were found under their Rule")
    rows = rows.filter(case__in=[one.pk for one in cases], agreed_on__isnull=False)
    return {row.case_id: row for row in rows.order_by("version")}


def _reviewed(cases: Sequence[Case]) -> dict[UUID, dt.date]:
    rows = StageReview.objects.unscoped("of cases that were found under their Rule")
    rows = rows.filter(case__in=[one.pk for one in cases], done_on__isnull=False)
    return {row.case_id: row.done_on for row in rows.order_by("done_on") if row.done_on}


def _begun(cases: Sequence[Case]) -> dict[UUID, StageReview]:
    rows = StageReview.objects.unscoped("of cases that were found under their Rule")
    return {row.case_id: row for row in rows.filter(case__in=list(cases), done_on=None)}
