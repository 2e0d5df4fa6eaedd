"""The journal as a page: who did what, on what ground, from where."""

from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tonghu.access import queries
from tonghu.access.heads import as_document
from tonghu.access.lines import lines
from tonghu.access.policy import JOURNAL
from tonghu.access.roles import AgencyHead, Auditor
from tonghu.access.sheets import Action
from tonghu.access.web.forms import JournalFilterForm
from tonghu.access.web.listing import page_of
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Hidden

A_PAGE = 20


@page(JOURNAL, Action.READ)
@require_GET
def journal(request: Request) -> HttpResponse:
    """Show the rows this person may read, newest first."""
    form = JournalFilterForm(request.GET)
    wanted = (
        queries.JournalFilter(
            about=form.cleaned_data["about"],
            account=form.cleaned_data["account"],
            refused=form.cleaned_data["refused"],
            since=form.cleaned_data["since"],
            until=form.cleaned_data["until"],
        )
        if form.is_valid()
        else queries.JournalFilter()
    )
    rows = queries.journal_for(request.actor, wanted, on=clock.day(clock.now()))
    found = page_of(rows, request.GET.get("after", ""), A_PAGE, key="seq", newest_first=True)
    masked = request.actor.role_key == Auditor.key
    context = {
        "page": found,
        "lines": lines(found.rows, masked=masked),
        "form": form,
        "wanted": wanted,
        "query": _query(form),
        "head": queries.last_head(request.actor),
        "may_export": request.actor.role_key in (AgencyHead.key, Auditor.key),
        "export_takes_two": not masked,
    }
    return render(request, "access/journal.html", context)


@page(JOURNAL, Action.READ)
@require_GET
def journal_head(request: Request) -> HttpResponse:
    """Give the newest signed end of the journal, to be kept outside the house; names nobody."""
    head = queries.last_head(request.actor)
    if head is None:
        raise Hidden
    name = f"tonghu-journal-{head.day_on:%Y-%m-%d}.json"
    response = JsonResponse(as_document(head), json_dumps_params={"indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _query(form: JournalFilterForm) -> str:
    """Return the filter as part of an address, so that page two keeps it."""
    said = form.cleaned_data if form.is_valid() else {}
    return urlencode({name: value for name, value in said.items() if value})
