"""How much of each form fills itself: counted over an agency's newest cases, shown as figures."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import override

from tonghu.access.actors import Actor, system
from tonghu.access.policy import CONFIGURATION
from tonghu.access.sheets import Action
from tonghu.casework.models import Case
from tonghu.casework.papers.filling import Count, Known, fill, parts
from tonghu.casework.papers.form import FORMS, Form, in_order
from tonghu.casework.papers.providers import Subject, is_bound
from tonghu.casework.policy import CASES

OF_CASES = 40
"""Enough to see which cells stay empty, few enough for a page."""
OF_PARTS = 3
IN_ENGLISH = "en"


@dataclass(frozen=True)
class Share:
    """One form: how many papers were counted, and their cells."""

    form: Form
    papers: int
    count: Count

    @property
    def percent(self) -> int | None:
        """Return the share of cells that filled themselves; none where nothing was counted."""
        return round(100 * self.count.share) if self.count.cells else None


def shares_for(by: Actor, *, on: dt.date) -> list[Share]:
    """Return how much of each form fills itself in the agency of somebody who sees its set-up.

    Figures over cells, no child and no case in them: so the administrator may see them (R37).

    :raises Forbidden: for those whom an agency's set-up does not concern.
    """
    CONFIGURATION.require_for_any(Action.READ, by, on=on)
    return shares_of(by.agency_id, on=on)


def shares_of(agency_id: UUID, *, on: dt.date) -> list[Share]:
    """Return how much of each form fills itself over the newest cases, as the program sees it."""
    program = system(agency_id)
    rows = Case.objects.select_related("child__person", "same_as")
    cases = list(CASES.rows(Action.READ, rows, program, on=on).order_by("-id")[:OF_CASES])
    with override(IN_ENGLISH):
        counted = {
            one.key: _counted(one, cases, program, on) for one in in_order() if is_bound(one)
        }
    return [Share(FORMS[key], papers, count) for key, (papers, count) in counted.items()]


def _counted(form: Form, cases: list[Case], by: Actor, on: dt.date) -> tuple[int, Count]:
    papers, total = 0, Count()
    for case in cases:
        of = [one.pk for one in parts(form, Subject(case, by, on))][:OF_PARTS]
        known = Known()
        for pk in of if form.one_of else [None]:
            filled = fill(form, case, by, on=on, part=pk, known=known)
            if filled.says_something:
                papers, total = papers + 1, total + filled.count()
    return papers, total
