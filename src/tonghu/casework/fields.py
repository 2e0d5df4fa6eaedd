"""Which part of a case is written in which state: a table, asked by every operation.

An auditor reads it on the page of a case's steps; a test walks it cell by cell. Who may write is
the sheet's; this says when.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.sheets import Sheet
from tonghu.casework.constants import OPEN, CaseState
from tonghu.casework.policy import CASES, CASES_PLANNED
from tonghu.kernel.errors import Refused

S = CaseState
BEFORE = (S.LEAD, S.SCREENING)
WORKING = (S.ASSESSMENT, S.PLANNING, S.ACTIVE, S.REVIEW)
UNTIL_CLOSING = (*BEFORE, *WORKING, S.SUSPENDED)


class NotNow(Refused):
    """What is written here is not written in the state in which the case stands."""


@dataclass(frozen=True)
class Field:
    """One part of a case: what it is called, in which states it is written, under which sheet."""

    key: str
    name: str | Promise
    states: tuple[CaseState, ...]
    sheet: Sheet

    def is_open(self, state: str) -> bool:
        """Tell whether it is written in a state."""
        return state in self.states


FIELDS = {
    one.key: one
    for one in (
        Field("referrer", gettext_lazy("Who told us"), BEFORE, CASES),
        Field("problem", gettext_lazy("What the worry is"), BEFORE, CASES),
        Field("child_view", gettext_lazy("What the child says"), UNTIL_CLOSING, CASES),
        Field(
            "best_time",
            gettext_lazy("When the family can be reached"),
            (*UNTIL_CLOSING, S.CLOSING, S.CLOSED, S.FOLLOW_UP),
            CASES,
        ),
        Field("kind", gettext_lazy("What kind of case"), (*WORKING, S.SUSPENDED), CASES),
        Field("plan", gettext_lazy("Plan, goals and who does what"), WORKING, CASES_PLANNED),
        Field(
            "signature",
            gettext_lazy("Who agreed to the plan"),
            (S.PLANNING, S.ACTIVE, S.REVIEW),
            CASES_PLANNED,
        ),
        Field(
            "safety",
            gettext_lazy("Safety plan"),
            (*BEFORE, *OPEN[1:], S.CLOSED, S.FOLLOW_UP),
            CASES_PLANNED,
        ),
        Field(
            "rating",
            gettext_lazy("Where the goals stand"),
            (S.ACTIVE, S.REVIEW, S.SUSPENDED, S.CLOSING),
            CASES_PLANNED,
        ),
        Field("stage", gettext_lazy("What the review says"), (S.REVIEW,), CASES_PLANNED),
        Field(
            "closure",
            gettext_lazy("Why it ends and what remains"),
            (S.ACTIVE, S.REVIEW),
            CASES_PLANNED,
        ),
        Field(
            "follow_up_days",
            gettext_lazy("The days of the follow-ups"),
            (S.ACTIVE, S.REVIEW, S.CLOSING, S.CLOSED, S.FOLLOW_UP),
            CASES_PLANNED,
        ),
        Field(
            "follow_up",
            gettext_lazy("What a follow-up saw"),
            (S.CLOSED, S.FOLLOW_UP),
            CASES_PLANNED,
        ),
    )
}
"""Every part of a case with the states in which it is written."""


def require_open(state: str, keys: Iterable[str]) -> None:
    """Refuse to write parts of a case that its state has closed.

    :raises NotNow: with the names of what is closed.
    """
    shut = [str(FIELDS[key].name) for key in keys if not FIELDS[key].is_open(state)]
    if shut:
        raise NotNow(
            _("“%(what)s” is not written while the case is at “%(state)s”. Nothing changed.")
            % {"what": "、".join(shut), "state": CaseState(state).label}
        )
