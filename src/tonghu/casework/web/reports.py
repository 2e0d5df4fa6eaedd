"""Pages of reports of harm: writing one, its receipt, its clock, what came back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action, Answer
from tonghu.access.web.pages import Request, page, work_page
from tonghu.casework import reports as asked
from tonghu.casework.harm_policy import (
    HEADS_REPORTS,
    RECEIPTS,
    REPORTERS,
    REPORTS,
)
from tonghu.casework.models import HarmReport
from tonghu.casework.operations import reporting
from tonghu.casework.web.report_forms import (
    EndForm,
    HeardForm,
    PlaceForm,
    ReportForm,
    ToldForm,
    now_said,
)
from tonghu.kernel import clock
from tonghu.kernel.errors import Hidden
from tonghu.look.addresses import address
from tonghu.look.templatetags.look import moment_words
from tonghu.people import numbers
from tonghu.people.models import Child
from tonghu.people.policy import CHILDREN
from tonghu.people.queries import child_for
from tonghu.people.web.changes import either_way, refused

AT_MOST = 100
"""Lines of the list; the newest, and all that are unanswered."""


def _waits(running: asked.Clock | None) -> str:
    """Return in words what a report waits for, and until when."""
    if running is None:
        return ""
    words = (
        _("Tell an authority by %(moment)s")
        if running.waits_for == "report"
        else _("Ask for the answer by %(moment)s")
    )
    return words % {"moment": moment_words(running.until)}


@work_page("anybody with an account reports harm (R62); nothing is looked up or shown")
@either_way
def report_new(request: Request) -> HttpResponse:
    """Report harm to a child, in words."""
    return _new(request, None)


@page(CHILDREN, Action.FIND)
@either_way
def report_of_child(request: Request, child_id: UUID) -> HttpResponse:
    """Report harm to the child of this file."""
    on = clock.day(clock.now())
    return _new(request, child_for(request.actor, child_id, on=on, action=Action.FIND))


def _new(request: Request, child: Child | None) -> HttpResponse:
    form = ReportForm(request.POST or None, of_a_file=child is not None)
    if request.method == "POST" and form.is_valid():
        made: list[HarmReport] = []
        refusal = refused(
            lambda **said: made.append(reporting.report_harm(**said)),
            child=child,
            said=form.said(),
            by=request.actor,
            at=clock.now(),
        )
        if not refusal:
            return redirect("report-receipt", report_id=made[0].pk)
        form.add_error(None, refusal)
    context = {"form": form, "child": child, "name": child.person.called if child else ""}
    return render(request, "casework/report_new.html", context)


@page(RECEIPTS, Action.READ)
@require_GET
def report_receipt(request: Request, report_id: UUID) -> HttpResponse:
    """Show the receipt of one's own report: its number and its times, nothing it says."""
    report = asked.receipt_for(request.actor, report_id, on=clock.day(clock.now()))
    running = asked.clock_of(report)
    context = {
        "report": report,
        "number": numbers.shown(report.number),
        "clock": running,
        "waits": _waits(running),
    }
    return render(request, "casework/report_receipt.html", context)


@dataclass(frozen=True)
class Line:
    """One report in a list: a number, whose file, what it waits for."""

    report: HarmReport
    number: str
    name: str
    waits: str
    late: bool


@work_page("each row asks its own sheet: reports one may know of, receipts of one's own")
@require_GET
def report_list(request: Request) -> HttpResponse:
    """Show the reports of which one may know, and the receipts of one's own."""
    at, by = clock.now(), request.actor
    on = clock.day(at)
    known = asked.reports_for(by, on=on)
    waiting = list(known.filter(answered_at__isnull=True))
    answered = list(known.filter(answered_at__isnull=False)[:AT_MOST])
    context = {
        "waiting": list(_lines(waiting, at)),
        "answered": list(_lines(answered, at)),
        "own": list(_lines(list(asked.receipts_of(by, on=on)[:AT_MOST]), at, named=False)),
    }
    return render(request, "casework/report_list.html", context)


def _lines(rows: list[HarmReport], at: Any, *, named: bool = True) -> Iterator[Line]:
    for report in rows:
        running = asked.clock_of(report)
        yield Line(
            report,
            numbers.shown(report.number),
            report.child.person.called if named and report.child else "",
            _waits(running),
            running.is_late(at) if running else False,
        )


@page(REPORTS, Action.READ)
@require_GET
def report(request: Request, report_id: UUID) -> HttpResponse:
    """Show a report: what is feared, who was told, what came back. Each look is on record."""
    at, by = clock.now(), request.actor
    on = clock.day(at)
    found = asked.report_for(by, report_id, on=on)
    sheet = asked.sheet_of(found)
    about = found.child_id if sheet is REPORTS else found.pk
    record_look(found, by=by, at=at, about=about, singly=True)
    running = asked.clock_of(found)
    may_write = sheet.judge(Action.WRITE, by, found, on=on) is Answer.ALLOW
    context = {
        "report": found,
        "number": numbers.shown(found.number),
        "name": found.child.person.called if found.child else "",
        "situations": asked.situations_of(found),
        "events": asked.events_of(found, by, on=on),
        "clock": running,
        "waits": _waits(running),
        "late": running.is_late(at) if running else False,
        "may_write": may_write,
        "may_place": may_write and found.child_id is None,
        "has_reporter": asked.has_reporter(found, by, on=on),
    }
    return render(request, "casework/report.html", context)


@page(REPORTERS, Action.READ)
@require_GET
def report_reporter(request: Request, report_id: UUID) -> HttpResponse:
    """Show who told of it, after a reason; each look is on record, and nothing prints it."""
    at, by = clock.now(), request.actor
    found = asked.reporter_for(by, report_id, on=clock.day(at))
    record_look(found, by=by, at=at, about=found.pk, singly=True)
    context = {"reporter": found, "number": numbers.shown(found.report.number)}
    return render(request, "casework/report_reporter.html", context)


@dataclass(frozen=True)
class Entry:
    """One short page of a report: its words, its form, the operation behind it."""

    heading: str | Promise
    verb: str | Promise
    form: Callable[..., forms.Form]
    act: Callable[..., Any]
    why: str | Promise = ""


TOLD = Entry(
    gettext_lazy("An authority was told"),
    gettext_lazy("Save"),
    ToldForm,
    reporting.note_told,
)
HEARD = Entry(
    gettext_lazy("Something came back"),
    gettext_lazy("Save"),
    HeardForm,
    reporting.note_heard,
    gettext_lazy("Only an answer stops the clock."),
)
PLACE = Entry(
    gettext_lazy("Put it to a child’s file"),
    gettext_lazy("Put it there"),
    PlaceForm,
    reporting.place_report,
    gettext_lazy("From then on the worker of the file reads it and acts."),
)
END = Entry(
    gettext_lazy("End the report"),
    gettext_lazy("Ask a second person"),
    EndForm,
    reporting.propose_end,
    gettext_lazy("It ends when a second person agrees. All that was written stays."),
)


def _entry(request: Request, found: HarmReport, entry: Entry, back: str) -> HttpResponse:
    way_back = address(back) if back == "report-list" else address(back, found.pk)
    form = entry.form(request.POST or None, initial=now_said())
    if request.method == "POST" and form.is_valid():
        said = form.said() if hasattr(form, "said") else form.cleaned_data
        refusal = refused(entry.act, report=found, **said, by=request.actor, at=clock.now())
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect(way_back)
        form.add_error(None, refusal)
    context = {
        "report": found,
        "number": numbers.shown(found.number),
        "form": form,
        "entry": entry,
        "back": way_back,
    }
    return render(request, "casework/report_entry.html", context)


@page(RECEIPTS, Action.WRITE)
@either_way
def report_told(request: Request, report_id: UUID) -> HttpResponse:
    """Write down that an authority was told: who wrote the report may, and who works on it."""
    on = clock.day(clock.now())
    try:
        found, back = asked.receipt_for(request.actor, report_id, on=on), "report-receipt"
    except Hidden:
        found = asked.report_for(request.actor, report_id, on=on, action=Action.WRITE)
        back = "report"
    return _entry(request, found, TOLD, back)


@page(REPORTS, Action.WRITE)
@either_way
def report_heard(request: Request, report_id: UUID) -> HttpResponse:
    """Write down what came back."""
    on = clock.day(clock.now())
    found = asked.report_for(request.actor, report_id, on=on, action=Action.WRITE)
    return _entry(request, found, HEARD, "report")


@page(HEADS_REPORTS, Action.WRITE)
@either_way
def report_place(request: Request, report_id: UUID) -> HttpResponse:
    """Put a report to a file."""
    on = clock.day(clock.now())
    found = asked.report_for(request.actor, report_id, on=on, action=Action.WRITE)
    return _entry(request, found, PLACE, "report-list")


@page(REPORTS, Action.WRITE)
@either_way
def report_end(request: Request, report_id: UUID) -> HttpResponse:
    """Propose to end an answered report."""
    on = clock.day(clock.now())
    found = asked.report_for(request.actor, report_id, on=on, action=Action.WRITE)
    return _entry(request, found, END, "report")
