"""Papers of a case: which there are, what is missing in each, and the press that prints one."""

import datetime as dt
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tonghu.access.looks import record_look
from tonghu.access.policy import CONFIGURATION
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.casework.papers.filling import offered, printable_case
from tonghu.casework.papers.policy import PRINTING
from tonghu.casework.papers.shares import shares_for
from tonghu.casework.printing import printed
from tonghu.kernel import clock
from tonghu.people.numbers import shown
from tonghu.people.web.changes import either_way


class PrintForm(forms.Form):
    """Which paper, of which thing, in which language."""

    form = forms.SlugField()
    part = forms.UUIDField(required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES)


@page(PRINTING, Action.EXPORT)
@either_way
def case_papers(request: Request, case_id: UUID) -> HttpResponse:
    """Show which papers the case has and what is missing in them; print the one pressed."""
    at, by = clock.now(), request.actor
    on = clock.day(at)
    case = printable_case(by, case_id, on=on)
    asked = PrintForm(request.POST or None)
    if request.method == "POST" and asked.is_valid():
        # Each printing is on record, a repeated one too (R81).
        paper = printed(case, **asked.cleaned_data, by=by.sending(None), at=at)
        return as_file(paper.pdf, asked.cleaned_data["form"], case.number, on)
    record_look(case, by=by, at=at, about=case.child_id)
    context = {
        "case": case,
        "name": case.child.person.called,
        "number": shown(case.number),
        "papers": offered(case, by, on=on),
        "languages": settings.LANGUAGES,
    }
    return render(request, "casework/case_papers.html", context)


def as_file(pdf: bytes, form: str, number: str, on: dt.date) -> HttpResponse:
    """Return a paper to be kept or printed; its name names nobody (R82)."""
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{form}-{shown(number)}-{on:%Y%m%d}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(CONFIGURATION, Action.READ)
@require_GET
def paper_shares(request: Request) -> HttpResponse:
    """Show how much of each form fills itself, for whoever sets the agency up."""
    on = clock.day(clock.now())
    context = {"shares": shares_for(request.actor, on=on)}
    return render(request, "casework/paper_shares.html", context)
