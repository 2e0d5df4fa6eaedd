"""Questions about assessments: what stands there, what is missing, what it says part by part."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.constants import Need
from tonghu.casework.models import AssessedNeed, Assessment, Case, InstrumentScore
from tonghu.casework.policy import ASSESSMENTS
from tonghu.casework.reviewing import Part

NEED_TEXTS = ("facts", "needed", "strength", "evidence")
WHOLE_TEXTS = (
    "informants",
    "child_opinion",
    "risk_factors",
    "protective_factors",
    "problems",
    "summary",
)
ALONE = {
    True: gettext_lazy("The child was talked with alone."),
    False: gettext_lazy("The child was not talked with alone."),
}


@dataclass(frozen=True)
class Missing:
    """One thing an assessment lacks: in words, and on which page it is put right."""

    words: str | Promise
    page: str


def assessments_of(case: Case, by: Actor, *, on: dt.date) -> "QuerySet[Assessment]":
    """Return the assessments of a case, the newest first, for screens and for paper."""
    rows = Assessment.objects.filter(case=case).select_related("author", "changed_by")
    return ASSESSMENTS.rows(Action.READ, rows, by, on=on).order_by("-begun_on", "-id")


def newest_of(case: Case) -> Assessment | None:
    """Return the assessment of a case that counts; whoever asks has asked the case's Rule."""
    rows = Assessment.objects.unscoped("of a case that was found under its Rule")
    return rows.filter(case=case).order_by("-begun_on", "-id").first()


def needs_of(assessment: Assessment) -> dict[str, AssessedNeed]:
    """Return what was written by part of life; the assessment was found under its Rule."""
    rows = AssessedNeed.objects.unscoped("of an assessment that was found under its Rule")
    found = {one.need: one for one in rows.filter(assessment=assessment)}
    return {need: found[need] for need in Need.values if need in found}


def what_is_missing(paper: Assessment) -> list[Missing]:
    """Say in words what an assessment lacks before a supervisor sees it; nothing is judged."""
    needs = needs_of(paper).values()
    lacking = (
        (not paper.informants, gettext_lazy("nobody is named who told;"), "assessment-whole"),
        (
            paper.seen_alone is None,
            gettext_lazy("not said whether the child was talked with alone;"),
            "assessment-whole",
        ),
        (
            not paper.child_opinion,
            gettext_lazy("no child’s opinion yet, nor why there is none;"),
            "assessment-whole",
        ),
        (not paper.summary, gettext_lazy("no summary yet;"), "assessment-whole"),
        (
            not any(one.facts or one.needed for one in needs),
            gettext_lazy("no part of life is written yet;"),
            "assessment",
        ),
        (not paper.case.risk_level, gettext_lazy("nobody has judged the risk;"), "risk-new"),
    )
    return [Missing(words, page) for lacks, words, page in lacking if lacks]


def parts_of(paper: Assessment) -> list[Part]:
    """Return what an assessment says, part by part, as it is read, compared and printed."""
    whole = [
        Part(name, _label(paper, name), getattr(paper, name))
        for name in WHOLE_TEXTS
        if getattr(paper, name)
    ]
    if paper.seen_alone is not None:
        alone = _label(paper, "seen_alone")
        whole.insert(1, Part("seen_alone", alone, str(ALONE[paper.seen_alone])))
    of_needs = [Part(one.need, one.get_need_display(), _text(one)) for one in _written(paper)]
    return [*whole, *of_needs]


def _label(row: Assessment | AssessedNeed, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _written(paper: Assessment) -> list[AssessedNeed]:
    return [one for one in needs_of(paper).values() if _text(one)]


def _text(one: AssessedNeed) -> str:
    lines = [
        _("%(label)s: %(text)s") % {"label": _label(one, name), "text": getattr(one, name)}
        for name in NEED_TEXTS
        if getattr(one, name)
    ]
    if one.score is not None:
        lines.append(_("%(score)s of 10") % {"score": one.score})
    return "\n".join(lines)


def scores_of(case: Case, by: Actor, *, on: dt.date) -> "QuerySet[InstrumentScore]":
    """Return the scores typed in for a case, the newest first."""
    rows = InstrumentScore.objects.filter(case=case).select_related("entered_by")
    return ASSESSMENTS.rows(Action.READ, rows, by, on=on).order_by("-on", "-id")


def draft_of(case: Case) -> Assessment | None:
    """Return the assessment that is being written; whoever asks has asked the case's Rule."""
    rows = Assessment.objects.unscoped("of a case that was found under its Rule")
    return rows.filter(case=case, approved_at=None).first()
