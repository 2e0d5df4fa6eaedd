"""An emergency skips paper: contact, report and safety plan first, forms in three working days."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.notices import tell
from tonghu.access.sheets import Action, Answer, Sheet
from tonghu.casework.constants import CaseState, RiskLevel, Source
from tonghu.casework.emergencies import PAPERS_WITHIN
from tonghu.casework.models import Case
from tonghu.casework.moving import ReasonMissing
from tonghu.casework.operations.leads import begin_in_emergency, record_lead
from tonghu.casework.operations.risk import judge_risk
from tonghu.casework.policy import CASES, CASES_ASSESSED
from tonghu.casework.queries import open_case_of
from tonghu.casework.told import who_is_told
from tonghu.kernel.clock import day
from tonghu.kernel.operations import Outcome, assign, changed, operation
from tonghu.kernel.working_days import working_days_after
from tonghu.people.models import Child

BEFORE = (CaseState.LEAD, CaseState.SCREENING)


@operation("casework.emergency.declared")
def act_at_once(
    *, child: Child, reason: str, case: Case | None = None, by: Actor, at: dt.datetime
) -> Outcome[Case]:
    """Say that a child is in danger now: one sentence, and the work begins (reference 2.1).

    Without a case the sentence is the lead. A case that is under way stays where it is; it is at
    level 1 from this minute. Whoever may judge the risk has judged it by this. A colleague of the
    team, whose case it is not, leaves a lead. The file's people and the head are told at once.

    :raises ReasonMissing: without a word of what is happening.
    :raises Refused: unless ``by`` works with the file, or in the child's place.
    """
    if not reason.strip():
        raise ReasonMissing(_("Write in a sentence what is happening. Nothing is lost."))
    if case is None or not _may(CASES, case, by, at):
        case = record_lead(
            child=child,
            problem=reason,
            source=Source.OUTREACH,
            in_danger=True,
            heard_on=day(at),
            by=by,
            at=at,
        )
    if _may(CASES, case, by, at):
        _begin(case, reason, by, at)
    who = who_is_told(child, by, on=day(at))
    tell(who, case, event="casework.emergency.declared", by=by, at=at)
    return changed(case, {"in_danger": (None, True)}, reason=reason, about=child.pk)


def _begin(case: Case, reason: str, by: Actor, at: dt.datetime) -> None:
    if case.state in BEFORE and open_case_of(case.child, by, on=day(at)) in (None, case):
        due = working_days_after(day(at), PAPERS_WITHIN)
        begin_in_emergency(case=case, reason=reason, papers_due_on=due, by=by, at=at)
    else:
        assign(case, in_danger=True)
    if _may(CASES_ASSESSED, case, by, at):
        tomorrow = day(at) + dt.timedelta(days=1)
        level = RiskLevel.L1_URGENT
        judge_risk(case=case, level=level, reason=reason, review_on=tomorrow, by=by, at=at)


def _may(sheet: Sheet, case: Case, by: Actor, at: dt.datetime) -> bool:
    return sheet.judge(Action.WRITE, by, case, on=day(at)) is Answer.ALLOW
