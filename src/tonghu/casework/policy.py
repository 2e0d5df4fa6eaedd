"""Who may do what with cases (R26), assessments (R28), plans (R29) and what waits for approval."""

import datetime as dt
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.openings import open_glass
from tonghu.access.policy import the_program
from tonghu.access.sheets import BREAKERS, Sheet
from tonghu.casework.models import CaseChild
from tonghu.kernel.law import upholds
from tonghu.kernel.rules import NOTHING, Rule
from tonghu.people.policy import (
    FILE,
    answers_for,
    at_work,
    head,
    nobodys,
    own,
    shut_from,
    supervised,
    team,
)


@upholds("R55", "R57", says=_("a family case is closed with the file of any of its children"))
def _closed_with_a_sibling(by: Actor) -> Q:
    rows = CaseChild.objects.unscoped("part of every Rule")
    return Q(pk__in=rows.filter(child__in=shut_from(by)).values("case_id"))


def _part_of_a_closed_case(by: Actor) -> Q:
    rows = CaseChild.objects.unscoped("part of every Rule")
    return Q(case__in=rows.filter(child__in=shut_from(by)).values("case_id"))


CASE_FILES = Sheet(
    number="R26",
    name=_("Cases: what the worry is and where it stands"),
    target_kind=FILE,
    find=at_work | team | head | the_program,
    read=at_work | the_program,
    read_with_reason=team | head,
    write=at_work | the_program,
    approve=answers_for,
    export_with_reason=own | supervised | head,
    breakable=True,
    by_seal=True,
)
CASES = CASE_FILES.on("child", unless=_closed_with_a_sibling)
"""Of cases; ``CASE_FILES`` is the same over files."""
PARTS_OF_CASES = CASE_FILES.on("case__child", unless=_part_of_a_closed_case)
"""Of tables that belong to a case and say no more than it."""

ASSESSING = Sheet(
    number="R28",
    name=_("Assessments, scores, risk levels"),
    target_kind=FILE,
    find=at_work | team | head | the_program,
    read=at_work | the_program,
    read_with_reason=team | head,
    write=own | nobodys | the_program,
    approve=answers_for,
    export_with_reason=own | supervised | head,
    breakable=True,
    by_seal=True,
    law=("R28",),
)
CASES_ASSESSED = ASSESSING.on("child", unless=_closed_with_a_sibling)
ASSESSMENTS = ASSESSING.on("case__child", unless=_part_of_a_closed_case)

PLANNING = Sheet(
    number="R29",
    name=_("Plans, goals, safety plans, referrals, support"),
    target_kind=FILE,
    find=at_work | team | head | the_program,
    read=at_work | the_program,
    read_with_reason=team | head,
    write=own | nobodys | the_program,
    approve=answers_for,
    export_with_reason=own | supervised | head,
    breakable=True,
    by_seal=True,
)
CASES_PLANNED = PLANNING.on("child", unless=_closed_with_a_sibling)
PLANS = PLANNING.on("case__child", unless=_part_of_a_closed_case)


@upholds("R66", says=_("break-glass lets a safety plan be written"))
def _broke_the_glass(by: Actor, on: dt.date) -> Q:
    if by.role_key not in BREAKERS:
        return NOTHING
    return Q(pk__in=open_glass(by, FILE))


broke_the_glass = Rule(_("who opened the file in an emergency"), _broke_the_glass)
KEEPING_SAFE = replace(
    PLANNING, name=_("Safety plans"), write=PLANNING.write | broke_the_glass, law=("R66",)
)
"""As plans, and written by whoever stands before the child in an emergency."""
CASES_KEPT_SAFE = KEEPING_SAFE.on("child", unless=_closed_with_a_sibling)
SAFETY_PLANS = KEEPING_SAFE.on("case__child", unless=_part_of_a_closed_case)
