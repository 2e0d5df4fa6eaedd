"""The supervisor's desk: what waits for her decision, and one paper with its margin."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.casework.constants import MOODS
from tonghu.casework.models import Submission
from tonghu.casework.operations import submitting
from tonghu.casework.policy import ASSESSING, ASSESSMENTS
from tonghu.casework.reading import read, submission_for, waiting_for
from tonghu.kernel import clock
from tonghu.people import words
from tonghu.people.web.changes import refused


@page(ASSESSMENTS, Action.APPROVE)
@require_GET
def review_list(request: Request) -> HttpResponse:
    """Show what waits for this person's decision, the longest first; never her own."""
    on, by = clock.day(clock.now()), request.actor
    ASSESSING.require_for_any(Action.APPROVE, by, on=on)
    return render(request, "casework/review_list.html", {"waiting": waiting_for(by, on=on)})


@page(ASSESSMENTS, Action.APPROVE)
@require_GET
def review(request: Request, submission_id: UUID) -> HttpResponse:
    """Show one paper part by part, what changed in it, and its margin."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    submission = submission_for(by, submission_id, on=on)
    record_look(submission, by=by, at=at, about=submission.case.child_id)
    child = submission.case.child.person
    context = {
        "paper": read(submission),
        "submission": submission,
        "case": submission.case,
        "name": child.called,
        "age": words.age(child.born_on, child.precision, on),
        "mood": MOODS.get(submission.case.risk_level, ""),
        "whole": "whole" in request.GET,
        "others": [one for one in waiting_for(by, on=on) if one.pk != submission.pk],
        "own": submission.submitted_by_id == by.account_id,
    }
    return render(request, "casework/review.html", context)


@page(ASSESSMENTS, Action.APPROVE)
@require_POST
def review_comment(request: Request, submission_id: UUID) -> HttpResponse:
    """Write beside one part."""
    part, said = request.POST.get("part", ""), request.POST.get("words", "")
    return _acted(request, submission_id, submitting.comment, part=part, words=said)


@page(ASSESSMENTS, Action.APPROVE)
@require_POST
def review_return(request: Request, submission_id: UUID) -> HttpResponse:
    """Return a paper with what is to be changed."""
    reason = request.POST.get("reason", "")
    return _acted(request, submission_id, submitting.give_back, reason=reason)


@page(ASSESSMENTS, Action.APPROVE)
@require_POST
def review_approve(request: Request, submission_id: UUID) -> HttpResponse:
    """Approve a paper as it was submitted."""
    return _acted(request, submission_id, submitting.approve)


def _acted(
    request: Request, submission_id: UUID, act: Callable[..., Any], **said: Any
) -> HttpResponse:
    at = clock.now()
    submission = submission_for(request.actor, submission_id, on=clock.day(at))
    refusal = refused(act, submission=submission, **said, by=request.actor, at=at)
    if refusal:
        messages.error(request, refusal)
        return redirect("review", submission_id=submission.pk)
    messages.success(request, _said(submission))
    if submission.decision:
        return redirect("review-list")
    return redirect("review", submission_id=submission.pk)


def _said(submission: Submission) -> str:
    if not submission.decision:
        return _("The comment stands beside it. It goes out when you return the paper.")
    return _("Decided: %(what)s.") % {"what": submission.get_decision_display()}
