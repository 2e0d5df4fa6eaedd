"""A contact is written down, by who was there, for the day it took place."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.people.models import Child
from tonghu.services.constants import (
    Confirmed,
    ContactKind,
    Mode,
    Result,
    RiskChange,
    Safety,
)
from tonghu.services.drafting import CONTACT, CORRECTION
from tonghu.services.linking import keep_links
from tonghu.services.models import Appointment, Contact, ContactChild, Draft, Reflection
from tonghu.services.operations.appointments import WhyMissing
from tonghu.services.policy import CONTACTS, NOTES


class NotYet(Refused):
    """What has not happened cannot be recorded."""


class BeforeTheFile(Refused):
    """The contact is dated before the child was on the list."""


class NobodyWasMet(Refused):
    """Who was not seen was not talked with alone."""


class CorrectedAlready(Refused):
    """Somebody has corrected the entry; the newer one is the one to correct."""


@dataclass(frozen=True)
class Said:
    """What a worker writes of a contact; the first six are asked for, the rest may be empty."""

    happened_at: dt.datetime
    minutes: int
    mode: Mode | str
    kind: ContactKind | str
    result: Result | str
    happened: str = ""
    seen_alone: bool | None = None
    with_whom: str = ""
    done: str = ""
    reaction: str = ""
    safety: Safety | str = ""
    risk_change: RiskChange | str = RiskChange.SAME
    next_step: str = ""
    next_on: dt.date | None = None
    confirmed: Confirmed | str = Confirmed.NONE
    travel_minutes: int | None = None
    reflection: str = ""
    others: Sequence[Child] = field(default_factory=tuple)
    links: Mapping[str, Sequence[UUID]] = field(default_factory=dict)


@operation("services.contact.recorded")
@upholds("R3", "R26", "R42")
def record_contact(
    *,
    child: Child,
    said: Said,
    keeps: Appointment | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Contact]:
    """Write a contact down; what comes next stands on Today from now on.

    Permission is asked for the day of the contact: who handed the file over on Friday still
    writes Thursday's visit down (R3). ``keeps`` is the appointment it was.

    :raises Refused: unless ``by`` worked with the file on that day.
    :raises NotYet: when it lies in the future.
    :raises BeforeTheFile: when the child was not on the list yet.
    :raises NobodyWasMet: when the child was talked with alone and not seen.
    """
    NOTES.require(Action.WRITE, by, child, on=day(said.happened_at))
    _require_sound(child, said, at)
    contact = _row(child, said, by, at)
    _written(contact, said, by)
    _arranged(contact, keeps, by)
    _drafts(child, by).filter(form=CONTACT.key).delete()
    return changed(contact, {"result": (None, contact.result)}, about=child.pk)


@operation("services.contact.corrected")
@upholds("R26")
def correct_contact(
    *, contact: Contact, said: Said, why: str, by: Actor, at: dt.datetime
) -> Outcome[Contact]:
    """Correct a contact by a second entry that names the first; nothing is written over.

    The first stays readable, struck through. What it had arranged follows the second.

    :raises Refused: unless ``by`` may read the first, and worked with the file on the new day.
    :raises WhyMissing: without a word why.
    :raises CorrectedAlready: when the first was corrected in the meantime.
    :raises NotYet: when it lies in the future.
    :raises BeforeTheFile: when the child was not on the list yet.
    :raises NobodyWasMet: when the child was talked with alone and not seen.
    """
    CONTACTS.require(Action.READ, by, contact, on=day(at))
    NOTES.require(Action.WRITE, by, contact.child, on=day(said.happened_at))
    _require_sound(contact.child, said, at)
    if not why.strip():
        raise WhyMissing(_("Write in a sentence why. Nothing is lost."))
    rows = Contact.objects.unscoped("its Rule was asked above")
    rows.select_for_update().get(pk=contact.pk)
    if rows.filter(corrects=contact).exists():
        raise CorrectedAlready(
            _("This entry was corrected in the meantime. Open the newer one; nothing is lost.")
        )
    newer = _row(contact.child, said, by, at)
    newer.corrects, newer.why_corrected = contact, why.strip()
    _written(newer, said, by)
    _arranged_anew(contact, newer, by, at)
    _drafts(contact.child, by).filter(form=CORRECTION.key, about=contact.pk).delete()
    return changed(newer, {"corrects": (None, contact.pk)}, reason=why, about=contact.child_id)


@operation("services.contact.reviewed")
@upholds("R26", "R38")
def review_contact(*, contact: Contact, by: Actor, at: dt.datetime) -> Outcome[Contact]:
    """Say as a supervisor that a contact was read and talked about; never one's own.

    :raises Refused: unless ``by`` answers for the file.
    :raises Forbidden: to who wrote it.
    """
    CONTACTS.require(Action.APPROVE, by, contact, on=day(at))
    if contact.author_id is not None and contact.author_id == by.account_id:
        raise Forbidden(_("You wrote this; the review is somebody else's (R38)."))
    if contact.reviewed_at:
        return unchanged(contact)
    said = assign(contact, reviewed_by=by.account, reviewed_at=at)
    return changed(contact, {"reviewed_at": said["reviewed_at"]}, about=contact.child_id)


def _require_sound(child: Child, said: Said, at: dt.datetime) -> None:
    if said.happened_at > at:
        raise NotYet(_("This time has not come yet. Correct the day or the hour; nothing is lost."))
    if day(said.happened_at) < child.registered_on:
        raise BeforeTheFile(
            _("On that day the child was not on the list yet. Correct the day; nothing is lost.")
        )
    if said.seen_alone and said.result != Result.MET_CHILD:
        raise NobodyWasMet(
            _("The child was not seen, so nobody talked with it alone. Correct one of the two.")
        )


def _row(child: Child, said: Said, by: Actor, at: dt.datetime) -> Contact:
    return Contact(
        agency_id=child.agency_id,
        child=child,
        author=by.account,
        happened_at=said.happened_at,
        minutes=said.minutes,
        travel_minutes=said.travel_minutes,
        mode=said.mode,
        kind=said.kind,
        result=said.result,
        seen_alone=said.seen_alone,
        with_whom=said.with_whom.strip(),
        happened=said.happened.strip(),
        done=said.done.strip(),
        reaction=said.reaction.strip(),
        safety=said.safety,
        risk_change=said.risk_change,
        next_step=said.next_step.strip(),
        next_on=said.next_on,
        confirmed=said.confirmed,
        recorded_at=at,
    )


def _written(contact: Contact, said: Said, by: Actor) -> None:
    """Save the row and what belongs to it."""
    contact.save(force_insert=True)
    _with_others(contact, said, by)
    _reflected(contact, said.reflection, by)
    keep_links(contact, said.links, by)


def _drafts(child: Child, by: Actor) -> "QuerySet[Draft]":
    return Draft.objects.unscoped("one's own drafts").filter(account=by.account, child=child)


def _with_others(contact: Contact, said: Said, by: Actor) -> None:
    for other in said.others:
        NOTES.require(Action.WRITE, by, other, on=day(contact.happened_at))
        ContactChild(agency_id=contact.agency_id, contact=contact, child=other).save(
            force_insert=True
        )


def _reflected(contact: Contact, words: str, by: Actor) -> None:
    if words.strip() and by.account is not None:
        Reflection(
            contact=contact,
            agency_id=contact.agency_id,
            child_id=contact.child_id,
            author=by.account,
            words=words.strip(),
        ).save(force_insert=True)


def _arranged(contact: Contact, keeps: Appointment | None, by: Actor) -> None:
    """Let what was arranged be kept by this contact, and put what comes next on its day."""
    if keeps is not None and keeps.child_id == contact.child_id:
        keeps.kept_by = contact
        keeps.save(update_fields=["kept_by"])
    if contact.next_step and contact.next_on:
        _arrange(contact, contact.next_on, by)


def _arrange(contact: Contact, on: dt.date, by: Actor) -> None:
    Appointment(
        agency_id=contact.agency_id,
        child_id=contact.child_id,
        worker=by.account,
        on=on,
        what=contact.next_step,
        arranged_in=contact,
    ).save(force_insert=True)


def _arranged_anew(first: Contact, newer: Contact, by: Actor, at: dt.datetime) -> None:
    """Let what the first had arranged follow the second, or call it off with the reason."""
    rows = Appointment.objects.unscoped("its Rule was asked by the operation")
    rows = rows.filter(arranged_in=first, kept_by=None, called_off_at=None)
    if not newer.next_step or not newer.next_on:
        rows.update(called_off_at=at, why_called_off=newer.why_corrected)
    elif rows.exists():
        rows.update(arranged_in=newer, on=newer.next_on, what=newer.next_step)
    elif (first.next_step, first.next_on) != (newer.next_step, newer.next_on):
        _arrange(newer, newer.next_on, by)
