"""The journal's filters as chips: one press puts a filter on or takes it away."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tonghu.access.queries import JournalFilter
from tonghu.access.web.pages import Request
from tonghu.kernel import clock
from tonghu.look.templatetags.look import day

A_WEEK = dt.timedelta(days=6)


@dataclass(frozen=True)
class Filter:
    """One chip; its address keeps the other filters as they are."""

    label: Promise | str
    href: str
    active: bool


def filters_of(request: Request, wanted: JournalFilter) -> list[Filter]:
    """Return the filters the journal offers, those that are on among them."""
    today = clock.day(clock.now())
    chosen = (wanted.since, wanted.until)
    chips = [
        _chip(request, label, on=chosen == (since, None), since=since.isoformat(), until="")
        for label, since in ((_("Today"), today), (_("Last 7 days"), today - A_WEEK))
    ]
    if any(chosen) and not any(one.active for one in chips):
        words = " – ".join(day(one) or "…" for one in chosen)
        chips.insert(0, _chip(request, words, on=True, since="", until=""))
    if wanted.about:
        chips.insert(0, _chip(request, _("One record"), on=True, about=""))
    if wanted.account:
        chips.insert(0, _chip(request, _("One person"), on=True, account=""))
    return [*chips, _chip(request, _("Refused only"), on=wanted.refused, refused="on")]


def _chip(request: Request, label: Promise | str, *, on: bool, **said: str) -> Filter:
    kept = request.GET.copy()
    kept.pop("after", None)
    for name, value in said.items():
        kept.pop(name, None)
        if value and not on:
            kept[name] = value
    return Filter(label, f"?{kept.urlencode()}", on)
