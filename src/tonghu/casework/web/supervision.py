"""The pages of supervision: who carries what, what was talked through, what was agreed."""

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
from tonghu.casework.caseload import cases_of_worker, team_of
from tonghu.casework.constants import MOODS
from tonghu.casework.operations import supervising
from tonghu.casework.supervising import (
    SUPERVISION,
    SUPERVISION_TASKS,
    note_for,
    notes_for,
    supervised_worker,
    supervised_workers,
    task_for,
)
from tonghu.casework.web.supervision_forms import SupervisionForm
from tonghu.kernel import clock
from tonghu.people.web.changes import either_way, refused

AT_ONCE = 25


@page(SUPERVISION, Action.WRITE)
@require_GET
def team(request: Request) -> HttpResponse:
    """Show what each worker carries, by name, and what asks for the supervisor's eyes."""
    on = clock.day(clock.now())
    found = team_of(request.actor, on=on)
    context = {"team": found, "today": on, "moods": MOODS, "overdue": found.overdue[:AT_ONCE]}
    return render(request, "casework/team.html", context)


@page(SUPERVISION, Action.READ)
@require_GET
def supervision_list(request: Request) -> HttpResponse:
    """Show the supervisions of this person, the newest first."""
    on, by = clock.day(clock.now()), request.actor
    SUPERVISION.require_for_any(Action.READ, by, on=on)
    context = {
        "notes": notes_for(by, on=on)[:AT_ONCE],
        "workers": supervised_workers(by, on=on),
    }
    return render(request, "casework/supervision_list.html", context)


@page(SUPERVISION, Action.READ)
@require_GET
def supervision(request: Request, note_id: UUID) -> HttpResponse:
    """Show one supervision with its tasks; each look is on record singly."""
    at = clock.now()
    note = note_for(request.actor, note_id, on=clock.day(at))
    record_look(note.row, by=request.actor, at=at, about=note.row.worker_id, singly=True)
    return render(request, "casework/supervision.html", {"note": note})


@page(SUPERVISION, Action.WRITE)
@either_way
def supervision_new(request: Request, account_id: UUID) -> HttpResponse:
    """Write a supervision down."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    worker = supervised_worker(by, account_id, on=on)
    form = SupervisionForm(
        request.POST or None,
        worker=worker,
        supervisor=request.user,
        cases=cases_of_worker(worker, by, on=on),
        on=on,
    )
    if request.method == "POST" and form.is_valid():
        act = supervising.record_supervision
        refusal = refused(act, worker=worker, said=form.said(), by=by, at=at)
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect("supervision-list")
        form.add_error(None, refusal)
    return render(request, "casework/supervision_new.html", {"form": form, "worker": worker})


@page(SUPERVISION_TASKS, Action.WRITE)
@require_POST
def task_done(request: Request, task_id: UUID) -> HttpResponse:
    """Say that a task is done."""
    return _settled(request, task_id, supervising.finish_task)


@page(SUPERVISION_TASKS, Action.WRITE)
@require_POST
def task_again(request: Request, task_id: UUID) -> HttpResponse:
    """Say that a task is not done after all."""
    return _settled(request, task_id, supervising.reopen_task)


def _settled(request: Request, task_id: UUID, act: Callable[..., Any]) -> HttpResponse:
    at = clock.now()
    task = task_for(request.actor, task_id, on=clock.day(at))
    act(task=task, by=request.actor, at=at)
    messages.success(request, _("Saved."))
    return redirect("supervision", note_id=task.note_id)
