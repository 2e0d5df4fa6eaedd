"""Papers of a case: which there are, what is missing in each, and the press that prints one."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tonghu.access.looks import record_look
from tonghu.access.policy import CONFIGURATION
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.casework import batch
from tonghu.casework.papers.filling import offered, printable_case
from tonghu.casework.papers.policy import PRINTING
from tonghu.casework.papers.shares import shares_for
from tonghu.casework.printing import printed
from tonghu.jobs import operations as jobs
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


class ManyForm(forms.Form):
    """Which paper of all one's cases, in which language."""

    form = forms.ChoiceField(label=gettext_lazy("Form"))
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the papers"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the forms that are there."""
        super().__init__(*args, **kwargs)
        offered = [(one.key, one.title) for one in batch.forms_for_many()]
        self.fields["form"].choices = offered  # type: ignore[attr-defined]


@page(PRINTING, Action.EXPORT)
@either_way
def papers_many(request: Request) -> HttpResponse:
    """Print one form of all the cases somebody works with, in the background."""
    at, by = clock.now(), request.actor
    on = clock.day(at)
    PRINTING.require_for_any(Action.EXPORT, by, on=on)
    cases = batch.cases_for_many(by, on=on)
    form = ManyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and by.account and by.membership:
        details = form.cleaned_data | {"cases": cases}
        job = jobs.ask(
            kind=batch.KIND.key,
            details=details,
            account=by.account,
            membership=by.membership,
            by=by,
            at=at,
        )
        return redirect("job", job_id=job.pk)
    context = {"form": form, "count": len(cases), "most": batch.MOST}
    return render(request, "casework/papers_many.html", context)


@page(CONFIGURATION, Action.READ)
@require_GET
def paper_shares(request: Request) -> HttpResponse:
    """Show how much of each form fills itself, for whoever sets the agency up."""
    on = clock.day(clock.now())
    context = {"shares": shares_for(request.actor, on=on)}
    return render(request, "casework/paper_shares.html", context)
