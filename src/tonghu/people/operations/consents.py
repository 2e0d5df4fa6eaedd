"""Asking child and guardian, writing down what they answer, and letting them take it back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Changes, Outcome, assign, changed, operation, unchanged
from tonghu.people.ages import CONSENT, MINORITY, Birth
from tonghu.people.constants import (
    ChildView,
    ConsentAnswer,
    ConsentKind,
    ConsentLanguage,
    ConsentWay,
    LegalBasis,
)
from tonghu.people.guardians import guardianships_of, suspensions_of
from tonghu.people.models import Child, Consent, Person
from tonghu.people.models.consents import BEYOND_LAW
from tonghu.people.policy import CONSENTS
from tonghu.people.readout import TEXT_VERSION

YES = ConsentAnswer.YES
OWN_VIEW = {YES: ChildView.WILLING, ConsentAnswer.NO: ChildView.UNWILLING}
"""What the child's own answer says of how it stands to it."""


class NothingAsked(Refused):
    """An answer is to a purpose."""


class NotYet(Refused):
    """An answer that has not been given cannot be written down."""


class OutOfOrder(Refused):
    """A consent does not end before it begins, nor is it taken back before it was given."""


class ChildNotAsked(Refused):
    """The child is asked at any age, and what it said stands beside the answer."""


class AnswersForItself(Refused):
    """Too young to answer alone, or of age and nobody else's to answer for."""


class NotAGuardian(Refused):
    """Who answers for a child is its guardian on the day."""


class GuardianSuspended(Refused):
    """A guardian whose rights are suspended answers neither yes nor no."""


class NotByLaw(Refused):
    """The law obliges nobody to publish a child or to study it."""


class NothingToTakeBack(Refused):
    """Only a yes that stands is taken back."""


@operation("people.consent.recorded")
@upholds("R61")
def record_answers(
    *,
    child: Child,
    answers: Mapping[ConsentKind, ConsentAnswer],
    giver: Person,
    way: ConsentWay,
    language: ConsentLanguage,
    child_words: str,
    child_view: ChildView | str = "",
    limits: str = "",
    evidence: str = "",
    given_on: dt.date,
    expires_on: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Consent]:
    """Write down what a guardian or the child answered in one talk, purpose by purpose.

    A no is an answer too. The last answer of each person counts. No service waits for it.

    :raises Refused: unless ``by`` may write the file, and where the answer could not count: see
        the refusals of this module.
    """
    CONSENTS.require(Action.WRITE, by, child, on=day(at))
    _require_in_order(given_on, expires_on, day(at))
    _require_may_answer(child, giver, given_on, day(at))
    _require_was_asked(answers, child_words)
    shared = {"giver": giver, "way": way, "language": language, "given_on": given_on}
    shared |= {"child_words": child_words.strip(), "evidence": evidence.strip()}
    of_yes = {"limits": limits.strip() or None, "expires_on": expires_on}
    rows = []
    for purpose, said in answers.items():
        row = _answer(child, purpose, said, shared, by, at, **(of_yes if said == YES else {}))
        row.child_view = child_view if giver.pk != child.pk else OWN_VIEW[said]
        rows.append(row)
    Consent.objects.bulk_create(rows)
    return changed(rows[0], _told(answers), about=child.pk)


@operation("people.legal_duty.noted")
@upholds("R61")
def note_legal_duty(
    *,
    child: Child,
    purposes: Sequence[ConsentKind],
    basis: LegalBasis,
    reason: str,
    evidence: str = "",
    given_on: dt.date,
    expires_on: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Consent]:
    """Note that the law asks nobody: a report of harm, temporary guardianship, a court.

    :raises Refused: unless ``by`` may write the file; without a purpose or a reason.
    :raises NotByLaw: for publication and research.
    """
    CONSENTS.require(Action.WRITE, by, child, on=day(at))
    if not purposes:
        raise NothingAsked(_("Say what the duty covers. Nothing was saved."))
    if set(purposes) & set(BEYOND_LAW):
        raise NotByLaw(_("No law obliges you to publish or study a child. Ask for consent."))
    if not reason.strip():
        raise NothingAsked(_("Write in a sentence what the duty is. Nothing was saved."))
    _require_in_order(given_on, expires_on, day(at))
    shared = {
        "basis": basis,
        "limits": reason.strip(),
        "evidence": evidence.strip(),
        "given_on": given_on,
        "expires_on": expires_on,
    }
    rows = [_answer(child, one, ConsentAnswer.NOT_NEEDED, shared, by, at) for one in purposes]
    Consent.objects.bulk_create(rows)
    return changed(rows[0], _told(dict.fromkeys(purposes, basis)), about=child.pk)


@operation("people.legal_duty.ended")
def end_legal_duty(
    *, consent: Consent, until_on: dt.date, by: Actor, at: dt.datetime
) -> Outcome[Consent]:
    """Say until which day the law asked for no consent.

    :raises Refused: unless ``by`` may write the file.
    :raises NothingToTakeBack: for what rests on no duty of the law.
    """
    CONSENTS.require(Action.WRITE, by, consent.child, on=day(at))
    if consent.answer != ConsentAnswer.NOT_NEEDED:
        raise NothingToTakeBack(_("This rests on no duty of the law. Nothing was changed."))
    changes = assign(consent, expires_on=max(until_on, consent.given_on))
    return changed(consent, changes, about=consent.child_id) if changes else unchanged(consent)


@operation("people.consent.withdrawn")
@upholds("R61")
def withdraw_consent(
    *,
    consent: Consent,
    person: Person,
    way: ConsentWay,
    withdrawn_on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Consent]:
    """Write down that a consent was taken back: further use stops that day, never the service.

    :raises Refused: unless ``by`` may write the file.
    :raises NothingToTakeBack: unless it is a yes that nobody has taken back.
    :raises OutOfOrder: for a day before it was given.
    :raises NotYet: for a day to come.
    :raises NotAGuardian: unless who takes it back gave it, is a guardian, or the child.
    :raises GuardianSuspended: when that guardian's rights are suspended.
    """
    child = consent.child
    CONSENTS.require(Action.WRITE, by, child, on=day(at))
    if consent.answer != YES or consent.withdrawn_on:
        raise NothingToTakeBack(_("There is no yes here to take back. Nothing was changed."))
    _require_in_order(consent.given_on, withdrawn_on, withdrawn_on)
    _require_in_order(withdrawn_on, None, day(at))
    if person.pk not in (child.pk, consent.giver_id):
        _require_guardian(child, person, day(at))
    _require_heard(child, person, withdrawn_on)
    changes = assign(
        consent,
        withdrawn_on=withdrawn_on,
        withdrawn_by=person,
        withdrawn_way=way,
        withdrawal_noted_at=at,
    )
    return changed(consent, {"withdrawn_on": changes["withdrawn_on"]}, about=child.pk)


@operation("people.consent.withdrawal_cancelled")
def undo_withdrawal(*, consent: Consent, by: Actor, at: dt.datetime) -> Outcome[Consent]:
    """Undo a withdrawal that was noted by mistake, on the day on which it was noted.

    :raises Refused: unless ``by`` may write the file.
    :raises NotYet: on a later day: whoever took it back is asked again.
    """
    CONSENTS.require(Action.WRITE, by, consent.child, on=day(at))
    if consent.withdrawal_noted_at is None:
        return unchanged(consent)
    if day(consent.withdrawal_noted_at) != day(at):
        raise NotYet(_("This was noted on another day. Ask again, and record the new answer."))
    changes = assign(
        consent, withdrawn_on=None, withdrawn_by=None, withdrawn_way="", withdrawal_noted_at=None
    )
    return changed(consent, {"withdrawn_on": changes["withdrawn_on"]}, about=consent.child_id)


def _answer(
    child: Child,
    purpose: ConsentKind,
    answer: ConsentAnswer,
    shared: Mapping[str, Any],
    by: Actor,
    at: dt.datetime,
    **more: Any,
) -> Consent:
    return Consent(
        agency_id=child.agency_id,
        child=child,
        purpose=purpose,
        answer=answer,
        text_version="" if answer == ConsentAnswer.NOT_NEEDED else TEXT_VERSION,
        recorded_by=by.account,
        recorded_at=at,
        **shared,
        **more,
    )


def _told(answers: Mapping[ConsentKind, str]) -> Changes:
    """Return what the journal says: the purposes by their codes, the answers sealed."""
    return {str(purpose): (None, str(said)) for purpose, said in answers.items()}


def _require_in_order(first: dt.date, last: dt.date | None, today: dt.date) -> None:
    if first > today:
        raise NotYet(_("This day has not come yet. Nothing was saved."))
    if last is not None and last < first:
        raise OutOfOrder(_("The last day lies before the first. Nothing was saved."))


def _require_was_asked(answers: Mapping[ConsentKind, ConsentAnswer], child_words: str) -> None:
    if not answers:
        raise NothingAsked(_("Say yes or no to one purpose at least. Nothing was saved."))
    if not child_words.strip():
        raise ChildNotAsked(
            _("Write what the child said or showed when you asked. Nothing was saved.")
        )


def _require_may_answer(child: Child, giver: Person, given_on: dt.date, today: dt.date) -> None:
    """Refuse an answer that could not count: by age, by guardianship, by a suspension."""
    birth = Birth.known(child.person.born_on, child.person.precision)
    if giver.pk == child.pk:
        if birth is not None and birth.is_under(CONSENT, given_on) is True:
            raise AnswersForItself(
                _(
                    "Under 14 a guardian answers. What the child says is written beside it and "
                    "counts. Nothing was saved."
                )
            )
        return
    if birth is not None and birth.is_under(MINORITY, given_on) is False:
        raise AnswersForItself(
            _("From 18 on nobody else answers. Ask the young person. Nothing was saved.")
        )
    _require_guardian(child, giver, given_on)
    _require_heard(child, giver, given_on)
    _require_heard(child, giver, today)


def _require_guardian(child: Child, person: Person, on: dt.date) -> None:
    if not guardianships_of(child, on=on).filter(guardian=person).exists():
        raise NotAGuardian(
            _(
                "This person is not a guardian of the child on that day. Note the guardianship "
                "first; nothing was saved."
            )
        )


def _require_heard(child: Child, person: Person, on: dt.date) -> None:
    if person.pk in {one.guardian_id for one in suspensions_of(child, on=on)}:
        raise GuardianSuspended(
            _(
                "This guardian's rights on the file are suspended: neither a yes nor a no counts. "
                "Ask the other guardian, or note the duty of the law. Nothing was saved."
            )
        )
