"""The assessment and the assessment of guardianship, as the field's forms have them."""

from django.utils.translation import gettext_lazy as _

from tonghu.access.sheets import Action
from tonghu.casework.assessing import assessments_of, needs_of, scores_of
from tonghu.casework.constants import Need
from tonghu.casework.instruments import BANDS, name_of
from tonghu.casework.models import CapacityAssessment, CapacityScore
from tonghu.casework.papers.choosing import chosen, of_ten, yes_or_no
from tonghu.casework.papers.form import Field, Form, Grid, Lines, Origin, form
from tonghu.casework.papers.layouts import SUPERVISOR, WHO, WORKER
from tonghu.casework.papers.providers import Part, Subject, Values, parts_of, provides
from tonghu.casework.policy import ASSESSMENTS, CASES, CASES_ASSESSED
from tonghu.look.templatetags.look import day_of_year

OWN, PEN = Origin.OWN, Origin.PEN


@parts_of("assessments")
def assessments(subject: Subject) -> list[Part]:
    """Name the assessments of a case, the newest first."""
    rows = assessments_of(subject.case, subject.by, on=subject.on)
    return [Part(one.pk, day_of_year(one.begun_on)) for one in rows]


@provides("assessment")
def assessment(subject: Subject) -> Values:
    """Give one assessment, part by part of life, with the scores typed in for the case."""
    rows = assessments_of(subject.case, subject.by, on=subject.on)
    row = chosen(rows, subject.part)
    return {
        "begun_on": day_of_year(row.begun_on),
        "assessed_by": row.author.called if row.author else "",
        "approved_on": day_of_year(row.approved_at.date()) if row.approved_at else "",
        "informants": row.informants,
        "seen_alone": yes_or_no(row.seen_alone),
        "child_opinion": row.child_opinion,
        "risk_factors": row.risk_factors,
        "protective_factors": row.protective_factors,
        "problems": row.problems,
        "summary": row.summary,
        "needs": [
            {
                "need": str(Need(key).label),
                "facts": one.facts,
                "needed": one.needed,
                "strength": one.strength,
                "evidence": one.evidence,
                "score": of_ten(one.score),
            }
            for key, one in needs_of(row).items()
        ],
        "scores": [
            {
                "on": day_of_year(one.on),
                "instrument": str(name_of(one.instrument)),
                "answered_by": str(one.get_answered_by_display()),
                "raw": f"{one.raw:g}",
                "band": str(BANDS.get(one.band, "")),
            }
            for one in scores_of(subject.case, subject.by, on=subject.on)
        ],
    }


def _capacities(subject: Subject) -> list[CapacityAssessment]:
    rows = CapacityAssessment.objects.filter(case=subject.case).select_related("first", "second")
    found = ASSESSMENTS.rows(Action.READ, rows, subject.by, on=subject.on)
    return list(found.order_by("-done_on", "-pk"))


@parts_of("capacities")
def capacities(subject: Subject) -> list[Part]:
    """Name the assessments of guardianship of a case, the newest first."""
    return [Part(one.pk, day_of_year(one.done_on)) for one in _capacities(subject)]


@provides("capacity")
def capacity(subject: Subject) -> Values:
    """Give one assessment of guardianship with the points and what was seen for each."""
    row = chosen(_capacities(subject), subject.part)
    points = CapacityScore.objects.unscoped("of an assessment that was read under its Rule")
    return {
        "whose": row.guardian,
        "asked_by": row.asked_by,
        "scheme": f"{row.scheme} {row.scheme_version}",
        "done_on": day_of_year(row.done_on),
        "first": row.first.called,
        "second": row.second.called,
        "level": str(row.get_level_display()) if row.level else "",
        "level_reason": row.reason,
        "child_opinion": row.child_opinion,
        "objection": row.objection,
        "objection_result": row.objection_result,
        "points": [
            {"item": one.item, "points": str(one.points), "evidence": one.evidence}
            for one in points.filter(assessment=row).order_by("pk")
        ],
    }


form(
    Form(
        "assessment",
        _("Assessment form"),
        (CASES, CASES_ASSESSED),
        ("child", "case", "risk", "assessment"),
        (
            WHO,
            Grid(
                (
                    Field("begun_on", _("Assessed on"), origin=OWN),
                    Field("assessed_by", _("Assessed by")),
                    Field("informants", _("Who told"), origin=OWN),
                    Field("seen_alone", _("Talked with the child alone"), origin=OWN),
                    Field("guardian", _("Guardian and relation")),
                    Field("care", _("Care in fact")),
                    Field("school", _("School, grade, class"), wide=True),
                    Field("child_opinion", _("What the child thinks"), wide=True, origin=OWN),
                )
            ),
            Lines(
                "needs",
                _("Parts of the child’s life"),
                (
                    Field("need", _("Part of life")),
                    Field("facts", _("What is so"), origin=OWN),
                    Field("needed", _("What is needed"), origin=OWN),
                    Field("strength", _("What is strong"), origin=OWN),
                    Field("evidence", _("How it is known"), origin=OWN),
                    Field("score", _("0 to 10"), origin=OWN),
                ),
                (4, 7, 5, 5, 5, 3),
            ),
            Lines(
                "scores",
                _("Scores of instruments"),
                (
                    Field("on", _("On")),
                    Field("instrument", _("Instrument")),
                    Field("answered_by", _("Who answered")),
                    Field("raw", _("Score")),
                    Field("band", _("Range")),
                ),
                (4, 7, 5, 3, 5),
            ),
            Grid(
                (
                    Field("risk_factors", _("What makes it dangerous"), wide=True, origin=OWN),
                    Field("protective_factors", _("What protects"), wide=True, origin=OWN),
                    Field("risk_level", _("Risk now")),
                    Field("risk_review_on", _("Look at it again on")),
                    Field("risk_reason", _("Why it is judged so"), wide=True),
                    Field("problems", _("What comes first"), wide=True, origin=OWN),
                    Field("summary", _("Summary"), wide=True, origin=OWN),
                    Field("opinion", _("Supervisor’s opinion"), wide=True, origin=PEN),
                ),
                _("What it comes to"),
            ),
        ),
        signers=(WORKER, SUPERVISOR),
        one_of="assessments",
    )
)

form(
    Form(
        "capacity",
        _("Report on guardianship capacity"),
        (CASES, CASES_ASSESSED),
        ("child", "case", "capacity"),
        (
            WHO,
            Grid(
                (
                    Field("whose", _("Whose guardianship"), origin=OWN),
                    Field("done_on", _("Done on"), origin=OWN),
                    Field("asked_by", _("Who asked for it"), origin=OWN),
                    Field("scheme", _("Scheme"), origin=OWN),
                    Field("first", _("First assessor"), origin=OWN),
                    Field("second", _("Second assessor"), origin=OWN),
                )
            ),
            Lines(
                "points",
                _("Items"),
                (
                    Field("item", _("Item"), origin=OWN),
                    Field("points", _("Points"), origin=OWN),
                    Field("evidence", _("How it is known"), origin=OWN),
                ),
                (6, 2, 12),
            ),
            Grid(
                (
                    Field("level", _("How guardianship stands"), wide=True, origin=OWN),
                    Field("level_reason", _("Why it is judged so"), wide=True, origin=OWN),
                    Field("child_opinion", _("What the child thinks"), wide=True, origin=OWN),
                    Field("objection", _("What the family objects"), wide=True, origin=OWN),
                    Field("objection_result", _("What came of it"), wide=True, origin=OWN),
                )
            ),
        ),
        signers=(_("First assessor"), _("Second assessor"), SUPERVISOR),
        one_of="capacities",
    )
)
