"""What a committee is asked about its own list, looked at before it leaves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.jobs.models import Job
from tonghu.kernel import clock
from tonghu.people import queries
from tonghu.people.giving_back import back_for
from tonghu.people.policy import ROSTERS
from tonghu.people.takeover.said import line_of
from tonghu.people.web.roster_words import written
from tonghu.portals import operations
from tonghu.portals.roster_back import words_of, words_of_missed


@page(ROSTERS, Action.EXPORT)
@require_http_methods(["GET", "POST"])
def roster_back(request: Request, roster_id: UUID) -> HttpResponse:
    """Show each row and question that would leave, then make the sheet or ask a second person."""
    at = clock.now()
    on = clock.day(at)
    found = queries.roster_for(request.actor, roster_id, on=on, action=Action.EXPORT)
    if request.method == "POST":
        try:
            asked = operations.ask_for_roster_back(roster=found, by=request.actor, at=at)
        except operations.NothingToAsk as refusal:
            messages.error(request, str(refusal))
            return redirect("roster-changes", roster_id=roster_id)
        if isinstance(asked, Job):
            return redirect("job", job_id=asked.pk)
        messages.success(request, _("A second person sees it now. Nothing has left yet."))
        return redirect("roster-changes", roster_id=roster_id)
    back = back_for(request.actor, found, on=on)
    context = {
        "roster": found,
        "children": back.children,
        "needs_two": back.children > operations.MOST_ALONE,
        "rows": [
            (line_of(one.line).fields.name or _("No name"), one.line.row, words_of(one))
            for _name, rows in back.sheets
            for _cells, about in rows
            for one in about
            if one.line
        ],
        "missed": [(written(one), words_of_missed(one)) for one in back.missed],
    }
    return render(request, "portals/roster_back.html", context)
