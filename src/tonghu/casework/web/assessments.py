"""The pages of an assessment: the whole on one page, each part of life on its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.casework.assessing import NEED_TEXTS, WHOLE_TEXTS, draft_of, needs_of
from tonghu.casework.assessment_page import assessment_page
from tonghu.casework.constants import Need, PaperKind
from tonghu.casework.models import Assessment, Case
from tonghu.casework.operations import assessing, scoring
from tonghu.casework.operations.submitting import submit
from tonghu.casework.policy import CASES_ASSESSED
from tonghu.casework.queries import case_for
from tonghu.casework.questions import questions_for
from tonghu.casework.web.assessment_forms import NeedForm, ScoreForm, WholeForm
from tonghu.casework.web.stepping import Ask, NothingToAsk, asked
from tonghu.kernel import clock
from tonghu.kernel.errors import Hidden
from tonghu.people.web.changes import either_way, refused

ASSESSED = Ask(
    gettext_lazy("The assessment is done"),
    gettext_lazy("Go on to the plan"),
    NothingToAsk,
    assessing.finish_assessment,
    CASES_ASSESSED,
    why=gettext_lazy("It is approved, and the risk is judged."),
)
SCORE = Ask(
    gettext_lazy("A score from paper"),
    gettext_lazy("Save the score"),
    ScoreForm,
    scoring.record_score,
    CASES_ASSESSED,
    why=gettext_lazy("A score advises. It sets no level."),
)


@dataclass(frozen=True)
class Writing:
    """One page on which a text is written that others may write too."""

    heading: str | Promise
    why: str | Promise
    form: type[forms.Form]
    names: tuple[str, ...]
    row: Model | None
    act: Callable[..., Any]
    also: dict[str, Any]
    questions: list[str]

    @property
    def version(self) -> int:
        """Return the version that stands there, 0 where nothing does."""
        return getattr(self.row, "version", 0)


@page(CASES_ASSESSED, Action.READ)
@require_GET
def assessment(request: Request, case_id: UUID) -> HttpResponse:
    """Show how far the assessment is, what may be asked, what is missing, what was scored."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    case = case_for(by, case_id, on=on, sheet=CASES_ASSESSED)
    record_look(case, by=by, at=at, about=case.child_id)
    context = {
        "case": case,
        "name": case.child.person.called,
        "shown": assessment_page(case, by, on=on),
        "is_open": case.state in assessing.ASSESSED_IN,
    }
    return render(request, "casework/assessment.html", context)


@page(CASES_ASSESSED, Action.WRITE)
@either_way
def assessment_need(request: Request, case_id: UUID, need: str) -> HttpResponse:
    """Write one part of a child's life."""
    case = _to_be_assessed(request, case_id)
    if need not in Need.values:
        raise Hidden
    paper = draft_of(case)
    asked_about = questions_for(case.child, request.actor, on=clock.day(clock.now()))
    what = Writing(
        heading=Need(need).label,
        why=_("Write what matters here. What is empty is not printed."),
        form=NeedForm,
        names=(*NEED_TEXTS, "score"),
        row=needs_of(paper).get(need) if paper else None,
        act=assessing.write_need,
        also={"need": need},
        questions=asked_about.get(need, []),
    )
    return _written(request, case, what)


@page(CASES_ASSESSED, Action.WRITE)
@either_way
def assessment_whole(request: Request, case_id: UUID) -> HttpResponse:
    """Write who told, what the child thinks, and what the parts come to."""
    case = _to_be_assessed(request, case_id)
    what = Writing(
        heading=_("The whole"),
        why=_("Who told, what the child thinks, what it comes to."),
        form=WholeForm,
        names=WHOLE_TEXTS,
        row=draft_of(case),
        act=assessing.describe_whole,
        also={},
        questions=[],
    )
    return _written(request, case, what)


@page(CASES_ASSESSED, Action.WRITE)
@require_POST
def assessment_submit(request: Request, case_id: UUID) -> HttpResponse:
    """Put the assessment before the supervisor."""
    case = _to_be_assessed(request, case_id)
    paper = draft_of(case)
    if paper is None:
        messages.warning(request, _("Nothing is written yet. Begin with the part that matters."))
        return redirect("assessment", case_id=case.pk)
    at = clock.now()
    refusal = refused(
        submit, case=case, kind=PaperKind.ASSESSMENT.value, paper=paper, by=request.actor, at=at
    )
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, _("The supervisor has it now."))
    return redirect("assessment", case_id=case.pk)


@page(CASES_ASSESSED, Action.WRITE)
@either_way
def case_assessed(request: Request, case_id: UUID) -> HttpResponse:
    """Go on from an approved assessment to the plan."""
    return asked(request, case_id, ASSESSED)


@page(CASES_ASSESSED, Action.WRITE)
@either_way
def score_new(request: Request, case_id: UUID) -> HttpResponse:
    """Type in the score of an instrument from paper."""
    return asked(request, case_id, SCORE)


def _to_be_assessed(request: Request, case_id: UUID) -> Case:
    at = clock.now()
    sheet, by = CASES_ASSESSED, request.actor
    case = case_for(by, case_id, on=clock.day(at), action=Action.WRITE, sheet=sheet)
    record_look(case, by=by, at=at, about=case.child_id)
    return case


def _written(request: Request, case: Case, what: Writing) -> HttpResponse:
    """Show a text to be written; where somebody else saved meanwhile, show both."""
    stands = {name: getattr(what.row, name) for name in what.names} if what.row else {}
    form = what.form(request.POST or None, initial=stands | _alone(what.row))
    base, theirs = what.version, []
    if request.method == "POST" and form.is_valid():
        base = _number(request.POST.get("base", ""))
        said = {"case": case, "said": form.said(), "base": base}  # type: ignore[attr-defined]
        refusal = refused(what.act, **said, **what.also, by=request.actor, at=clock.now())
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect("assessment", case_id=case.pk)
        form.add_error(None, refusal)
        if base != what.version:
            theirs = [(form[name].label, stands[name]) for name in what.names if stands.get(name)]
            base = what.version
    context = {
        "case": case,
        "form": form,
        "name": case.child.person.called,
        "what": what,
        "base": base,
        "theirs": theirs,
    }
    return render(request, "casework/assessment_part.html", context)


def _alone(row: Model | None) -> dict[str, str]:
    if not isinstance(row, Assessment) or row.seen_alone is None:
        return {}
    return {"seen_alone": "yes" if row.seen_alone else "no"}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
