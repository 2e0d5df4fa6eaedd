"""The journal as a page: who did what, on what ground, from where."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tonghu.access import queries
from tonghu.access.actors import Actor
from tonghu.access.codes import code_for
from tonghu.access.events import words_for
from tonghu.access.heads import as_document
from tonghu.access.journal import said_in
from tonghu.access.models import JournalRow
from tonghu.access.policy import JOURNAL
from tonghu.access.roles import ROLES, AgencyAdministrator, AgencyHead, Auditor
from tonghu.access.sheets import Action
from tonghu.access.web.forms import JournalFilterForm
from tonghu.access.web.listing import page_of
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock

A_PAGE = 20
KEEP_THE_HEAD = frozenset({AgencyHead.key, AgencyAdministrator.key, Auditor.key})


@dataclass(frozen=True)
class Line:
    """One row of the journal as its page shows it; masked readers get codes, never names."""

    row: JournalRow
    who: str
    role: Promise | str
    words: str
    about: str
    ground: str
    refused: bool


def lines(rows: list[JournalRow], by: Actor) -> list[Line]:
    """Return the rows in words; a masked reader gets codes for people and records, no reasons."""
    masked = queries.reads_codes(by)
    names = {} if masked else queries.names_of(rows)
    return [_masked(row, by) if masked else _open(row, names) for row in rows]


def _open(row: JournalRow, names: dict[UUID, str]) -> Line:
    who = names.get(row.account_id, "") if row.account_id else ""
    return _line(row, who=who, about=str(row.about_id or ""), ground=said_in(row).reason)


def _masked(row: JournalRow, by: Actor) -> Line:
    who = code_for(by, row.account_id, "P") if row.account_id else ""
    return _line(row, who=who, about=code_for(by, row.about_id, "R") if row.about_id else "")


def _line(row: JournalRow, *, who: str, about: str, ground: str = "") -> Line:
    role = ROLES.get(row.role)
    return Line(
        row=row,
        who=who if row.account_id else str(_("the program")),
        role=role.name if role else "",
        words=words_for(row.event),
        about=about,
        ground=ground,
        refused=row.event in queries.REFUSED,
    )


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
    context = {
        "page": found,
        "lines": lines(found.rows, request.actor),
        "form": form,
        "wanted": wanted,
        "query": _query(form),
        "head": queries.last_head(request.actor),
        "keeps_head": request.actor.role_key in KEEP_THE_HEAD,
        "may_export": request.actor.role_key in (AgencyHead.key, Auditor.key),
        "export_takes_two": not queries.reads_codes(request.actor),
    }
    return render(request, "access/journal.html", context)


@page(JOURNAL, Action.READ)
@require_GET
def journal_head(request: Request) -> HttpResponse:
    """Give the newest signed end of the journal, to be kept outside the house; names nobody."""
    head = queries.head_to_keep(request.actor, on=clock.day(clock.now()))
    name = f"tonghu-journal-{head.day_on:%Y-%m-%d}.json"
    response = JsonResponse(as_document(head), json_dumps_params={"indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _query(form: JournalFilterForm) -> str:
    """Return the filter as part of an address, so that page two keeps it."""
    said = form.cleaned_data if form.is_valid() else {}
    return urlencode({name: value for name, value in said.items() if value})
