"""The set-up checklist, who may do what, about."""

import datetime as dt
from importlib.metadata import metadata, version

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tonghu.access import queries
from tonghu.access.articles import SECTIONS
from tonghu.access.looks import record_look
from tonghu.access.operations import agencies
from tonghu.access.policy import CONFIGURATION, JOURNAL
from tonghu.access.roles import ROLES
from tonghu.access.sheets import SHEETS, Action
from tonghu.access.upheld import upheld
from tonghu.access.web.forms import AgencyForm, JournalFilterForm
from tonghu.access.web.pages import Request, open_page, page
from tonghu.kernel import clock
from tonghu.portals import operations
from tonghu.portals.checklist import checklist_for
from tonghu.portals.journal_paper import print_head
from tonghu.portals.licences import licences


@page(CONFIGURATION, Action.WRITE)
@require_GET
def set_up(request: Request) -> HttpResponse:
    """Show how far the agency's set-up has come and the one next step."""
    at = clock.now()
    on = clock.day(at)
    CONFIGURATION.require(Action.WRITE, request.actor, queries.agency_of(request.actor), on=on)
    parts = checklist_for(request.actor, at, on)
    steps = [step for part in parts for step in part.steps]
    context = {
        "parts": parts,
        "total": len(steps),
        "ready": sum(step.done for step in steps),
        "next": next((step for step in steps if not step.done), None),
    }
    return render(request, "portals/set_up.html", context)


@page(CONFIGURATION, Action.WRITE)
@require_http_methods(["GET", "POST"])
def agency(request: Request) -> HttpResponse:
    """Change what stands on the agency's letterhead."""
    at = clock.now()
    house = queries.agency_of(request.actor)
    CONFIGURATION.require(Action.WRITE, request.actor, house, on=clock.day(at))
    fields = ("name", "latin_name", "credit_code", "phone")
    form = AgencyForm(request.POST or None, initial={name: getattr(house, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        agencies.describe_agency(**form.cleaned_data, by=request.actor, at=at)
        messages.success(request, _("Saved. New papers carry it from now on."))
        return redirect("set-up")
    return render(request, "portals/agency.html", {"form": form})


@page(CONFIGURATION, Action.READ)
@require_GET
def permissions(request: Request) -> HttpResponse:
    """Show who may do what, made from the Rules themselves (R37, R90)."""
    policy = [(part.title, [upheld(one) for one in part.articles]) for part in SECTIONS]
    context = {
        "roles": ROLES.values(),
        "sheets": sorted(SHEETS, key=lambda sheet: int(sheet.number[1:])),
        "actions": list(Action),
        "policy": policy,
        "rules": sum(len(articles) for _title, articles in policy),
        "built": sum(bool(one.places) for _title, articles in policy for one in articles),
    }
    return render(request, "portals/permissions.html", context)


@open_page("says what the program is and whose work is in it")
@require_GET
def about(request: Request) -> HttpResponse:
    """Show the version, the licence and the licences of what is inside."""
    context = {
        "version": version("tonghu"),
        "licence": metadata("tonghu")["License-Expression"],
        "licences": licences(),
    }
    return render(request, "portals/about.html", context)


@page(JOURNAL, Action.EXPORT)
@require_POST
def journal_export(request: Request) -> HttpResponse:
    """Ask for the journal as Excel, narrowed as the page was."""
    form = JournalFilterForm(request.POST)
    details = (
        {
            "refused": form.cleaned_data["refused"],
            "since": _iso(form.cleaned_data["since"]),
            "until": _iso(form.cleaned_data["until"]),
        }
        if form.is_valid()
        else {}
    )
    details["language"] = get_language()
    reason = request.POST.get("reason", "").strip()
    asked = operations.ask_for_journal(
        details=details, reason=reason, by=request.actor, at=clock.now()
    )
    if asked._meta.label_lower == "jobs.job":
        return redirect("job", job_id=asked.pk)
    messages.success(
        request, _("Proposed. When a second person has confirmed it, the file is made for you.")
    )
    return redirect("waiting", proposal_id=asked.pk)


@page(JOURNAL, Action.READ)
@require_GET
def journal_head_paper(request: Request) -> HttpResponse:
    """Print the newest signed end of the journal for those who keep it outside the house."""
    at = clock.now()
    head = queries.head_to_keep(request.actor, on=clock.day(at))
    record_look(head, by=request.actor, at=at, singly=True)
    printed = print_head(head, by=request.actor, at=at)
    response = HttpResponse(printed.pdf, content_type="application/pdf")
    name = f"tonghu-journal-{head.day_on:%Y-%m-%d}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
