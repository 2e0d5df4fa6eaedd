"""The page of the reasons of a week (R65)."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from tonghu.access.looks import record_look
from tonghu.access.policy import REASONS
from tonghu.access.queries import agency_of
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.people.reasons_read import week_for


@page(REASONS, Action.READ)
@require_GET
def reason_list(request: Request) -> HttpResponse:
    """Show who opened which file with what reason in a week; that it was read is on record."""
    at, by = clock.now(), request.actor
    REASONS.require_for_any(Action.READ, by, on=clock.day(at))
    record_look(agency_of(by), by=by, at=at)
    week = week_for(by, _day(request.GET.get("week", "")), at=at)
    return render(request, "people/reason_list.html", {"week": week})


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
