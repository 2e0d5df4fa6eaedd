"""The pages of a guardianship assessment."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action, Answer
from tonghu.access.web.pages import Request, page
from tonghu.casework.capacities import (
    capacity_for,
    parts_of,
    scheme_of,
    scored_in,
    sum_in,
    what_is_missing,
)
from tonghu.casework.constants import PaperKind
from tonghu.casework.models import CapacityAssessment
from tonghu.casework.operations import capacity as acts
from tonghu.casework.operations.submitting import submit
from tonghu.casework.policy import ASSESSMENTS, CASES_ASSESSED
from tonghu.casework.queries import case_for
from tonghu.casework.reading import last_word
from tonghu.casework.web.capacity_forms import CapacityForm, CapacityNewForm
from tonghu.kernel import clock
from tonghu.kernel.errors import Hidden
from tonghu.people.web.changes import either_way, refused

TEXTS = ("level", "reason", "child_opinion", "objection", "objection_result")


@page(CASES_ASSESSED, Action.WRITE)
@either_way
def capacity_new(request: Request, case_id: UUID) -> HttpResponse:
    """Begin to look at how able a family is to care."""
    at = clock.now()
    by = request.actor
    case = case_for(by, case_id, on=clock.day(at), action=Action.WRITE, sheet=CASES_ASSESSED)
    record_look(case, by=by, at=at, about=case.child_id)
    form = CapacityNewForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        refusal = refused(acts.begin_capacity, case=case, **form.cleaned_data, by=by, at=at)
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect("case", case_id=case.pk)
        form.add_error(None, refusal)
    context = {
        "case": case,
        "form": form,
        "name": case.child.person.called,
        "heading": _("How able is the family to care?"),
        "verb": _("Begin"),
        "why": _("Two people look at it. The sum is shown and decides nothing."),
    }
    return render(request, "casework/step.html", context)


@page(ASSESSMENTS, Action.READ)
@require_GET
def capacity(request: Request, capacity_id: UUID) -> HttpResponse:
    """Show a guardianship assessment as it reads."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    paper = capacity_for(by, capacity_id, on=on)
    record_look(paper, by=by, at=at, about=paper.case.child_id)
    last = last_word(paper.pk, paper.case, by, on=on)
    waiting = last is not None and not last.submission.decision
    may = CASES_ASSESSED.judge(Action.WRITE, by, paper.case, on=on) is Answer.ALLOW
    context = {
        "paper": paper,
        "case": paper.case,
        "name": paper.case.child.person.called,
        "scheme": scheme_of(paper),
        "parts": parts_of(paper),
        "missing": what_is_missing(paper),
        "last": last,
        "waiting": waiting,
        "may_write": may and not waiting and paper.approved_at is None,
    }
    return render(request, "casework/capacity.html", context)


@page(ASSESSMENTS, Action.WRITE)
@either_way
def capacity_write(request: Request, capacity_id: UUID) -> HttpResponse:
    """Write points, evidence, and how guardianship stands."""
    at = clock.now()
    by = request.actor
    paper = capacity_for(by, capacity_id, on=clock.day(at), action=Action.WRITE)
    record_look(paper, by=by, at=at, about=paper.case.child_id)
    scheme = scheme_of(paper)
    if scheme is None:
        raise Hidden
    base, theirs = paper.version, []
    form = CapacityForm(request.POST or None, scheme=scheme, initial=_stands(paper))
    if request.method == "POST" and form.is_valid():
        given = request.POST.get("base", "")
        said = {"paper": paper, "said": form.said(), "base": int(given) if given.isdecimal() else 0}
        refusal = refused(acts.write_capacity, **said, by=by, at=at)
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect("capacity", capacity_id=paper.pk)
        form.add_error(None, refusal)
        theirs = [] if said["base"] == base else [(one.label, one.text) for one in parts_of(paper)]
    context = {
        "paper": paper,
        "form": form,
        "base": base,
        "theirs": theirs,
        "total": sum_in(paper),
        "name": paper.case.child.person.called,
    }
    return render(request, "casework/capacity_write.html", context)


@page(ASSESSMENTS, Action.WRITE)
@require_POST
def capacity_submit(request: Request, capacity_id: UUID) -> HttpResponse:
    """Put a guardianship assessment before the supervisor."""
    at = clock.now()
    by = request.actor
    paper = capacity_for(by, capacity_id, on=clock.day(at), action=Action.WRITE)
    kind = PaperKind.CAPACITY.value
    refusal = refused(submit, case=paper.case, kind=kind, paper=paper, by=by, at=at)
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, _("The supervisor has it now."))
    return redirect("capacity", capacity_id=paper.pk)


def _stands(paper: CapacityAssessment) -> dict[str, Any]:
    stands: dict[str, Any] = {name: getattr(paper, name) for name in TEXTS}
    for one in scored_in(paper):
        stands[f"points_{one.item.key}"] = str(one.points)
        stands[f"seen_{one.item.key}"] = one.evidence
    return stands
