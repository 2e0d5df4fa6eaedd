"""The list of cases: whose, narrowed by what, the most urgent first."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import CharField, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.constants import URGENCY, CaseState, RiskLevel
from tonghu.casework.models import Case
from tonghu.casework.policy import CASES
from tonghu.casework.queries import cases_for
from tonghu.kernel.rules import through
from tonghu.people.policy import own, supervised

NOT_JUDGED = "unjudged"
mine = through(own | supervised, "child")
KEY = "urgency"


class View(StrEnum):
    """The lists people open every day."""

    MINE = "mine"
    TEAM = "team"
    CLOSED = "closed"


@dataclass(frozen=True)
class CaseFilter:
    """What narrows the list; empty leaves it whole."""

    risk: str = ""
    state: str = ""


def cases_in(view: View, wanted: CaseFilter, by: Actor, *, on: dt.date) -> "QuerySet[Case]":
    """Return the cases of a view, the greatest danger first; one nobody has judged comes third.

    Nobody knows how urgent an unjudged case is, so it stands before those judged calm.
    """
    rows = cases_for(by, on=on, alive=view is not View.CLOSED)
    if view is View.MINE:
        rows = rows.filter(mine.where(by, on))
    if wanted.risk:
        rows = rows.filter(risk_level="" if wanted.risk == NOT_JUDGED else wanted.risk)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    return _with_key(rows).order_by(KEY)


def key_of(by: Actor, pk: UUID, *, on: dt.date) -> str:
    """Return where a case stands in the order, so that an address carries its number alone."""
    rows = CASES.rows(Action.FIND, Case.objects.filter(pk=pk), by, on=on)
    return _with_key(rows).values_list(KEY, flat=True).first() or ""


def _with_key(rows: "QuerySet[Case]") -> "QuerySet[Case]":
    ranks = [When(risk_level=level, then=Value(str(n))) for n, level in enumerate(URGENCY)]
    rank = Choose(*ranks, default=Value("9"), output_field=CharField())
    since = Cast("opened_on", CharField())
    return rows.annotate(
        urgency=Concat(rank, Value(" "), since, Value(" "), Cast("id", CharField()))
    )


def wanted_from(risk: str, state: str) -> CaseFilter:
    """Return the filter of an address; what is no level or state narrows nothing."""
    known = risk in RiskLevel.values or risk == NOT_JUDGED
    return CaseFilter(risk if known else "", state if state in CaseState.values else "")
