"""A child or guardian says that something on the file is wrong; it is answered (PIPL 46)."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.kernel.working_days import working_days_after
from tonghu.people.constants import CorrectionPart, CorrectionState
from tonghu.people.models import Child, CorrectionRequest, Person
from tonghu.people.rights import may_ask
from tonghu.people.rights_policy import CORRECTIONS

ANSWERED_WITHIN: Final = 15
"""Working days; the law says 'promptly', agencies' own rules mostly fifteen (decided)."""


class NotTheirs(Refused):
    """Whoever asks is neither the child nor a guardian who may know of the file."""


class SaidTooLittle(Refused):
    """What is wrong, what is right and why is said in words."""


class AnsweredAlready(Refused):
    """Somebody has answered it before."""


class NotAnswered(Refused):
    """It still waits; there is nothing to take up again."""


@operation("people.correction.asked")
@upholds("R60", says=gettext_lazy("a suspended guardian asks for no correction of that file"))
def ask_correction(
    *,
    child: Child,
    asked_by: Person,
    part: CorrectionPart,
    wrong: str,
    right: str,
    asked_on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Outcome[CorrectionRequest]:
    """Note what a child or guardian says is wrong; it is due fifteen working days later.

    :raises Refused: unless ``by`` may write the file.
    :raises NotTheirs: for a guardian who is suspended, and for everybody else.
    :raises SaidTooLittle: without what is wrong and what it should say.
    """
    CORRECTIONS.require(Action.WRITE, by, child, on=day(at))
    _require_theirs(child, asked_by, day(at))
    if not wrong.strip() or not right.strip():
        raise SaidTooLittle(_("Write what is wrong, and what it should say."))
    request = CorrectionRequest(
        agency_id=child.agency_id,
        child=child,
        asked_by=asked_by,
        asked_on=asked_on,
        part=part,
        wrong=wrong.strip(),
        right=right.strip(),
        due_on=working_days_after(asked_on, ANSWERED_WITHIN),
        noted_by=by.account,
        noted_at=at,
    )
    request.save(force_insert=True)
    return changed(request, {"part": (None, part)}, about=child.pk)


@operation("people.correction.answered")
def answer_correction(
    *,
    request: CorrectionRequest,
    accepted: bool,
    answer: str,
    by: Actor,
    at: dt.datetime,
) -> Outcome[CorrectionRequest]:
    """Say that it was corrected, on the page of that part, or why it stays as it is.

    :raises Refused: unless ``by`` works with the file or supervises it.
    :raises SaidTooLittle: without a reason.
    :raises AnsweredAlready: when somebody answered otherwise before.
    """
    CORRECTIONS.require(Action.APPROVE, by, request.child, on=day(at))
    if by.account is None:
        raise Forbidden(_("A named person decides this, not the program."))
    if not answer.strip():
        raise SaidTooLittle(_("Write the answer in a sentence: it is told to who asked."))
    state = CorrectionState.ACCEPTED if accepted else CorrectionState.DECLINED
    request = _locked(request)
    if request.state == state:
        return unchanged(request)
    if request.state != CorrectionState.OPEN:
        raise AnsweredAlready(
            _("This was answered before. Take it up again first, then answer it.")
        )
    changes = assign(
        request,
        state=state,
        answer=answer.strip(),
        answered_by=by.account,
        answered_at=at,
    )
    said = {"state": changes["state"]}
    return changed(request, said, reason=answer.strip(), about=request.child_id)


@operation("people.correction.reopened")
def reopen_correction(
    *, request: CorrectionRequest, by: Actor, at: dt.datetime
) -> Outcome[CorrectionRequest]:
    """Undo an answer: the request waits again, with the day on which it was due.

    :raises Refused: unless ``by`` works with the file or supervises it.
    :raises NotAnswered: when it waits.
    """
    CORRECTIONS.require(Action.APPROVE, by, request.child, on=day(at))
    request = _locked(request)
    if request.state == CorrectionState.OPEN:
        raise NotAnswered(_("This waits for an answer already. Nothing was changed."))
    changes = assign(
        request, state=CorrectionState.OPEN, answer="", answered_by=None, answered_at=None
    )
    return changed(request, {"state": changes["state"]}, about=request.child_id)


def _require_theirs(child: Child, asked_by: Person, on: dt.date) -> None:
    if asked_by.pk not in {one.pk for one in may_ask(child, on=on)}:
        raise NotTheirs(
            _(
                "The child asks, or a guardian whose rights are not suspended. Nothing was noted; "
                "whatever anybody says can be corrected by you, without a request."
            )
        )


def _locked(request: CorrectionRequest) -> CorrectionRequest:
    rows = CorrectionRequest.objects.unscoped("locked, the file's Rule was asked above")
    return rows.select_for_update().get(pk=request.pk)
