"""Who may ask about a child's file, until when it is answered, and what is open on it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.constants import ProposalState
from tonghu.access.models import Proposal
from tonghu.access.sheets import Action, Answer, Sheet
from tonghu.kernel.errors import Hidden
from tonghu.kernel.law import upholds
from tonghu.people.ages import CONSENT, MINORITY, Birth
from tonghu.people.constants import CorrectionState
from tonghu.people.guardians import guardians_who_may_know
from tonghu.people.models import Child, CorrectionRequest, Erasure, LegalHold, Person
from tonghu.people.numbers import shown
from tonghu.people.policy import CHILDREN
from tonghu.people.rights_policy import CORRECTIONS, ERASING, ERASURES, HOLDS

ERASED = "people.child.erased"
"""The act of two persons that erases a file."""


def may_ask(child: Child, *, on: dt.date) -> list[Person]:
    """Return the child and the guardians whose rights are not suspended (R60, PIPL 31, 46)."""
    guardians = [one.guardian for one in guardians_who_may_know(child, on=on)]
    return list({one.pk: one for one in (child.person, *guardians)}.values())


@upholds("R60", "R88", says=_("a copy of the file goes to the child or an unsuspended guardian"))
def may_have_the_file(child: Child, *, on: dt.date) -> list[Person]:
    """Return who may be given a copy of the whole file on the day (PIPL 31, 45).

    The child from 14 on, where the birth date leaves no doubt; until it is surely of age the
    guardians whose rights are not suspended. The caller asked the file's Rule.
    """
    birth = Birth.known(child.person.born_on, child.person.precision)
    is_old_enough = birth is not None and birth.is_under(CONSENT, on) is False
    is_of_age = birth is not None and birth.is_under(MINORITY, on) is False
    guardians = [] if is_of_age else [one.guardian for one in guardians_who_may_know(child, on=on)]
    people = [*([child.person] if is_old_enough else []), *guardians]
    return list({one.pk: one for one in people}.values())


@dataclass(frozen=True)
class Rights:
    """What stands on the page of a child's rights, and what this person may do there."""

    requests: list[CorrectionRequest]
    holds: list[LegalHold]
    may_note: bool
    may_answer: bool
    may_hold: bool
    may_lift: bool
    may_erase: bool
    is_proposed: bool
    may_copy: bool


def rights_of(child: Child, by: Actor, *, on: dt.date) -> Rights:
    """Return what was asked for and what keeps the file; each part asks its Rule."""
    file = Child.objects.filter(pk=child.pk)

    def may(sheet: Sheet, action: Action) -> bool:
        return sheet.rows(action, file, by, on=on).exists()

    requests = CorrectionRequest.objects.unscoped("the file's Rule is asked beside it")
    holds = LegalHold.objects.unscoped("the file's Rule is asked beside it")
    shows = may(CORRECTIONS, Action.READ), may(HOLDS, Action.READ)
    asked = requests.filter(child=child).select_related("asked_by", "answered_by")
    held = holds.filter(child=child).select_related("placed_by")
    return Rights(
        list(asked.order_by("state", "-asked_on", "-pk")) if shows[0] else [],
        list(held.order_by("-from_on", "-pk")) if shows[1] else [],
        may(CORRECTIONS, Action.WRITE),
        may(CORRECTIONS, Action.APPROVE),
        may(HOLDS, Action.WRITE),
        may(HOLDS, Action.APPROVE),
        may(ERASING, Action.WRITE),
        may(ERASING, Action.WRITE) and _is_proposed(child),
        CHILDREN.judge(Action.EXPORT, by, child, on=on) in (Answer.ALLOW, Answer.REASON),
    )


def _is_proposed(child: Child) -> bool:
    rows = Proposal.objects.unscoped("the Rule of erasing was asked above")
    rows = rows.filter(act=ERASED, subject_id=child.pk, state=ProposalState.WAITING)
    return rows.exists()


def request_for(child: Child, pk: UUID, by: Actor, *, on: dt.date) -> CorrectionRequest:
    """Return one request about a child's file, to be answered.

    :raises Hidden: when the file has none such for this person.
    :raises Forbidden: when she may find the file, but not answer.
    """
    CORRECTIONS.require(Action.APPROVE, by, child, on=on)
    rows = CorrectionRequest.objects.unscoped("the file's Rule was asked above")
    found = rows.filter(pk=pk, child=child).select_related("child__person", "asked_by").first()
    if found is None:
        raise Hidden
    return found


def hold_for(child: Child, pk: UUID, by: Actor, *, on: dt.date) -> LegalHold:
    """Return one hold on a child's file, to be lifted.

    :raises Hidden: when the file has none such for this person.
    :raises Forbidden: when she may find the file, but not lift it.
    """
    HOLDS.require(Action.APPROVE, by, child, on=on)
    rows = LegalHold.objects.unscoped("the file's Rule was asked above")
    found = rows.filter(pk=pk, child=child).select_related("child__person").first()
    if found is None:
        raise Hidden
    return found


def open_requests_for(by: Actor, *, on: dt.date) -> "QuerySet[CorrectionRequest]":
    """Return the requests that wait for an answer on files the actor may write, due first."""
    files = CORRECTIONS.rows(Action.WRITE, Child.objects.filter(merged_into=None), by, on=on)
    rows = CorrectionRequest.objects.unscoped("of files the actor may write, asked above")
    rows = rows.filter(state=CorrectionState.OPEN, child__in=files.values("pk"))
    return rows.select_related("child__person").order_by("due_on", "pk")


def erasures_for(by: Actor, *, on: dt.date) -> "QuerySet[Erasure]":
    """Return the erasures this person may know of, those that wait first."""
    rows = ERASURES.rows(Action.READ, Erasure.objects.all(), by, on=on)
    rows = rows.select_related("proposed_by", "confirmed_by", "stopped_by")
    return rows.order_by("-state", "-confirmed_at", "-pk")


def number_of(erasure: Erasure) -> str:
    """Return the number of the file that waits to be erased, or nothing once it is."""
    rows = Child.objects.unscoped("of an erasure this person may know of")
    found = rows.filter(pk=erasure.file).values_list("number", flat=True).first()
    return shown(found) if found else ""


def waiting_erasure(pk: UUID, by: Actor, *, on: dt.date) -> Erasure:
    """Return one erasure, to be stopped.

    :raises Hidden: when this person may not know of it.
    :raises Forbidden: when she may not stop it.
    """
    return ERASURES.get(Action.WRITE, Erasure.objects.all(), by, pk, on=on)
