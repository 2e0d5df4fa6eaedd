"""Today: what this person owes, the most urgent first, in four lists."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, work_page
from tonghu.casework.policy import CASE_FILES
from tonghu.casework.worklist import (
    QUIET_AFTER,
    Desk,
    Line,
    View,
    desk_for,
    own_lines,
    quiet_lines,
    review_lines,
    team_lines,
    waiting_count,
    works_with_cases,
)
from tonghu.kernel import clock
from tonghu.portals.today_cards import Card, Group, cards_for

SHOWN = 25
"""Rows of a group; the number beside its heading counts all."""
MOST_DAYS = 365
NAMES = {
    View.MINE: gettext_lazy("Mine"),
    View.TEAM: gettext_lazy("The team"),
    View.REVIEW: gettext_lazy("For my review"),
    View.QUIET: gettext_lazy("Long not met"),
}


@dataclass
class Lot:
    """A group of rows under its heading."""

    heading: str | Promise
    rows: list[Card | Line] = field(default_factory=list)
    late: bool = False

    @property
    def shown(self) -> list[Card | Line]:
        """Return as many as a page holds."""
        return self.rows[:SHOWN]


@work_page("each card and each case has asked its own Rule")
@require_GET
def today(request: Request) -> HttpResponse:
    """Show what this person owes, and what to do first when that is nothing."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    cards, desk = cards_for(by, at), desk_for(by, on=on)
    days = _days(request.GET.get("days", ""))
    tabs = _tabs(by, desk, days)
    view = View(request.GET["view"]) if request.GET.get("view") in tabs else View.MINE
    mine = own_lines(desk)
    lots = _lots(cards, mine, desk)
    tabs[View.MINE] = sum(len(lot.rows) for lot in lots)
    rows = _rows_of(view, desk, days)
    shown = _grouped(rows, desk, view) if rows is not None else lots
    context = {
        **_heading(request, lots),
        "cards": cards,
        "lots": [lot for lot in shown if lot.rows],
        "lead": _lead(shown, cards if view is View.MINE else []),
        "first": [card for card in cards if card.group is Group.FIRST] if rows is None else [],
        "day": on,
        "days": days,
        "view": view,
        "tabs": [(key, NAMES[key], count) for key, count in tabs.items()] if len(tabs) > 1 else [],
        "works": works_with_cases(by),
    }
    return render(request, "portals/today.html", context)


def _tabs(by: Actor, desk: Desk, days: int) -> dict[View, int]:
    """Return the lists this person has, each with how much stands in it."""
    tabs = {View.MINE: 0}
    if works_with_cases(by):
        tabs[View.TEAM] = len(desk.due)
    if CASE_FILES.is_offered(Action.APPROVE, by, on=desk.on):
        tabs[View.REVIEW] = waiting_count(by, on=desk.on)
    if View.TEAM in tabs:
        tabs[View.QUIET] = len(desk.quiet(days))
    return tabs


def _rows_of(view: View, desk: Desk, days: int) -> list[Line] | None:
    if view is View.TEAM:
        return team_lines(desk)
    if view is View.REVIEW:
        return review_lines(desk.by, on=desk.on)
    return quiet_lines(desk, days) if view is View.QUIET else None


def _lots(cards: list[Card], lines: list[Line], desk: Desk) -> list[Lot]:
    """Return what is one's own: what the cards say among what the cases owe."""
    late, now, later = _grouped(lines, desk, View.MINE)
    late.rows[:0] = [card for card in cards if card.group is Group.OVERDUE]
    now.rows += [card for card in cards if card.group is Group.TODAY]
    return [late, now, later]


def _grouped(lines: list[Line], desk: Desk, view: View) -> list[Lot]:
    if view in (View.QUIET, View.REVIEW):
        return [Lot(NAMES[view], list(lines))]
    return [
        Lot(_("Overdue"), [one for one in lines if one.on < desk.on], late=True),
        Lot(_("Today"), [one for one in lines if one.on == desk.on]),
        Lot(_("The next days"), [one for one in lines if one.on > desk.on]),
    ]


def _lead(lots: list[Lot], cards: list[Card]) -> Card | Line | None:
    """Return the one row whose verb is filled: the first that can be opened."""
    rows = [one for lot in lots for one in lot.rows] + list(cards)
    return next((one for one in rows if not getattr(one, "post", False)), None)


def _heading(request: Request, lots: list[Lot]) -> dict[str, Any]:
    """Say in a sentence how much there is, and with whom to begin."""
    late, now = len(lots[0].rows), len(lots[1].rows)
    count, said = now, []
    if now:
        heading = ngettext("%(name)s, one thing today", "%(name)s, %(n)s things today", now)
    elif late:
        count = late
        heading = ngettext("%(name)s, one thing is late", "%(name)s, %(n)s things are late", late)
    else:
        heading = _("%(name)s, nothing is due today")
    if now and late:
        said.append(ngettext("One more is late.", "%(n)s more are late.", late) % {"n": late})
    begin = next((one for one in lots[0].rows if isinstance(one, Line)), None)
    if begin:
        said.append(_("Begin with %(name)s.") % {"name": begin.title})
    words = {"name": request.user.called, "n": count}
    return {"heading": heading % words, "said": said, "owed": late + now}


def _days(asked: str) -> int:
    """Return after how many days without a meeting a child is listed."""
    days = int(asked) if asked.isdecimal() and len(asked) < len("10000") else QUIET_AFTER
    return min(max(days, 1), MOST_DAYS)
