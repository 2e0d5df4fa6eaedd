"""Review, closing and follow-up, as the field's forms have them."""

from django.utils.translation import gettext_lazy as _

from tonghu.casework.endings import closures_of, follow_ups_of, stages_of
from tonghu.casework.models import Plan
from tonghu.casework.papers.choosing import chosen, of_ten, yes_or_no
from tonghu.casework.papers.form import Field, Form, Grid, Lines, Origin, form
from tonghu.casework.papers.layouts import GUARDIAN, SUPERVISOR, WHO, WORKER
from tonghu.casework.papers.planned import GOALS, goals_said
from tonghu.casework.papers.providers import Part, Subject, Values, parts_of, provides
from tonghu.casework.plans import plans_of, whole
from tonghu.casework.policy import CASES, CASES_ASSESSED, CASES_PLANNED
from tonghu.casework.support import gain_in_words, network_of
from tonghu.look.templatetags.look import day_of_year

OWN, PEN = Origin.OWN, Origin.PEN


def _goals(subject: Subject, plan: Plan | None = None) -> list[dict[str, str]]:
    """Return the goals of a plan, or of the newest that was agreed."""
    rows = plans_of(subject.case, subject.by, on=subject.on).filter(agreed_on__isnull=False)
    found = rows.filter(pk=plan.pk).first() if plan else rows.first()
    return list(goals_said(whole(found, subject.by, on=subject.on).goals)) if found else []


@parts_of("stages")
def stages(subject: Subject) -> list[Part]:
    """Name the reviews of a case, the newest first."""
    rows = stages_of(subject.case, subject.by, on=subject.on)
    return [Part(one.pk, day_of_year(one.begun_on)) for one in rows]


@provides("review")
def review(subject: Subject) -> Values:
    """Give one review: goals as rated, what child, guardian and worker say."""
    row = chosen(stages_of(subject.case, subject.by, on=subject.on), subject.part)
    return {
        "begun_on": day_of_year(row.begun_on),
        "done_on": day_of_year(row.done_on),
        "child_helps": of_ten(row.child_helps),
        "guardian_helps": of_ten(row.guardian_helps),
        "child_view_now": row.child_view,
        "guardian_view_now": row.guardian_view,
        "changes": row.changes,
        "goals": _goals(subject, row.plan),
    }


@parts_of("closures")
def closures(subject: Subject) -> list[Part]:
    """Name the closings of a case, the newest first."""
    rows = closures_of(subject.case, subject.by, on=subject.on)
    return [Part(one.pk, day_of_year(one.written_at.date())) for one in rows]


@provides("closure")
def closure(subject: Subject) -> Values:
    """Give one closing: why, what remains, goals and support at the end."""
    row = chosen(closures_of(subject.case, subject.by, on=subject.on), subject.part)
    network = network_of(subject.case, subject.by, on=subject.on)
    return {
        "closure_reason": str(row.get_reason_display()),
        "closed_on": day_of_year(row.closed_on),
        "summary": row.summary,
        "remaining_risk": row.remaining_risk,
        "child_view_now": row.child_view,
        "family_view": row.family_view,
        "worker_view": row.worker_view,
        "satisfaction": of_ten(row.satisfaction),
        "asked_by": row.asked_by,
        "handover_to": row.handover_to,
        "goals": _goals(subject),
        "gain": gain_in_words(network),
        "gaps": "\n".join(network.gaps) if network else "",
        "follow_ups": _planned(subject),
    }


def _planned(subject: Subject) -> str:
    rows = follow_ups_of(subject.case, subject.by, on=subject.on).filter(called_off_at=None)
    return "\n".join(day_of_year(one.due_on) for one in rows)


@parts_of("follow_ups")
def follow_ups(subject: Subject) -> list[Part]:
    """Name the follow-ups that took place, the newest first."""
    rows = follow_ups_of(subject.case, subject.by, on=subject.on).filter(done_on__isnull=False)
    return [Part(one.pk, day_of_year(one.done_on)) for one in reversed(rows)]


@provides("follow_up")
def follow_up(subject: Subject) -> Values:
    """Give one follow-up after closing."""
    row = chosen(follow_ups_of(subject.case, subject.by, on=subject.on), subject.part)
    return {
        "due_on": day_of_year(row.due_on),
        "done_on": day_of_year(row.done_on),
        "mode": str(row.get_mode_display()) if row.mode else "",
        "child_seen": yes_or_no(row.child_seen),
        "risk_seen": str(row.get_risk_display()) if row.risk else "",
        "stable": yes_or_no(row.stable),
        "benefits_kept": yes_or_no(row.benefits_kept),
        "note": row.note,
        "what_follows": str(row.get_decision_display()) if row.decision else "",
        "done_by": row.done_by.called if row.done_by else "",
    }


RATED = (
    *GOALS,
    Field("now", _("Now"), origin=OWN),
    Field("note", _("What shows it"), origin=OWN),
)
WIDTHS = (6, 3, 7, 2, 2, 5)

form(
    Form(
        "review",
        _("Stage review"),
        (CASES, CASES_PLANNED, CASES_ASSESSED),
        ("child", "case", "risk", "review"),
        (
            WHO,
            Grid(
                (
                    Field("begun_on", _("Begun on"), origin=OWN),
                    Field("done_on", _("Done on"), origin=OWN),
                    Field("risk_level", _("Risk now")),
                    Field("risk_review_on", _("Look at it again on")),
                    Field("risk_reason", _("Why it is judged so"), wide=True),
                )
            ),
            Lines("goals", _("Goals as rated"), RATED, WIDTHS),
            Grid(
                (
                    Field("child_helps", _("Does it help? Child"), origin=OWN),
                    Field("guardian_helps", _("Does it help? Guardian"), origin=OWN),
                    Field("child_view_now", _("What the child says"), wide=True, origin=OWN),
                    Field("guardian_view_now", _("What the guardian says"), wide=True, origin=OWN),
                    Field("changes", _("What changes in the plan"), wide=True, origin=OWN),
                    Field("opinion", _("Supervisor’s opinion"), wide=True, origin=PEN),
                )
            ),
        ),
        signers=(WORKER, GUARDIAN, SUPERVISOR),
        one_of="stages",
    )
)

form(
    Form(
        "closure",
        _("Case closing form"),
        (CASES, CASES_PLANNED, CASES_ASSESSED),
        ("child", "case", "risk", "closure"),
        (
            WHO,
            Grid(
                (
                    Field("heard_on", _("Heard of on")),
                    Field("closed_on", _("Closed on"), origin=OWN),
                    Field("closure_reason", _("Why it ends"), origin=OWN),
                    Field("worker", _("Holds the case")),
                    Field("summary", _("How it came to this"), wide=True, origin=OWN),
                )
            ),
            Lines("goals", _("Goals at the end"), RATED, WIDTHS),
            Grid(
                (
                    Field("gain", _("Support since the first map"), wide=True),
                    Field("gaps", _("What is missing in support"), wide=True),
                    Field("risk_level", _("Risk now")),
                    Field("follow_ups", _("Follow-ups on")),
                    Field("remaining_risk", _("What danger remains"), wide=True, origin=OWN),
                    Field("child_view_now", _("What the child says"), wide=True, origin=OWN),
                    Field("family_view", _("What the family says"), wide=True, origin=OWN),
                    Field("worker_view", _("What the worker says"), wide=True, origin=OWN),
                    Field("satisfaction", _("How content they are"), origin=OWN),
                    Field("asked_by", _("Who asked them"), origin=OWN),
                    Field("handover_to", _("Who looks after the child now"), wide=True, origin=OWN),
                    Field("opinion", _("Supervisor’s opinion"), wide=True, origin=PEN),
                )
            ),
        ),
        signers=(WORKER, GUARDIAN, SUPERVISOR),
        one_of="closures",
    )
)

form(
    Form(
        "follow_up",
        _("Follow-up form"),
        (CASES, CASES_PLANNED),
        ("child", "case", "follow_up"),
        (
            WHO,
            Grid(
                (
                    Field("closed_on", _("Closed on")),
                    Field("due_on", _("Due on"), origin=OWN),
                    Field("done_on", _("Done on"), origin=OWN),
                    Field("mode", _("How"), origin=OWN),
                    Field("child_seen", _("Child seen"), origin=OWN),
                    Field("risk_seen", _("Risk"), origin=OWN),
                    Field("stable", _("It has lasted"), origin=OWN),
                    Field("benefits_kept", _("Benefits still paid"), origin=OWN),
                    Field("note", _("What was seen and heard"), wide=True, origin=OWN),
                    Field("what_follows", _("What follows"), origin=OWN),
                    Field("done_by", _("Recorded by"), origin=OWN),
                )
            ),
        ),
        signers=(WORKER, SUPERVISOR),
        one_of="follow_ups",
    )
)
