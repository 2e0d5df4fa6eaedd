"""Plan and agreement, and the safety plan, as the field's forms have them."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tonghu.casework.models import Signature
from tonghu.casework.papers.choosing import chosen, under_each_other
from tonghu.casework.papers.form import Field, Form, Grid, Lines, Origin, form
from tonghu.casework.papers.layouts import CHILD, GUARDIAN, SUPERVISOR, WHO, WORKER
from tonghu.casework.papers.providers import Part, Subject, Values, parts_of, provides
from tonghu.casework.plan_papers import STEPS
from tonghu.casework.plans import Standing, plans_of, safety_plan_of, whole
from tonghu.casework.policy import CASES, CASES_PLANNED
from tonghu.look.templatetags.look import day_of_year, signed
from tonghu.people import words

OWN = Origin.OWN


@parts_of("plans")
def plans(subject: Subject) -> list[Part]:
    """Name the versions of the plan, the newest first."""
    rows = plans_of(subject.case, subject.by, on=subject.on)
    return [Part(one.pk, f"{one.version} · {day_of_year(one.written_at.date())}") for one in rows]


@provides("plan")
def plan(subject: Subject) -> Values:
    """Give one version of the plan: goals in the family's words, who does what, who agreed."""
    rows = plans_of(subject.case, subject.by, on=subject.on)
    row = chosen(rows, subject.part)
    found = whole(row, subject.by, on=subject.on)
    return {
        "version": str(row.version),
        "agreed_on": day_of_year(row.agreed_on),
        "review_on": day_of_year(row.review_on),
        "limits": row.limits,
        "unpaid_helper": row.unpaid_helper or row.no_helper_why,
        "written_by": row.written_by.called if row.written_by else "",
        "goals": list(goals_said(found.goals)),
        "actions": [
            {
                "what": one.what,
                "who": one.who_named or str(one.get_who_display()),
                "due_on": day_of_year(one.due_on),
                "suits": one.suits,
                "done_on": day_of_year(one.done_on),
            }
            for one in found.actions
        ],
        "signed": "\n".join(_signed(one) for one in found.signatures),
    }


def goals_said(standings: list[Standing]) -> Iterator[dict[str, str]]:
    """Yield goals as papers show them: in whose words, by which steps, where they stand."""
    for one in standings:
        goal = one.goal
        steps = [
            f"{signed(level)} {getattr(goal, name)}"
            for name, level in STEPS
            if one.is_gas and getattr(goal, name)
        ]
        yield {
            "goal": under_each_other([goal.words, f"“{goal.own_words}”" if goal.own_words else ""]),
            "whose": str(goal.get_set_by_display()),
            "steps": "\n".join(steps),
            "baseline": signed(goal.baseline) if one.is_gas else str(goal.baseline),
            "now": signed(one.level) if one.is_gas else str(one.level),
            "target_on": day_of_year(goal.target_on),
            "note": one.ratings[-1].note if one.ratings else "",
        }


def _signed(row: Signature) -> str:
    who = row.person.called if row.person else row.account.called if row.account else ""
    told = [str(row.get_part_display()), who, str(row.get_way_display()), day_of_year(row.on)]
    return words.together([one for one in told if one])


@provides("safety")
def safety(subject: Subject) -> Values:
    """Give the safety plan that holds; nothing where there is none."""
    row = safety_plan_of(subject.case, subject.by, on=subject.on)
    if row is None:
        return {}
    return {
        "safety_signs": row.signs,
        "child_does": row.child_does,
        "safe_adults": row.safe_adults,
        "call": row.call,
        "safety_since": day_of_year(row.from_on),
        "safety_by": row.written_by.called if row.written_by else "",
    }


GOALS = (
    Field("goal", _("Goal, in own words"), origin=OWN),
    Field("whose", _("Whose"), origin=OWN),
    Field("steps", _("Steps"), origin=OWN),
    Field("baseline", _("At first"), origin=OWN),
)

form(
    Form(
        "plan",
        _("Service plan and agreement"),
        (CASES, CASES_PLANNED),
        ("child", "case", "plan"),
        (
            WHO,
            Grid(
                (
                    Field("version", _("Version"), origin=OWN),
                    Field("agreed_on", _("Plan agreed on"), origin=OWN),
                    Field("worker", _("Holds the case")),
                    Field("review_on", _("Reviewed by"), origin=OWN),
                )
            ),
            Lines(
                "goals",
                _("Goals"),
                (*GOALS, Field("target_on", _("Reached by"), origin=OWN)),
                (6, 3, 8, 2, 4),
            ),
            Lines(
                "actions",
                _("Who does what"),
                (
                    Field("what", _("What is done"), origin=OWN),
                    Field("who", _("Who"), origin=OWN),
                    Field("due_on", _("Until when"), origin=OWN),
                    Field("suits", _("When it suits the family"), origin=OWN),
                ),
                (8, 4, 4, 5),
            ),
            Grid(
                (
                    Field("unpaid_helper", _("Unpaid helper"), wide=True, origin=OWN),
                    Field("limits", _("Limits of confidentiality"), wide=True, origin=OWN),
                    Field("signed", _("Who has agreed"), wide=True, origin=OWN),
                )
            ),
        ),
        signers=(CHILD, GUARDIAN, WORKER, SUPERVISOR),
        one_of="plans",
    )
)

form(
    Form(
        "safety",
        _("Safety plan"),
        (CASES, CASES_PLANNED),
        ("child", "case", "safety"),
        (
            WHO,
            Grid(
                (
                    Field("safety_since", _("Holds since"), origin=OWN),
                    Field("safety_by", _("Written by"), origin=OWN),
                    Field("safety_signs", _("Signs of danger"), wide=True, origin=OWN),
                    Field("child_does", _("What the child does then"), wide=True, origin=OWN),
                    Field("safe_adults", _("Safe adults"), wide=True, origin=OWN),
                    Field("call", _("Whom to call"), wide=True, origin=OWN),
                )
            ),
        ),
        signers=(CHILD, GUARDIAN, WORKER),
    )
)
