"""Saying that one has seen a notice."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tonghu.access import queries
from tonghu.access.operations import grounds
from tonghu.access.web.pages import Request, work_page
from tonghu.kernel import clock


@work_page("a person's own notices")
@require_POST
def notice_seen(request: Request, notice_id: UUID) -> HttpResponse:
    """Take a notice off Today."""
    notice = queries.notice_for(request.actor, notice_id)
    grounds.see_notice(notice=notice, by=request.actor, at=clock.now())
    return redirect("today")
