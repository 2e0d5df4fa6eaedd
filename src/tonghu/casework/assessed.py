"""What assessments add to a case: events in words, ways on, its card, its timeline, its day."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.events import say
from tonghu.access.sheets import Action, Answer
from tonghu.casework.assessing import assessments_of, scores_of
from tonghu.casework.assessment_page import assessment_page
from tonghu.casework.beginnings import may, to
from tonghu.casework.constants import CaseState, Decision, PaperKind
from tonghu.casework.due import Due, offers_due
from tonghu.casework.instruments import BANDS, name_of
from tonghu.casework.models import Assessment, Case, Submission
from tonghu.casework.operations.assessing import ASSESSED_IN
from tonghu.casework.policy import CASES_ASSESSED
from tonghu.casework.sections import Section, Way, section, way
from tonghu.casework.steps import STEPS
from tonghu.casework.timeline import Told, tells
from tonghu.kernel.clock import day
from tonghu.look.addresses import address

WITHIN = 14
"""Days from taking a case on to its assessment: our default, no national rule is known."""

say(
    {
        "casework.assessment.need_written": gettext_lazy("wrote a part of an assessment"),
        "casework.assessment.described": gettext_lazy("wrote what an assessment comes to"),
        "casework.case.assessed": gettext_lazy("went on from the assessment to the plan"),
        "casework.score.recorded": gettext_lazy("typed in the score of an instrument"),
    }
)


def _is_assessed(case: Case, by: Actor, on: dt.date) -> bool:
    if not case.risk_level or not may(CASES_ASSESSED)(case, by, on):
        return False
    newest = assessments_of(case, by, on=on).first()
    return newest is not None and newest.approved_at is not None


way(
    Way(
        "assessment",
        gettext_lazy("Write the assessment"),
        to("assessment"),
        ASSESSED_IN,
        may(CASES_ASSESSED),
        20,
    )
)
way(
    Way(
        "assess",
        STEPS["assess"].name,
        to("case-assessed"),
        (CaseState.ASSESSMENT,),
        _is_assessed,
        10,
    )
)


def _card(case: Case, by: Actor, on: dt.date) -> dict[str, Any] | None:
    if CASES_ASSESSED.judge(Action.READ, by, case, on=on) is not Answer.ALLOW:
        return None
    shown = assessment_page(case, by, on=on)
    if shown.paper is None and not shown.earlier and case.state not in ASSESSED_IN:
        return None
    newest = shown.paper or (shown.earlier[0].paper if shown.earlier else None)
    return {"case": case, "shown": shown, "newest": newest}


section(
    Section(
        "assessment", gettext_lazy("Assessment"), "casework/parts/assessment.html", _card, order=30
    )
)


@tells
def assessments(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell which assessments were approved."""
    for row in assessments_of(case, by, on=on).exclude(approved_at=None):
        yield Told(
            row.approved_at,  # type: ignore[arg-type]
            "assessment",
            "clipboard-list",
            _("Assessment approved"),
            row.summary,
            row.author.called if row.author else "",
            address("assessment", case.pk),
        )


@tells
def scores(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell which scores were typed in; a number with the range it falls into."""
    for row in scores_of(case, by, on=on):
        yield Told(
            row.entered_at,
            "assessment",
            "chart-bar",
            _("%(name)s: %(score)s")
            % {"name": name_of(row.instrument), "score": f"{row.raw.normalize():f}"},
            row.get_answered_by_display(),
            row.entered_by.called if row.entered_by else "",
            address("assessment", case.pk),
            BANDS.get(row.band, ""),
        )


@offers_due
def to_be_written(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say which cases owe their assessment, or what came back of it."""
    owing = [one for one in cases if one.state == CaseState.ASSESSMENT]
    if not owing:
        return
    newest = _last_decisions(owing)
    for case in owing:
        last = newest.get(case.pk)
        if last is not None and not last.decision:
            continue
        back = last is not None and last.decision == Decision.RETURNED
        begun = case.accepted_on or case.opened_on
        yield Due(
            case,
            _("Put the assessment right") if back else _("Write the assessment"),
            _("The supervisor returned it.")
            if back
            else _("It is written within two weeks after the case is taken on."),
            day(last.decided_at)
            if back and last and last.decided_at
            else begun + dt.timedelta(days=WITHIN),
            _("Write"),
            address("assessment", case.pk),
            "clipboard-list",
        )


def _last_decisions(cases: Sequence[Case]) -> dict[Any, Submission]:
    """Return the last submission of the assessment that is being written, by case."""
    drafts = Assessment.objects.unscoped("of cases that were found under their Rule")
    drafts = drafts.filter(case__in=[one.pk for one in cases], approved_at=None)
    rows = Submission.objects.unscoped("of cases that were found under their Rule")
    rows = rows.filter(kind=PaperKind.ASSESSMENT, paper__in=drafts.values("pk"))
    return {one.case_id: one for one in rows.order_by("version")}
