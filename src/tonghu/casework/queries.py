"""Questions about cases; each asks the cases' sheet."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db.models import Max, QuerySet

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action, Sheet
from tonghu.casework.constants import ALIVE, OPEN
from tonghu.casework.models import Case, CaseStep, RiskFinding
from tonghu.casework.policy import ASSESSMENTS, CASES, PARTS_OF_CASES
from tonghu.people.models import Child
from tonghu.services.constants import MET
from tonghu.services.models import Contact


def case_for(
    by: Actor,
    pk: UUID,
    *,
    on: dt.date,
    action: Action = Action.READ,
    sheet: Sheet = CASES,
) -> Case:
    """Return one case.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    :raises Forbidden: when she may find it, but not do this.
    """
    rows = Case.objects.select_related("child__person", "same_as")
    return sheet.get(action, rows, by, pk, on=on)


def cases_of(child: Child, by: Actor, *, on: dt.date) -> "QuerySet[Case]":
    """Return the cases of a child that the actor may find, the newest first."""
    rows = Case.objects.filter(child=child)
    return CASES.rows(Action.FIND, rows, by, on=on).order_by("-opened_on", "-id")


def open_case_of(child: Child, by: Actor, *, on: dt.date) -> Case | None:
    """Return the one open case of a child, if the actor may find it."""
    return cases_of(child, by, on=on).filter(state__in=OPEN).first()


def cases_for(by: Actor, *, on: dt.date, alive: bool = True) -> "QuerySet[Case]":
    """Return the cases the actor may find, those alive or those that ended."""
    rows = Case.objects.select_related("child__person")
    rows = rows.filter(state__in=ALIVE) if alive else rows.exclude(state__in=ALIVE)
    return CASES.rows(Action.FIND, rows, by, on=on)


def steps_of(case: Case, by: Actor, *, on: dt.date) -> "QuerySet[CaseStep]":
    """Return how a case came to where it stands, the newest first."""
    rows = CaseStep.objects.filter(case=case).select_related("by")
    return PARTS_OF_CASES.rows(Action.READ, rows, by, on=on).order_by("-at", "-id")


def findings_of(case: Case, by: Actor, *, on: dt.date) -> "QuerySet[RiskFinding]":
    """Return how much danger persons saw, the newest first."""
    rows = RiskFinding.objects.filter(case=case).select_related("set_by")
    return ASSESSMENTS.rows(Action.READ, rows, by, on=on).order_by("-set_at", "-id")


def unscoped_last_met(children: Collection[UUID]) -> dict[UUID, dt.datetime]:
    """Return when somebody of these files was last met; the caller found them under their Rule."""
    rows = Contact.objects.unscoped("of files that were found under their Rule")
    rows = rows.filter(child__in=children, result__in=MET, corrections=None)
    return dict(
        rows.values("child_id").annotate(last=Max("happened_at")).values_list("child_id", "last")
    )
