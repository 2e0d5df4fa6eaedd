"""The week as a calendar: what is arranged and what falls due, day by day."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.casework.policy import CASE_FILES
from tonghu.casework.worklist import lines_between
from tonghu.kernel import clock

DAYS = 7
FARTHEST = 366
"""Days to either side of today that can be looked at."""


@page(CASE_FILES, Action.WRITE)
@require_GET
def week(request: Request) -> HttpResponse:
    """Show this person's week; ``?from=`` is a day of another one."""
    on, by = clock.day(clock.now()), request.actor
    CASE_FILES.require_for_any(Action.WRITE, by, on=on)
    chosen = _asked(request.GET.get("from", ""), on)
    monday = chosen - dt.timedelta(days=chosen.weekday())
    days = [monday + dt.timedelta(days=n) for n in range(DAYS)]
    lines = lines_between(by, days[0], days[-1], on=on)
    context = {
        "days": [(one, [line for line in lines if line.on == one]) for one in days],
        "today": on,
        "before": monday - dt.timedelta(days=DAYS),
        "after": monday + dt.timedelta(days=DAYS),
        "is_this_week": monday <= on <= days[-1],
        "first": days[0],
        "last": days[-1],
        "count": len(lines),
    }
    return render(request, "casework/week.html", context)


def _asked(text: str, on: dt.date) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return on
    return day if abs((day - on).days) <= FARTHEST else on
