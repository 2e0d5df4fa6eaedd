"""Rosters: where they come from, how they are read, what is open, and undoing."""

import json
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tonghu.access.sheets import Action
from tonghu.access.web.listing import page_of
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden, Refused
from tonghu.people import queries
from tonghu.people.constants import KeeperKind, LineOutcome, RosterAnswer, RosterState
from tonghu.people.differences import counts_of
from tonghu.people.models import Roster, RosterQuestion
from tonghu.people.operations import roster_answers, rosters
from tonghu.people.policy import ROSTERS
from tonghu.people.takeover.answers import DIFFERENCES
from tonghu.people.takeover.leave import last_before
from tonghu.people.takeover.settling import counts, foresee
from tonghu.people.web import roster_words as words
from tonghu.people.web.forms import RosterForm
from tonghu.people.web.roster_steps import steps_of

A_PAGE = 20
MOST_FORESEEN = 500
"""Longer lists are told who is known only once they are imported."""
MOST_OPEN = 60


@page(ROSTERS, Action.FIND)
@require_http_methods(["GET", "POST"])
def roster_list(request: Request) -> HttpResponse:
    """Show the lists of the own places with what is open, and take a new one."""
    at = clock.now()
    on = clock.day(at)
    places = queries.own_places_for(request.actor, on=on)
    form = RosterForm(request.POST or None, request.FILES or None, places=places)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            roster = rosters.bring_roster(
                place=form.place_chosen(),
                kind=KeeperKind(form.cleaned_data["kind"]),
                source=form.cleaned_data["source"],
                file_name=file.name,
                content=file.read(),
                by=request.actor,
                at=at,
            )
        except (Forbidden, Hidden):
            raise
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("roster", roster_id=roster.pk)
    listed = page_of(
        queries.rosters_for(request.actor, on=on).order_by("-id"),
        request.GET.get("after", ""),
        A_PAGE,
        key="pk",
        newest_first=True,
    )
    still_open = queries.open_counts_for(request.actor, listed.rows, on=on)
    differing = queries.open_counts_for(request.actor, listed.rows, on=on, differences=True)
    context = {
        "form": form,
        "page": listed,
        "rows": [(one, still_open.get(one.pk, 0), differing.get(one.pk, 0)) for one in listed.rows],
        "has_places": places.exists(),
    }
    return render(request, "people/roster_list.html", context)


@page(ROSTERS, Action.READ)
@require_GET
def roster(request: Request, roster_id: UUID) -> HttpResponse:
    """Show how a list was read, how far its import is, and the rows with problems."""
    on = clock.day(clock.now())
    found = queries.roster_for(request.actor, roster_id, on=on)
    if request.headers.get("HX-Request") and found.state != RosterState.IMPORTING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if found.state == RosterState.IMPORTING:
        return render(request, _importing_template(request), _progress(request, found))
    lines = queries.lines_for(request.actor, found, on=on)
    questions = queries.open_questions_for(request.actor, found, on=on).exclude(
        code__in=DIFFERENCES
    )
    differences, last = counts_of(request.actor, found, on=on), last_before(found)
    with_problems = lines.filter(pk__in=questions.values("line"))
    listed = page_of(with_problems, request.GET.get("after", ""), A_PAGE, key="position")
    asked: dict[Any, list[RosterQuestion]] = defaultdict(list)
    for one in questions.filter(line__in=[row.pk for row in listed.rows]):
        asked[one.line_id].append(one)
    foreseen = _foreseen(request, found, lines)
    summary = json.loads(found.summary) if found.summary else {"columns": [], "sheets": []}
    context = {
        "roster": found,
        "total": lines.count(),
        "ready": lines.exclude(pk__in=questions.filter(field="row").values("line")).count(),
        "counts": _told(found, lines, foreseen),
        "open": questions.count(),
        "page": listed,
        "rows": words.preview(listed.rows, asked, foreseen),
        "columns": words.columns(summary),
        "sheets": summary["sheets"] if len(summary["sheets"]) > 1 else [],
        "differences": differences,
        "steps": steps_of(found, compares=bool(differences or last)),
        "now": 2 if found.state == RosterState.READ else 4,
    }
    return render(request, "people/roster.html", context)


@page(ROSTERS, Action.WRITE)
@require_POST
def roster_columns(request: Request, roster_id: UUID) -> HttpResponse:
    """Read the list anew with the columns and sheets a person chose."""
    at = clock.now()
    found = queries.roster_for(request.actor, roster_id, on=clock.day(at), action=Action.WRITE)
    summary = json.loads(found.summary or "{}")
    fields = {
        column["key"]: request.POST[f"column-{at_}"]
        for at_, column in enumerate(words.columns(summary))
        if f"column-{at_}" in request.POST
    }
    sheets = {
        sheet["name"]: f"sheet-{at_}" in request.POST
        for at_, sheet in enumerate(summary.get("sheets", ()))
        if "sheets" in request.POST
    }
    try:
        rosters.map_columns(roster=found, fields=fields, sheets=sheets, by=request.actor, at=at)
    except (Forbidden, Hidden):
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Read anew. The next list of this source is read like this."))
    return redirect("roster", roster_id=roster_id)


@page(ROSTERS, Action.WRITE)
@require_POST
def roster_import(request: Request, roster_id: UUID) -> HttpResponse:
    """Have the list imported in the background."""
    at = clock.now()
    found = queries.roster_for(request.actor, roster_id, on=clock.day(at), action=Action.WRITE)
    try:
        rosters.ask_for_import(roster=found, by=request.actor, at=at)
    except rosters.NotNow as refusal:
        messages.error(request, str(refusal))
    return redirect("roster", roster_id=roster_id)


@page(ROSTERS, Action.READ)
@require_GET
def roster_questions(request: Request, roster_id: UUID) -> HttpResponse:
    """Show what a person must decide, by kind."""
    on = clock.day(clock.now())
    found = queries.roster_for(request.actor, roster_id, on=on)
    questions = queries.open_questions_for(request.actor, found, on=on).exclude(
        code__in=DIFFERENCES
    )
    context = {
        "roster": found,
        "open": questions.count(),
        "groups": list(words.groups(questions[:MOST_OPEN])),
        "most": MOST_OPEN,
        "steps": steps_of(found, compares=bool(counts_of(request.actor, found, on=on))),
        "now": 4,
    }
    return render(request, "people/roster_questions.html", context)


@page(ROSTERS, Action.WRITE)
@require_POST
def roster_answer(request: Request, roster_id: UUID) -> HttpResponse:
    """Answer one question, or all that the page shows of its kind."""
    at = clock.now()
    on = clock.day(at)
    found = queries.roster_for(request.actor, roster_id, on=on, action=Action.WRITE)
    still_open = queries.open_questions_for(request.actor, found, on=on)
    if request.POST.get("code"):
        chosen = [one for one in still_open[:MOST_OPEN] if one.code == request.POST["code"]]
    else:
        numbers = [_number(text) for text in request.POST.getlist("question") or [""]]
        chosen = list(still_open.filter(pk__in=numbers))
    if request.POST.get("answer") not in RosterAnswer.values:
        raise Http404
    try:
        roster_answers.answer_questions(
            roster=found,
            questions=chosen,
            answer=RosterAnswer(request.POST["answer"]),
            value=request.POST.get("value", ""),
            by=request.actor,
            at=at,
        )
    except (Forbidden, Hidden):
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(n)s question answered.", "%(n)s questions answered.", len(chosen))
        messages.success(request, said % {"n": len(chosen)})
    beside = any(one.code in DIFFERENCES for one in chosen)
    return redirect("roster-changes" if beside else "roster-questions", roster_id=roster_id)


@page(ROSTERS, Action.WRITE)
@require_http_methods(["GET", "POST"])
def roster_undo(request: Request, roster_id: UUID) -> HttpResponse:
    """Say what undoing takes back and what it keeps, then do it."""
    at = clock.now()
    on = clock.day(at)
    found = queries.roster_for(request.actor, roster_id, on=on, action=Action.WRITE)
    if request.method == "POST":
        try:
            rosters.undo_roster(roster=found, by=request.actor, at=at)
        except rosters.NotNow as refusal:
            messages.error(request, str(refusal))
        return redirect("roster", roster_id=roster_id)
    lines = queries.lines_for(request.actor, found, on=on)
    opened = lines.filter(outcome=LineOutcome.NEW)
    context = {
        "roster": found,
        "opened": opened.count(),
        "added_to": lines.filter(outcome__in=[LineOutcome.KNOWN, LineOutcome.CHANGED]).count(),
        "kept": queries.used_since_import(request.actor, found, on=on),
    }
    return render(request, "people/roster_undo.html", context)


def _importing_template(request: Request) -> str:
    part = request.headers.get("HX-Request")
    return "people/parts/importing.html" if part else "people/roster_importing.html"


def _progress(request: Request, found: Roster) -> dict[str, Any]:
    lines = queries.lines_for(request.actor, found, on=clock.day(clock.now()))
    total = lines.count()
    done = total - lines.filter(outcome=LineOutcome.WAITING).count()
    return {"roster": found, "done": done, "total": total}


def _foreseen(request: Request, found: Roster, lines: Any) -> dict[int, LineOutcome]:
    if found.state != RosterState.READ or lines.count() > MOST_FORESEEN:
        return {}
    return foresee(found, list(lines), request.actor, on=clock.day(clock.now()))


def _told(found: Roster, lines: Any, foreseen: dict[int, LineOutcome]) -> dict[str, int] | None:
    if foreseen:
        return counts(foreseen)
    if found.state == RosterState.READ:
        return None
    return counts({row.position: LineOutcome(row.outcome) for row in lines})


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
