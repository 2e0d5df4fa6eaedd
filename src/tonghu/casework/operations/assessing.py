"""An assessment is written part by part, approved by another, and opens the planning."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor, system
from tonghu.access.sheets import Action
from tonghu.casework.assessing import newest_of, parts_of, what_is_missing
from tonghu.casework.constants import OPEN, CaseState, Decision, Need, PaperKind
from tonghu.casework.editions import ChangedMeanwhile
from tonghu.casework.models import AssessedNeed, Assessment, Case, Submission
from tonghu.casework.moving import NotInThisState, move
from tonghu.casework.operations.submitting import NotComplete, WithTheSupervisor
from tonghu.casework.policy import CASES_ASSESSED
from tonghu.casework.reviewing import KINDS, Reviewed
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Changes, Outcome, assign, changed, operation, unchanged
from tonghu.look.addresses import address

ASSESSED_IN = tuple(one for one in OPEN if one not in (CaseState.SCREENING, CaseState.CLOSING))
"""The states in which somebody assesses: first, and again whenever life changed."""
TEN = 10


class OutOfTen(Refused):
    """The number goes from 0 to 10."""


@dataclass(frozen=True)
class NeedSaid:
    """What is written of one part of a child's life."""

    facts: str = ""
    needed: str = ""
    strength: str = ""
    evidence: str = ""
    score: int | None = None


@dataclass(frozen=True)
class WholeSaid:
    """What is written of the whole: who told, what the child thinks, what it comes to."""

    informants: str = ""
    seen_alone: bool | None = None
    child_opinion: str = ""
    risk_factors: str = ""
    protective_factors: str = ""
    problems: str = ""
    summary: str = ""


@operation("casework.assessment.need_written")
@upholds("R28")
def write_need(
    *, case: Case, need: Need | str, said: NeedSaid, base: int, by: Actor, at: dt.datetime
) -> Outcome[AssessedNeed]:
    """Write down one part of a child's life; the first one begins the assessment.

    ``base`` is the version the page was opened with, 0 when nothing stood there.

    :raises Refused: unless ``by`` may assess the case.
    :raises NotInThisState: when the case is not one that is assessed.
    :raises WithTheSupervisor: while the supervisor has it.
    :raises ChangedMeanwhile: when somebody saved another text since; nothing is overwritten.
    :raises OutOfTen: when the number is not one from 0 to 10.
    """
    if said.score is not None and not 0 <= said.score <= TEN:
        raise OutOfTen(_("The number goes from 0 to 10. Correct it; nothing is lost."))
    assessment = _at_hand(case, by, at)
    rows = AssessedNeed.objects.unscoped("its Rule was asked above").select_for_update()
    row = rows.filter(assessment=assessment, need=need).first()
    words = _stripped(vars(said))
    if row is None:
        _require_base(0, base)
        row = AssessedNeed(
            agency_id=case.agency_id,
            assessment=assessment,
            need=need,
            changed_by=by.account,
            changed_at=at,
            **words,
        )
        row.save(force_insert=True)
        return changed(row, {"need": (None, need)}, about=case.child_id)
    if _says_so(row, words):
        return unchanged(row)
    _require_base(row.version, base)
    return changed(row, _written(row, words, by, at), about=case.child_id)


@operation("casework.assessment.described")
@upholds("R28")
def describe_whole(
    *, case: Case, said: WholeSaid, base: int, by: Actor, at: dt.datetime
) -> Outcome[Assessment]:
    """Write down who told, what the child thinks, what endangers and protects, and the summary.

    :raises Refused: unless ``by`` may assess the case.
    :raises NotInThisState: when the case is not one that is assessed.
    :raises WithTheSupervisor: while the supervisor has it.
    :raises ChangedMeanwhile: when somebody saved another text since; nothing is overwritten.
    """
    assessment = _at_hand(case, by, at)
    words = _stripped(vars(said))
    if assessment.version and _says_so(assessment, words):
        return unchanged(assessment)
    _require_base(assessment.version, base)
    return changed(assessment, _written(assessment, words, by, at), about=case.child_id)


@operation("casework.case.assessed")
@upholds("R28")
def finish_assessment(*, case: Case, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Go on to the plan: the assessment is approved and a person has judged the risk.

    :raises Refused: unless ``by`` may assess the case.
    :raises NotInThisState: when the case is not being assessed.
    :raises NotComplete: without an approved assessment or a level of risk.
    """
    assessment = newest_of(case)
    if assessment is None or assessment.approved_at is None:
        raise NotComplete(_("The assessment is not approved yet. Put it before the supervisor."))
    if not case.risk_level:
        raise NotComplete(_("Nobody has judged the risk yet. Judge it, then go on."))
    return changed(case, move(case, "assess", by=by, at=at), about=case.child_id)


def _at_hand(case: Case, by: Actor, at: dt.datetime) -> Assessment:
    """Return the assessment that is being written, a new one if none is."""
    CASES_ASSESSED.require(Action.WRITE, by, case, on=day(at))
    if case.state not in ASSESSED_IN:
        raise NotInThisState(
            _("The case is at “%(state)s”. It is assessed once it is taken on. Nothing is lost.")
            % {"state": case.get_state_display()}
        )
    rows = Assessment.objects.unscoped("its Rule was asked above").select_for_update()
    found = rows.filter(case=case, approved_at=None).first()
    if found is not None:
        _require_at_hand(found.pk)
        return found
    begun = Assessment(
        agency_id=case.agency_id,
        case=case,
        author=by.account,
        begun_on=day(at),
        changed_by=by.account,
        changed_at=at,
    )
    begun.save(force_insert=True)
    return begun


def _require_at_hand(paper: UUID) -> None:
    waiting = Submission.objects.unscoped("its Rule was asked above")
    if waiting.filter(paper=paper, decision="").exists():
        raise WithTheSupervisor(
            _("The supervisor has it. Wait for the answer; your text stays on this page.")
        )


def _require_base(now: int, base: int) -> None:
    if now != base:
        raise ChangedMeanwhile(
            _("Somebody saved another text meanwhile. Both stand here; yours is not saved yet.")
        )


def _written(
    row: Assessment | AssessedNeed, words: dict[str, object], by: Actor, at: dt.datetime
) -> Changes:
    return assign(row, **words, version=row.version + 1, changed_by=by.account, changed_at=at)


def _says_so(row: Assessment | AssessedNeed, words: dict[str, object]) -> bool:
    return all(getattr(row, name) == value for name, value in words.items())


def _stripped(said: dict[str, object]) -> dict[str, object]:
    return {key: one.strip() if isinstance(one, str) else one for key, one in said.items()}


def _load(pk: UUID) -> Assessment:
    rows = Assessment.objects.unscoped("the operation asks its Rule")
    return rows.select_related("case__child__person").get(pk=pk)


def _decided(paper: Assessment, submission: Submission, by: Actor, at: dt.datetime) -> None:
    """Let an approved assessment stand; the case goes on to the plan, by the program."""
    if submission.decision != Decision.APPROVED:
        return
    paper.approved_at = at
    paper.save(update_fields=["approved_at"])
    case = paper.case
    if case.state == CaseState.ASSESSMENT and case.risk_level:
        finish_assessment(case=case, by=system(case.agency_id), at=at)


def _missing(paper: Assessment) -> list[str | Promise]:
    return [one.words for one in what_is_missing(paper)]


KINDS.register(
    PaperKind.ASSESSMENT,
    Reviewed(
        key=PaperKind.ASSESSMENT,
        sheet=CASES_ASSESSED,
        load=_load,
        parts=parts_of,
        missing=_missing,
        decided=_decided,
        address=lambda paper: address("assessment", paper.case_id),
    ),
)
