"""What plans bring to the case page: the goals, the safety plan, the follow-ups, the ways on."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.casework.beginnings import may, to
from tonghu.casework.constants import OPEN, CaseState
from tonghu.casework.drawing import goal_bar, stands_at
from tonghu.casework.endings import follow_ups_of, unscoped_follow_ups, unscoped_open_stage
from tonghu.casework.fields import FIELDS
from tonghu.casework.models import Case
from tonghu.casework.plans import Standing, plans_of, safety_plan_of, unscoped_newest, whole
from tonghu.casework.policy import CASES, CASES_KEPT_SAFE, CASES_PLANNED
from tonghu.casework.sections import Section, Way, section, way
from tonghu.look.addresses import address

S = CaseState


def drawn(goals: list[Standing]) -> list[dict[str, Any]]:
    """Return goals with their bars and words, as pages show them."""
    return [
        {"goal": one.goal, "standing": one, "bar": goal_bar(one), "words": stands_at(one)}
        for one in goals
    ]


def _goals(case: Case, by: Actor, on: dt.date) -> dict[str, Any] | None:
    versions = list(plans_of(case, by, on=on))
    if not versions:
        return None
    agreed = [one for one in versions if one.agreed_on]
    shown = whole(agreed[0] if agreed else versions[0], by, on=on)
    return {
        "plan": shown.plan,
        "goals": drawn(shown.goals),
        "newer": versions[0] if versions[0] != shown.plan else None,
        "attainment": shown.attainment,
    }


def _safety(case: Case, by: Actor, on: dt.date) -> dict[str, Any] | None:
    plan = safety_plan_of(case, by, on=on)
    return {"plan": plan} if plan else None


def _follow_ups(case: Case, by: Actor, on: dt.date) -> dict[str, Any] | None:
    rows = list(follow_ups_of(case, by, on=on))
    writes = case.state in (S.CLOSED, S.FOLLOW_UP) and may(CASES_PLANNED)(case, by, on)
    return {"rows": rows, "writes": writes} if rows else None


section(Section("goals", _("Goals"), "casework/parts/goals.html", _goals, order=20))
section(Section("safety", _("Safety plan"), "casework/parts/safety.html", _safety, order=30))
section(
    Section("follow-ups", _("Follow-ups"), "casework/parts/follow_ups.html", _follow_ups, order=40)
)


def _begins_a_plan(case: Case, by: Actor, on: dt.date) -> bool:
    last = unscoped_newest(case)
    return may(CASES_PLANNED)(case, by, on) and (last is None or last.agreed_on is not None)


def _has_a_stage(case: Case, by: Actor, on: dt.date) -> bool:
    return may(CASES_PLANNED)(case, by, on) and unscoped_open_stage(case) is not None


def _stage(case: Case) -> str:
    stage = unscoped_open_stage(case)
    return address("stage", stage.pk) if stage else address("case", case.pk)


def _is_followed_up(case: Case, by: Actor, on: dt.date) -> bool:
    return may(CASES)(case, by, on) and not unscoped_follow_ups(case).exists()


WRITTEN = tuple(str(one) for one in FIELDS["plan"].states)
for _way in (
    Way("plan", _("Write the plan"), to("plan-new"), WRITTEN, _begins_a_plan, 20),
    Way("safety", _("Write the safety plan"), to("safety-new"), OPEN, may(CASES_KEPT_SAFE), 40),
    Way("review", _("Begin a review"), to("case-review"), (S.ACTIVE,), may(CASES_PLANNED), 45),
    Way("stage", _("Go on with the review"), _stage, (S.REVIEW,), _has_a_stage, 10),
    Way(
        "closing",
        _("Close the case"),
        to("case-closing"),
        (S.ACTIVE, S.REVIEW),
        may(CASES_PLANNED),
        85,
    ),
    Way("archive", _("Archive"), to("case-archive"), (S.CLOSED, S.FOLLOW_UP), _is_followed_up, 30),
    Way(
        "describe",
        _("Correct the case"),
        to("case-edit"),
        tuple(str(one) for one in FIELDS["best_time"].states),
        may(CASES),
        95,
    ),
):
    way(_way)
