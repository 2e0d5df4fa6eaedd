"""Who said yes, to what, until when: the state of each purpose on a day, from one question.

Under 14 a guardian answers (PIPL 31), from 14 to 17 the child and a guardian, as practice has it,
from 18 on the child alone. The age is that of the day asked about. Where the birth date does not
tell, the stricter holds. The child is asked at any age: where nothing but a picture, a
publication or a study is at stake, its no is enough.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.attachments.constants import AttachmentKind
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.people.ages import CONSENT, MINORITY, Birth
from tonghu.people.constants import ChildView, ConsentAnswer, ConsentKind
from tonghu.people.guardians import guardians_who_may_know, guardianships_of
from tonghu.people.models import Child, Consent, GuardianSuspension

PURPOSES = tuple(kind for kind in ConsentKind if kind is not ConsentKind.NONE_LEGAL_DUTY)
CHILD_DECIDES = (ConsentKind.PHOTO, ConsentKind.PUBLISH, ConsentKind.RESEARCH)
"""Purposes that serve others: here a child's no counts at any age."""


class ConsentMissing(Refused):
    """What is to be done needs a consent that is not there; says what is missing, and whose."""


class Side(StrEnum):
    """Whose answer it is."""

    GUARDIAN = "guardian"
    CHILD = "child"


class State(StrEnum):
    """How a purpose stands on a day."""

    ALLOWED = "allowed"
    LEGAL_DUTY = "legal_duty"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    MISSING = "missing"
    UNCLEAR = "unclear"


BOTH = (Side.GUARDIAN, Side.CHILD)
OF_ONE_SIDE = (State.REFUSED, State.WITHDRAWN, State.ALLOWED, State.EXPIRED)
"""Which of several answers of one side holds: one guardian's no is not undone by another's yes."""
OF_ALL_SIDES = (State.REFUSED, State.WITHDRAWN, State.MISSING, State.EXPIRED)


@dataclass(frozen=True)
class Standing:
    """How a purpose stands on a day, whose answers that takes, and whose are in the way.

    ``answers`` are the last ones of each person who was asked and counts, the newest first.
    """

    purpose: ConsentKind
    state: State
    takes: tuple[Side, ...]
    whose: tuple[Side, ...] = ()
    until: dt.date | None = None
    answers: tuple[Consent, ...] = ()

    @property
    def is_allowed(self) -> bool:
        """Tell whether it may be done on the day."""
        return self.state in (State.ALLOWED, State.LEGAL_DUTY)


def takes_whose(birth: Birth | None, on: dt.date) -> tuple[tuple[Side, ...], bool]:
    """Return whose answers the age of the day asks for, and whether the age is certain."""
    if birth is None:
        return BOTH, False
    is_minor, is_small = birth.is_under(MINORITY, on), birth.is_under(CONSENT, on)
    if is_minor is False:
        return (Side.CHILD,), True
    if is_small is True:
        return (Side.GUARDIAN,), True
    return BOTH, is_small is False and is_minor is True


def standings_of(
    child: Child, *, on: dt.date, purposes: Sequence[ConsentKind] = PURPOSES
) -> list[Standing]:
    """Return how purposes stand on a day; the caller asked the file's Rule."""
    given: dict[str, list[Consent]] = {one: [] for one in purposes}
    for row in _answers(child, on).filter(purpose__in=purposes):
        given[row.purpose].append(row)
    birth = Birth.known(child.person.born_on, child.person.precision)
    return [_standing(child, one, given[one], birth, on) for one in purposes]


def standing_of(child: Child, purpose: ConsentKind, on: dt.date) -> Standing:
    """Return how one purpose stands on a day; the caller asked the file's Rule."""
    return standings_of(child, on=on, purposes=[purpose])[0]


@upholds(
    "R61", says=gettext_lazy("what takes a consent is refused at the operation where there is none")
)
def require_consent(child: Child, purpose: ConsentKind, on: dt.date) -> None:
    """Refuse what takes a consent that is not there on the day.

    Whoever photographs, shares, publishes, studies or refers calls this inside the operation.
    The service itself waits for no consent, nor does a report: for ``SERVICE`` nothing is refused.

    :raises ConsentMissing: with what is missing, and whose.
    """
    if purpose is ConsentKind.SERVICE:
        return
    standing = standing_of(child, purpose, on)
    if standing.is_allowed:
        return
    words = _(
        "“%(purpose)s” is not agreed to. %(why)s Nothing was done and nothing is lost. Ask, and "
        "record the answer under “Who agreed to what” on the child's page."
    )
    nobody = Side.GUARDIAN in standing.whose and not guardians_who_may_know(child, on=on)
    why = NOBODY_TO_ASK if nobody else sentence(standing)
    raise ConsentMissing(words % {"purpose": purpose.label, "why": why})


def photo_needs_consent(
    *, thing: Child, kind: AttachmentKind, happened_on: dt.date, by: Actor, at: dt.datetime
) -> None:
    """Refuse a photo of a child whom nobody has agreed to have photographed on that day.

    :raises ConsentMissing: with what is missing, and whose.
    """
    if kind is AttachmentKind.PHOTO:
        require_consent(thing, ConsentKind.PHOTO, happened_on)


NOBODY_TO_ASK = gettext_lazy(
    "No guardian can be asked: none is known, or their rights are suspended. Ask the other "
    "guardian or civil affairs, or record the duty of the law."
)
SENTENCES = {
    (State.MISSING, (Side.GUARDIAN,)): gettext_lazy("The guardian has not been asked."),
    (State.MISSING, (Side.CHILD,)): gettext_lazy(
        "The child has not been asked, who answers from 14 on."
    ),
    (State.MISSING, BOTH): gettext_lazy("Guardian and child have not been asked."),
    (State.REFUSED, (Side.GUARDIAN,)): gettext_lazy("The guardian said no."),
    (State.REFUSED, (Side.CHILD,)): gettext_lazy("The child does not want it."),
    (State.REFUSED, BOTH): gettext_lazy("Guardian and child said no."),
}
OF_A_STATE = {
    State.ALLOWED: gettext_lazy("Agreed to."),
    State.LEGAL_DUTY: gettext_lazy("The law asks for no consent here."),
    State.WITHDRAWN: gettext_lazy("The consent was taken back."),
    State.EXPIRED: gettext_lazy("The consent has run out."),
    State.UNCLEAR: gettext_lazy(
        "The age is not known exactly: guardian and child are both asked, and an answer is missing."
    ),
}


def sentence(standing: Standing) -> str:
    """Return in one sentence how a purpose stands."""
    return str(SENTENCES.get((standing.state, standing.whose)) or OF_A_STATE[standing.state])


def answers_ever(child: Child) -> list[Consent]:
    """Return all answers on a file, the newest first; the caller asked the file's Rule."""
    rows = Consent.objects.unscoped("the caller asked the file's Rule").filter(child=child)
    rows = rows.select_related("giver", "recorded_by")
    return list(rows.order_by("-given_on", "-recorded_at", "-id"))


def _answers(child: Child, on: dt.date) -> "QuerySet[Consent]":
    """Return what was answered up to the day, each with whether its giver counts on it."""
    rows = Consent.objects.unscoped("the caller asked the file's Rule")
    suspended = GuardianSuspension.objects.unscoped("the caller asked the file's Rule")
    return (
        rows.filter(child=child, given_on__lte=on)
        .annotate(
            is_guardian=Exists(guardianships_of(child, on=on).filter(guardian=OuterRef("giver"))),
            is_suspended=Exists(
                suspended.filter(in_force(on), child=child, guardian=OuterRef("giver"))
            ),
        )
        .select_related("giver", "recorded_by", "withdrawn_by")
        .order_by("-given_on", "-recorded_at", "-id")
    )


def _standing(
    child: Child, purpose: ConsentKind, rows: list[Consent], birth: Birth | None, on: dt.date
) -> Standing:
    takes, is_certain = takes_whose(birth, on)
    duty = next((row for row in rows if _is_duty(row, on)), None)
    if duty:
        return Standing(purpose, State.LEGAL_DUTY, takes, until=duty.expires_on, answers=(duty,))
    sides = {
        Side.GUARDIAN: _last_of_each(row for row in rows if _is_of_guardian(row, child)),
        Side.CHILD: _last_of_each(row for row in rows if _is_of_child(row, child, birth)),
    }
    answers = tuple(row for side in takes for row in sides[side])
    said = {side: _of_one_side(sides[side], on) for side in takes}
    if purpose in CHILD_DECIDES and _does_not_want(rows):
        said[Side.CHILD] = State.REFUSED
        answers = answers or tuple(rows[:1])
    state = next((one for one in OF_ALL_SIDES if one in said.values()), State.ALLOWED)
    if state is State.ALLOWED:
        ends = [row.expires_on for row in answers if row.expires_on and _of(row, on) is state]
        return Standing(purpose, state, takes, until=min(ends, default=None), answers=answers)
    whose = tuple(side for side in BOTH if _is_in_the_way(said.get(side), state))
    if state is State.MISSING and not is_certain:
        state = State.UNCLEAR
    return Standing(purpose, state, takes, whose=whose, answers=answers)


def _is_in_the_way(said: State | None, state: State) -> bool:
    if state is State.MISSING:
        return said in (State.MISSING, State.EXPIRED)
    return said is state


def _is_duty(row: Consent, on: dt.date) -> bool:
    holds = row.expires_on is None or row.expires_on >= on
    return row.answer == ConsentAnswer.NOT_NEEDED and holds


def _is_of_guardian(row: Consent, child: Child) -> bool:
    counts = row.is_guardian and not row.is_suspended  # type: ignore[attr-defined]
    return bool(counts) and row.giver_id != child.pk


def _is_of_child(row: Consent, child: Child, birth: Birth | None) -> bool:
    """Tell whether it is the child's own answer, given at an age at which it counts."""
    too_young = birth is not None and birth.is_under(CONSENT, row.given_on) is True
    return row.giver_id == child.pk and not too_young


def _does_not_want(rows: list[Consent]) -> bool:
    """Tell what the child said last, in whosever answer it was written down."""
    view = next((row.child_view for row in rows if row.child_view), "")
    return view == ChildView.UNWILLING


def _last_of_each(rows: Iterable[Consent]) -> list[Consent]:
    last: dict[object, Consent] = {}
    for row in rows:
        last.setdefault(row.giver_id, row)
    return list(last.values())


def _of_one_side(rows: list[Consent], on: dt.date) -> State:
    said = {_of(row, on) for row in rows}
    return next((one for one in OF_ONE_SIDE if one in said), State.MISSING)


def _of(row: Consent, on: dt.date) -> State:
    if row.answer == ConsentAnswer.NO:
        return State.REFUSED
    if row.withdrawn_on and row.withdrawn_on <= on:
        return State.WITHDRAWN
    if row.expires_on and row.expires_on < on:
        return State.EXPIRED
    return State.ALLOWED
