"""The papers and pictures of a child's file; how they are kept is the attachments' own."""

import datetime as dt
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from tonghu.access.actors import Actor
from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.attachments.web.listing import Shelf, show_papers, take_papers
from tonghu.kernel import clock
from tonghu.people.models import Child
from tonghu.people.policy import PAPERS, adds_for_the_village
from tonghu.people.queries import child_for


@page(PAPERS, Action.READ)
@require_GET
def child_papers(request: Request, child_id: UUID) -> HttpResponse:
    """Show what stands on a child's file."""
    at = clock.now()
    child = _child(request, child_id, Action.READ, at)
    if child.pk != child_id:
        return redirect("child-papers", child_id=child.pk)  # it was merged into this one (R54)
    return show_papers(request, _shelf(child, request.actor), at=at)


@page(PAPERS, Action.WRITE)
@require_http_methods(["GET", "POST"])
def child_paper_new(request: Request, child_id: UUID) -> HttpResponse:
    """Add photos, papers and recordings to a child's file."""
    at = clock.now()
    return take_papers(
        request, _shelf(_child(request, child_id, Action.WRITE, at), request.actor), at=at
    )


def _child(request: Request, child_id: UUID, action: Action, at: dt.datetime) -> Child:
    found = child_for(request.actor, child_id, on=clock.day(at), action=action, sheet=PAPERS)
    record_look(found, by=request.actor, at=at)
    return found


def _shelf(child: Child, by: Actor) -> Shelf:
    at_home = reverse("child-list") if adds_for_the_village(by) else None
    return Shelf(
        kind=PAPERS.target_kind,
        file_id=child.pk,
        name=child.person.called,
        back=at_home or reverse("child", args=[child.pk]),
        here=reverse("child-papers", args=[child.pk]),
        add=reverse("child-paper-new", args=[child.pk]),
    )
