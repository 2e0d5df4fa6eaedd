"""The page of one case."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from tonghu.access.actors import Actor
from tonghu.access.looks import last_look, record_look
from tonghu.access.sheets import Action, Answer
from tonghu.access.web.pages import Request, page
from tonghu.casework.constants import MOODS
from tonghu.casework.due import Due, due_in
from tonghu.casework.models import Case
from tonghu.casework.policy import CASES
from tonghu.casework.queries import case_for
from tonghu.casework.sections import SIDE, WIDE, sections_of, ways_from
from tonghu.casework.timeline import KINDS, story_of
from tonghu.casework.web.glance import facts_of
from tonghu.kernel import clock
from tonghu.people import numbers, words
from tonghu.services.policy import NOTES


@page(CASES, Action.READ)
@require_GET
def case(request: Request, case_id: UUID) -> HttpResponse:
    """Show a case: its next step with the rule, what happened, what is planned."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    found = case_for(by, case_id, on=on)
    since = last_look(by, found.child_id, at)
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
        **_told(found, by, on, kind if kind in KINDS else "", since),
        "facts": facts_of(found.child, by, on=on),
        "may_note": NOTES.judge(Action.WRITE, by, found.child, on=on) is Answer.ALLOW,
        "kinds": [(key, words) for key, words in KINDS.items()],
        "kind": kind,
        "side": [one for one in parts if one[0].place == SIDE],
        "wide": [one for one in parts if one[0].place == WIDE],
        "ways": ways_from(found, by, on=on),
    }
    return render(request, "casework/case.html", context)


def _told(
    case: Case, by: Actor, on: dt.date, kind: str, since: dt.datetime | None
) -> dict[str, Any]:
    """Return the timeline, each entry with whether it is news to this reader."""
    story = [(one, one.is_news(by, since)) for one in story_of(case, by, on=on, kind=kind)]
    return {"story": story, "news": sum(is_news for _one, is_news in story), "since": since}


def _late(due: Due, on: dt.date) -> str:
    days = (on - due.on).days
    if days <= 0:
        return ""
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
