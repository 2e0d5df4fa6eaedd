"""The rights of child and guardian on one page: correcting, keeping for a court, erasing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action, Sheet
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.people import numbers
from tonghu.people.constants import CorrectionPart, ErasureState
from tonghu.people.models import Child
from tonghu.people.operations import corrections, erasing, holds
from tonghu.people.policy import CHILDREN
from tonghu.people.queries import child_for, unscoped_surviving
from tonghu.people.rights import (
    erasures_for,
    hold_for,
    number_of,
    request_for,
    rights_of,
    waiting_erasure,
)
from tonghu.people.rights_policy import CORRECTIONS, ERASING, ERASURES, HOLDS
from tonghu.people.web.changes import either_way, refused
from tonghu.people.web.rights_forms import (
    AnswerForm,
    CorrectionForm,
    EraseForm,
    HoldForm,
    LiftHoldForm,
)

Words = str | Promise
WHERE = {
    CorrectionPart.IDENTITY: "child-identity",
    CorrectionPart.FAMILY: "relative-new",
    CorrectionPart.HOME: "residence-new",
    CorrectionPart.CARE: "care-new",
    CorrectionPart.SCHOOL: "school-new",
    CorrectionPart.CATEGORY: "category-new",
    CorrectionPart.OTHER: "child",
}
"""The page on which a part of the file is corrected."""


@page(CHILDREN, Action.READ)
@require_GET
def child_rights(request: Request, child_id: UUID) -> HttpResponse:
    """Show what was asked for, what keeps the file, and the way to erase it."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    child = child_for(by, child_id, on=on)
    record_look(child, by=by, at=at)
    found = rights_of(child, by, on=on)
    held = [one for one in found.holds if one.until_on is None or one.until_on >= on]
    context = {"rights": found, "held": held, "today": on} | _named(child)
    return render(request, "people/child_rights.html", context)


@page(CORRECTIONS, Action.WRITE)
@either_way
def correction_new(request: Request, child_id: UUID) -> HttpResponse:
    """Note what a child or guardian says is wrong."""
    child = _file(request, child_id, CORRECTIONS, Action.WRITE)
    on = clock.day(clock.now())
    form = CorrectionForm(request.POST or None, child=child, by=request.actor, on=on)
    return _answered(
        request,
        child,
        form,
        corrections.ask_correction,
        {"child": child},
        heading=_("Somebody asks to correct something"),
        verb=_("Note the request"),
        why=_("It is answered within fifteen working days; the day stands on Today."),
    )


@page(CORRECTIONS, Action.APPROVE)
@either_way
def correction_answer(request: Request, child_id: UUID, request_id: UUID) -> HttpResponse:
    """Answer a request; where it is right, the part is corrected on its own page first."""
    on = clock.day(clock.now())
    child = _file(request, child_id, CORRECTIONS, Action.APPROVE)
    asked = request_for(child, request_id, request.actor, on=on)
    return _answered(
        request,
        child,
        AnswerForm(request.POST or None),
        corrections.answer_correction,
        {"request": asked},
        heading=_("Answer the request"),
        verb=_("Save the answer"),
        why=_("Correct it first where it is wrong; the answer says that you did."),
        asked=asked,
        there=_where(child, CorrectionPart(asked.part)),
    )


@page(CORRECTIONS, Action.APPROVE)
@require_POST
def correction_reopen(request: Request, child_id: UUID, request_id: UUID) -> HttpResponse:
    """Undo an answer."""
    at = clock.now()
    child = _file(request, child_id, CORRECTIONS, Action.APPROVE)
    asked = request_for(child, request_id, request.actor, on=clock.day(at))
    corrections.reopen_correction(request=asked, by=request.actor, at=at)
    messages.success(request, _("It waits for an answer again."))
    return redirect("child-rights", child_id=child.pk)


@page(HOLDS, Action.WRITE)
@either_way
def hold_new(request: Request, child_id: UUID) -> HttpResponse:
    """Keep the file for a court, the police or an inspection."""
    child = _file(request, child_id, HOLDS, Action.WRITE)
    on = clock.day(clock.now())
    form = HoldForm(request.POST or None, child=child, by=request.actor, on=on)
    return _answered(
        request,
        child,
        form,
        holds.place_hold,
        {"child": child},
        heading=_("Keep this file for a court, the police or an inspection"),
        verb=_("Keep it from today on"),
        why=_("Nothing of it can be erased meanwhile. Two persons lift it."),
    )


@page(HOLDS, Action.APPROVE)
@either_way
def hold_lift(request: Request, child_id: UUID, hold_id: UUID) -> HttpResponse:
    """Propose that the file need not be kept any longer."""
    child = _file(request, child_id, HOLDS, Action.APPROVE)
    hold = hold_for(child, hold_id, request.actor, on=clock.day(clock.now()))
    return _answered(
        request,
        child,
        LiftHoldForm(request.POST or None),
        holds.propose_lifting,
        {"hold": hold},
        heading=_("No longer keep this file"),
        verb=_("Propose it to a second person"),
        why=_("Until she agrees the file is kept."),
        saved=_("Proposed. The file is kept until a second person agrees."),
    )


@page(ERASING, Action.WRITE)
@either_way
def child_erase(request: Request, child_id: UUID) -> HttpResponse:
    """Propose to erase the file."""
    child = _file(request, child_id, ERASING, Action.WRITE)
    on = clock.day(clock.now())
    form = EraseForm(request.POST or None, child=child, by=request.actor, on=on)
    return _answered(
        request,
        child,
        form,
        erasing.propose_erasing,
        {"child": child},
        heading=_("Erase this child's file"),
        verb=_("Propose it to the head"),
        why=_(
            "When the head agrees, nobody finds the file any more. Seven days later it is erased "
            "for good, with its papers, its family known here alone, and in copies that are put "
            "back; until then it can be stopped. The journal keeps that it was done."
        ),
        saved=_("Proposed. Nothing changes until the head agrees."),
    )


@page(ERASURES, Action.READ)
@require_GET
def erasure_list(request: Request) -> HttpResponse:
    """Show the erasures that wait and can be stopped, and those that were carried out."""
    on, by = clock.day(clock.now()), request.actor
    found = list(erasures_for(by, on=on)[:200])
    waiting = [
        (one, clock.day(one.due_at), number_of(one))
        for one in found
        if one.state == ErasureState.WAITING
    ]
    past = [(one, clock.day(one.ended_at)) for one in found if one.ended_at]
    return render(request, "people/erasure_list.html", {"waiting": waiting, "past": past})


@page(ERASURES, Action.WRITE)
@require_POST
def erasure_stop(request: Request, erasure_id: UUID) -> HttpResponse:
    """Stop an erasure before it is carried out."""
    at = clock.now()
    erasure = waiting_erasure(erasure_id, request.actor, on=clock.day(at))
    refusal = refused(erasing.stop_erasing, erasure=erasure, by=request.actor, at=at)
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, _("Stopped. The file is there again as it was."))
    return redirect("erasure-list")


def _file(request: Request, child_id: UUID, sheet: Sheet, action: Action) -> Child:
    on = clock.day(clock.now())
    rows = Child.objects.select_related("person")
    return sheet.get(action, rows, request.actor, unscoped_surviving(child_id), on=on)


def _where(child: Child, part: CorrectionPart) -> str:
    return reverse(WHERE[part], args=[child.pk])


def _named(child: Child) -> dict[str, Any]:
    name, number = child.person.called, numbers.shown(child.number)
    return {"child": child, "name": name, "number": number}


def _answered(
    request: Request,
    child: Child,
    form: Any,
    act: Callable[..., Any],
    said: dict[str, Any],
    *,
    saved: Words = "",
    **words: Any,
) -> HttpResponse:
    """Call the operation when the form is whole; what it refuses is said on the page."""
    at = clock.now()
    record_look(child, by=request.actor, at=at)
    if request.method == "POST" and form.is_valid():
        refusal = refused(act, **said, **form.cleaned_data, by=request.actor, at=at)
        if not refusal:
            messages.success(request, str(saved) or _("Saved."))
            return redirect("child-rights", child_id=child.pk)
        form.add_error(None, refusal)
    return render(request, "people/right.html", {"form": form} | words | _named(child))
