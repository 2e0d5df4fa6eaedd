"""What plans, reviews and follow-ups tell on a case's timeline."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.drawing import level_in_words
from tonghu.casework.endings import closures_of, follow_ups_of, stages_of
from tonghu.casework.models import Case, GoalRating, SafetyPlan
from tonghu.casework.plans import plans_of
from tonghu.casework.policy import PLANS, SAFETY_PLANS
from tonghu.casework.timeline import KINDS, Told, tells
from tonghu.kernel import clock
from tonghu.look.addresses import address

KINDS.register("plan", gettext_lazy("Plan and goals"))


@tells
def versions(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell which versions of the plan were written, and on which day they were agreed."""
    for row in plans_of(case, by, on=on):
        yield Told(
            row.written_at,
            "plan",
            "flag",
            _("Plan, version %(n)s") % {"n": row.version},
            "",
            row.written_by.called if row.written_by else "",
            address("plan", row.pk),
            badge=_("Agreed with the family") if row.agreed_on else _("Not agreed yet"),
            mood="" if row.agreed_on else "m",
        )


@tells
def ratings(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell where the goals were seen to stand, with what showed it."""
    rows = GoalRating.objects.filter(case=case).select_related("goal", "by")
    for row in PLANS.rows(Action.READ, rows, by, on=on):
        yield Told(
            row.at,
            "plan",
            "chart-bar",
            _("Goal rated: %(level)s") % {"level": level_in_words(row)},
            row.note,
            row.by.called if row.by else "",
            goals=[row.goal.words],
        )


@tells
def safety_plans(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell that a safety plan was written; what it says stands on its card alone."""
    rows = SafetyPlan.objects.filter(case=case).select_related("written_by")
    for row in SAFETY_PLANS.rows(Action.READ, rows, by, on=on):
        who = row.written_by.called if row.written_by else ""
        yield Told(row.written_at, "plan", "alert-triangle", _("Safety plan written"), "", who)


@tells
def stages(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell which reviews there were, and what the child said of the work."""
    for row in stages_of(case, by, on=on):
        who = row.written_by.called if row.written_by else ""
        where = address("stage", row.pk)
        yield Told(row.written_at, "plan", "flag", _("Review"), row.child_view, who, where)


@tells
def closings(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell why the case was to end, and how it came to this."""
    for row in closures_of(case, by, on=on):
        who = row.written_by.called if row.written_by else ""
        where, words = address("closure", row.pk), row.get_reason_display()
        yield Told(row.written_at, "plan", "flag", _("Closing"), row.summary, who, where, words)


@tells
def seen_again(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell what the follow-ups saw."""
    for row in follow_ups_of(case, by, on=on).exclude(done_at=None):
        yield Told(
            row.done_at or clock.now(),
            "plan",
            "home-heart",
            _("Follow-up · %(how)s") % {"how": row.get_mode_display()},
            row.note,
            row.done_by.called if row.done_by else "",
            badge=row.get_decision_display(),
        )
