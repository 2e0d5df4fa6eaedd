"""The list of cases, and the page of one case."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.listing import Page, page_of
from tonghu.access.web.pages import Request, page
from tonghu.casework.due import Due, due_in
from tonghu.casework.policy import CASE_FILES, CASES
from tonghu.casework.queries import case_for, cases_for
from tonghu.casework.sections import SIDE, WIDE, sections_of, ways_from
from tonghu.casework.timeline import KINDS, story_of
from tonghu.casework.worklist import MOODS
from tonghu.kernel import clock
from tonghu.look.addresses import address
from tonghu.people import numbers, words

A_PAGE = 25
VIEWS = (("alive", gettext_lazy("Under way")), ("ended", gettext_lazy("Ended")))


@dataclass(frozen=True)
class Line:
    """One case as the list shows it."""

    href: str
    name: str
    age: str
    state: str | Promise
    risk: str | Promise
    mood: str
    since: dt.date


@page(CASE_FILES, Action.FIND)
@require_GET
def case_list(request: Request) -> HttpResponse:
    """Show the cases this person may find, the newest first."""
    on, by = clock.day(clock.now()), request.actor
    CASE_FILES.require_for_any(Action.FIND, by, on=on)
    view = request.GET.get("view", "alive")
    rows = cases_for(by, on=on, alive=view != "ended").order_by("-id")
    shown = page_of(rows, request.GET.get("after", ""), A_PAGE, key="id", newest_first=True)
    count = shown.total
    heading = ngettext("%(n)s case", "%(n)s cases", count) % {"n": count}
    context = {
        "page": shown,
        "lines": list(_lines(shown, on)),
        "heading": heading,
        "view": view,
        "views": VIEWS,
    }
    return render(request, "casework/case_list.html", context)


def _lines(shown: Page, on: dt.date) -> Iterator[Line]:
    for case in shown:
        person = case.child.person
        yield Line(
            href=address("case", case.pk),
            name=person.called,
            age=words.age(person.born_on, person.precision, on),
            state=case.get_state_display(),
            risk=case.get_risk_level_display() if case.risk_level else "",
            mood=MOODS.get(case.risk_level, ""),
            since=case.opened_on,
        )


@page(CASES, Action.READ)
@require_GET
def case(request: Request, case_id: UUID) -> HttpResponse:
    """Show a case: its next step with the rule, what happened, what is planned."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    found = case_for(by, case_id, on=on)
    record_look(found, by=by, at=at, about=found.child_id)
    due = due_in([found], on=on)
    kind = request.GET.get("kind", "")
    parts = sections_of(found, by, on=on)
    person = found.child.person
    context = {
        "case": found,
        "child": found.child,
        "name": person.called,
        "number": numbers.shown(found.number),
        "age": words.age(person.born_on, person.precision, on),
        "mood": MOODS.get(found.risk_level, ""),
        "next": due[0] if due else None,
        "late": _late(due[0], on) if due else "",
        "coming": due,
        "today": on,
        "story": story_of(found, by, on=on, kind=kind if kind in KINDS else ""),
        "kinds": [(key, words) for key, words in KINDS.items()],
        "kind": kind,
        "side": [one for one in parts if one[0].place == SIDE],
        "wide": [one for one in parts if one[0].place == WIDE],
        "ways": ways_from(found, by, on=on),
    }
    return render(request, "casework/case.html", context)


def _late(due: Due, on: dt.date) -> str:
    days = (on - due.on).days
    if days <= 0:
        return ""
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
