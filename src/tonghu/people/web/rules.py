"""The rules that suggest: since when, by which law, and whom a change calls otherwise."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.people.definitions.rulesets import RULESETS, Change, RuleSet, changes_of
from tonghu.people.models import Child
from tonghu.people.policy import CHILDREN
from tonghu.people.suggestions import affected_by


@dataclass(frozen=True)
class Changed:
    """A definition that followed another one, and whom of one's own files it calls otherwise."""

    change: Change
    children: list[Child]


@page(CHILDREN, Action.WRITE)
@require_GET
def rules(request: Request) -> HttpResponse:
    """Show the rule sets in force, and what the changes mean for the own files."""
    on, by = clock.day(clock.now()), request.actor
    CHILDREN.require_for_any(Action.WRITE, by, on=on)
    context = {"rules": _in_force(on), "changes": _changes(by, on), "day": on}
    return render(request, "people/rules.html", context)


def _in_force(on: dt.date) -> list[RuleSet]:
    return [rule for rule in RULESETS if rule.holds_on(on)]


def _changes(by: Actor, on: dt.date) -> list[Changed]:
    return [Changed(one, affected_by(one, by, on=on)) for one in changes_of()]
