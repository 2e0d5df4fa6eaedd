"""A paper goes to the supervisor, comes back or is approved; never by who wrote it (R38)."""

import datetime as dt
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.constants import Decision
from tonghu.casework.models import Case, MarginNote, Submission
from tonghu.casework.moving import ReasonMissing
from tonghu.casework.reviewing import KINDS, Reviewed, as_text
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation, unchanged


class NotComplete(Refused):
    """Something is missing that the paper needs before it is approved."""


class WithTheSupervisor(Refused):
    """The paper waits for a decision already."""


class Decided(Refused):
    """The decision has fallen."""


@operation("casework.paper.submitted")
def submit(*, case: Case, kind: str, paper: Any, by: Actor, at: dt.datetime) -> Outcome[Submission]:
    """Put a paper before the supervisor as it is now; the text is kept for comparison.

    :raises Refused: unless ``by`` may write the class of paper.
    :raises NotComplete: with what is missing, in words.
    :raises WithTheSupervisor: when it waits for a decision already.
    """
    known = KINDS[kind]
    known.sheet.require(Action.WRITE, by, case, on=day(at))
    if missing := known.missing(paper):
        said = " ".join(str(one) for one in missing)
        raise NotComplete(_("Before it goes to the supervisor: %(what)s") % {"what": said})
    rows = Submission.objects.unscoped("its Rule was asked above").filter(paper=paper.pk)
    if rows.filter(decision="").exists():
        raise WithTheSupervisor(_("This is with the supervisor already."))
    newest = rows.aggregate(newest=Max("version"))["newest"] or 0
    _settle_notes(paper, at)
    submission = Submission(
        agency_id=case.agency_id,
        case=case,
        kind=kind,
        paper=paper.pk,
        version=newest + 1,
        content=as_text(known.parts(paper)),
        submitted_by=by.account,
        submitted_at=at,
    )
    submission.save(force_insert=True)
    return changed(submission, {"version": (None, submission.version)}, about=case.child_id)


@operation("casework.paper.commented")
@upholds("R38")
def comment(
    *, submission: Submission, part: str, words: str, by: Actor, at: dt.datetime
) -> Outcome[MarginNote]:
    """Write beside one part of a paper what is to be thought of.

    :raises Refused: unless ``by`` decides about it.
    :raises ReasonMissing: without words.
    """
    _require_to_decide(submission, by, at)
    if not words.strip():
        raise ReasonMissing(_("Write the comment. Nothing is lost."))
    note = MarginNote(
        agency_id=submission.agency_id,
        submission=submission,
        part=part,
        words=words.strip(),
        by=by.account,
        at=at,
    )
    note.save(force_insert=True)
    return changed(note, about=submission.case.child_id)


@operation("casework.paper.approved")
@upholds("R28", "R29", "R38")
def approve(*, submission: Submission, by: Actor, at: dt.datetime) -> Outcome[Submission]:
    """Approve a paper as it was submitted.

    :raises Forbidden: to who wrote it, whoever she is.
    :raises Decided: when the decision has fallen.
    """
    if submission.decision == Decision.APPROVED and submission.decided_by_id == by.account_id:
        return unchanged(submission)
    known, paper = _require_to_decide(submission, by, at)
    _decide(submission, Decision.APPROVED, "", by, at)
    known.decided(paper, submission, by, at)
    return changed(submission, {"decision": ("", "approved")}, about=submission.case.child_id)


@operation("casework.paper.returned")
@upholds("R38")
def give_back(
    *, submission: Submission, reason: str, by: Actor, at: dt.datetime
) -> Outcome[Submission]:
    """Return a paper with what is to be changed; nothing of it is lost.

    :raises ReasonMissing: without a sentence, unless there are notes in the margin.
    :raises Forbidden: to who wrote it.
    :raises Decided: when the decision has fallen.
    """
    known, paper = _require_to_decide(submission, by, at)
    notes = MarginNote.objects.unscoped("its Rule was asked above").filter(submission=submission)
    if not reason.strip() and notes.exists():
        reason = _("See the comments in the margin.")
    if not reason.strip():
        raise ReasonMissing(_("Write in a sentence what is to be changed. Nothing is lost."))
    _decide(submission, Decision.RETURNED, reason.strip(), by, at)
    known.decided(paper, submission, by, at)
    return changed(
        submission, {"decision": ("", "returned")}, reason=reason, about=submission.case.child_id
    )


def _require_to_decide(submission: Submission, by: Actor, at: dt.datetime) -> tuple[Reviewed, Any]:
    known = KINDS[submission.kind]
    known.sheet.require(Action.APPROVE, by, submission.case, on=day(at))
    if submission.submitted_by_id is not None and submission.submitted_by_id == by.account_id:
        raise Forbidden(_("You wrote this; the approval is somebody else's (R38)."))
    if submission.decision:
        raise Decided(_("The decision has fallen already. Nothing changed."))
    return known, known.load(submission.paper)


def _decide(
    submission: Submission, decision: Decision, reason: str, by: Actor, at: dt.datetime
) -> None:
    submission.decision = decision
    submission.decided_by = by.account
    submission.decided_at = at
    submission.reason = reason
    submission.save(update_fields=["decision", "decided_by", "decided_at", "reason"])


def _settle_notes(paper: Any, at: dt.datetime) -> None:
    notes = MarginNote.objects.unscoped("the paper's Rule was asked by the operation")
    notes.filter(submission__paper=paper.pk, settled_at=None).update(settled_at=at)
