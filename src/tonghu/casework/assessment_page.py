"""The assessment of a case as its page shows it: what stands there, what is asked, what lacks."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action, Answer
from tonghu.casework.assessing import (
    Missing,
    assessments_of,
    needs_of,
    parts_of,
    scores_of,
    what_is_missing,
)
from tonghu.casework.constants import Decision, Need
from tonghu.casework.instruments import BANDS, name_of
from tonghu.casework.models import AssessedNeed, Assessment, Case, InstrumentScore
from tonghu.casework.policy import CASES_ASSESSED
from tonghu.casework.questions import questions_for
from tonghu.casework.reading import Read, last_word
from tonghu.casework.reviewing import Part


@dataclass(frozen=True)
class Line:
    """One part of life: whether it is written, and what may be asked."""

    need: str
    name: str | Promise
    row: AssessedNeed | None
    questions: list[str]

    @property
    def is_written(self) -> bool:
        """Tell whether anything stands there."""
        return self.row is not None


@dataclass(frozen=True)
class Scored:
    """A score with what it is called and the range it falls into, in words."""

    row: InstrumentScore
    name: str
    band: str | Promise


@dataclass(frozen=True)
class Earlier:
    """An assessment that was approved, as it reads."""

    paper: Assessment
    parts: list[Part]


@dataclass(frozen=True)
class Page:
    """All that the page shows."""

    paper: Assessment | None
    lines: list[Line]
    missing: list[Missing]
    last: Read | None
    may_write: bool
    scores: list[Scored]
    earlier: list[Earlier]
    parts: list[Part] = field(default_factory=list)

    @property
    def written(self) -> int:
        """Return how many parts of life are written."""
        return sum(one.is_written for one in self.lines)

    @property
    def is_waiting(self) -> bool:
        """Tell whether the supervisor has it."""
        return self.last is not None and not self.last.submission.decision

    @property
    def is_returned(self) -> bool:
        """Tell whether it came back and was not handed in again."""
        return self.last is not None and self.last.submission.decision == Decision.RETURNED


def assessment_page(case: Case, by: Actor, *, on: dt.date) -> Page:
    """Return what the page of an assessment shows to this reader."""
    papers = list(assessments_of(case, by, on=on))
    paper = next((one for one in papers if one.approved_at is None), None)
    if paper is not None:
        paper.case = case
    last = last_word(paper.pk, case, by, on=on) if paper else None
    may_write = CASES_ASSESSED.judge(Action.WRITE, by, case, on=on) is Answer.ALLOW
    return Page(
        paper=paper,
        lines=list(_lines(paper, case, by, on)),
        missing=what_is_missing(paper) if paper else [],
        last=last,
        may_write=may_write and not (last and not last.submission.decision),
        scores=list(_scored(case, by, on)),
        earlier=[Earlier(one, parts_of(one)) for one in papers if one.approved_at],
        parts=parts_of(paper) if paper else [],
    )


def _lines(paper: Assessment | None, case: Case, by: Actor, on: dt.date) -> Iterator[Line]:
    needs = needs_of(paper) if paper else {}
    asked = questions_for(case.child, by, on=on)
    for need in Need:
        yield Line(need.value, need.label, needs.get(need), asked.get(need, []))


def _scored(case: Case, by: Actor, on: dt.date) -> Iterator[Scored]:
    for row in scores_of(case, by, on=on):
        yield Scored(row, name_of(row.instrument), BANDS.get(row.band, ""))
