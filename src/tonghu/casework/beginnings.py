"""The ways on from a case that ask little; the other parts of casework sign up theirs."""

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action, Answer, Sheet
from tonghu.casework.constants import OPEN, CaseState
from tonghu.casework.models import Case
from tonghu.casework.policy import CASES, CASES_ASSESSED
from tonghu.casework.queries import open_case_of
from tonghu.casework.sections import Way, way
from tonghu.casework.steps import STEPS
from tonghu.look.addresses import address

Allowed = Callable[[Case, Actor, dt.date], bool]


def may(sheet: Sheet, action: Action = Action.WRITE) -> Allowed:
    """Return the test whether somebody may do this with a case."""

    def allowed(case: Case, by: Actor, on: dt.date) -> bool:
        return sheet.judge(action, by, case, on=on) is Answer.ALLOW

    return allowed


def to(name: str) -> Callable[[Case], str]:
    """Return the address of a page of a case."""
    return lambda case: address(name, case.pk)


def _belongs_elsewhere(case: Case, by: Actor, on: dt.date) -> bool:
    return may(CASES)(case, by, on) and open_case_of(case.child, by, on=on) is not None


def _may_screen(case: Case, by: Actor, on: dt.date) -> bool:
    return may(CASES)(case, by, on) and open_case_of(case.child, by, on=on) is None


def _in_danger(case: Case, by: Actor, on: dt.date) -> bool:
    return case.in_danger and may(CASES)(case, by, on)


SIMPLE = (
    ("known", "case-known", _belongs_elsewhere, 5),
    ("screen", "case-screen", _may_screen, 10),
    ("accept", "case-accept", may(CASES_ASSESSED), 10),
    ("resume", "case-resume", may(CASES), 10),
    ("reopen", "case-reopen", _may_screen, 60),
    ("suspend", "case-suspend", may(CASES), 80),
    ("decline", "case-decline", may(CASES), 90),
)
for _key, _name, _allowed, _order in SIMPLE:
    way(
        Way(
            _key,
            STEPS[_key].name,
            to(_name),
            tuple(str(one) for one in STEPS[_key].from_states),
            _allowed,
            _order,
        )
    )
way(
    Way(
        "safe",
        _("The child is not in danger"),
        to("case-safe"),
        (CaseState.LEAD, CaseState.SCREENING),
        _in_danger,
        70,
    )
)
way(Way("risk", _("Judge the risk"), to("risk-new"), OPEN, may(CASES_ASSESSED), 50))
