"""Questions about contacts; each asks the notes' sheet."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.rules import through
from tonghu.people.models import Child
from tonghu.people.policy import own
from tonghu.services.constants import Result, RiskChange, Safety
from tonghu.services.drafting import FORMS, Kept, Written, written_in
from tonghu.services.models import Appointment, Contact, Draft, Note, Reflection
from tonghu.services.policy import CONTACTS, NOTES, REFLECTIONS

held_by_her = through(own, "child")
FLAGGED = Q(risk_change=RiskChange.UP) | Q(safety=Safety.DANGER) | Q(result=Result.UNSAFE)
"""What a supervisor reads first: it grew worse, somebody is in danger, the worker was not safe."""


def contacts_of(child: Child, by: Actor, *, on: dt.date) -> "QuerySet[Contact]":
    """Return the contacts on a file that the actor may read, the newest first."""
    rows = Contact.objects.filter(child=child).select_related("author")
    return CONTACTS.rows(Action.READ, rows, by, on=on).order_by("-happened_at", "-id")


def unscoped_newer_entries(contacts: Collection[UUID]) -> dict[UUID, UUID]:
    """Return which of some contacts were corrected, each with its newer entry."""
    rows = Contact.objects.unscoped("of contacts that were found under their Rule")
    return dict(rows.filter(corrects__in=contacts).values_list("corrects_id", "pk"))


def flagged_contacts(by: Actor, *, on: dt.date) -> "QuerySet[Contact]":
    """Return what a supervisor is to read first: not hers, not reviewed, not corrected since."""
    rows = Contact.objects.filter(FLAGGED, reviewed_at=None, corrections=None)
    rows = rows.select_related("child__person", "author")
    found = CONTACTS.rows(Action.APPROVE, rows, by, on=on)
    return found.exclude(author=by.account_id).order_by("happened_at", "id")


def reflection_on(contact: Contact, by: Actor, *, on: dt.date) -> str:
    """Return what the author thinks of a contact, to herself and her supervisor; else nothing."""
    rows = Reflection.objects.filter(contact=contact)
    found = REFLECTIONS.rows(Action.READ, rows, by, on=on).first()
    return found.words if found else ""


def notes_of(child: Child, by: Actor, *, on: dt.date) -> "QuerySet[Note]":
    """Return the lines on a file that the actor may read, the newest first."""
    rows = Note.objects.filter(child=child).select_related("author")
    return CONTACTS.rows(Action.READ, rows, by, on=on).order_by("-written_at", "-id")


def draft_of(
    form: Kept, child: Child, by: Actor, *, about: UUID | None = None
) -> tuple[Draft, Written] | None:
    """Return how far this person has written a form, and nobody else."""
    rows = Draft.objects.unscoped("one's own drafts")
    draft = rows.filter(account=by.account_id, child=child, form=form.key, about=about).first()
    return (draft, written_in(draft.content)) if draft else None


def contact_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> Contact:
    """Return one contact.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    """
    rows = Contact.objects.select_related("child__person", "author", "reviewed_by")
    return CONTACTS.get(action, rows, by, pk, on=on)


def appointments_of(child: Child, by: Actor, *, on: dt.date) -> "QuerySet[Appointment]":
    """Return what is arranged on a file and neither kept nor called off, the next first."""
    rows = Appointment.objects.filter(child=child, kept_by=None, called_off_at=None)
    return CONTACTS.rows(Action.READ, rows, by, on=on).order_by("on", "time", "id")


def drafts_for(by: Actor, *, on: dt.date) -> list[Draft]:
    """Return what this person has begun to write on files that are still hers to write on."""
    rows = Draft.objects.unscoped("one's own drafts").filter(account=by.account_id)
    files = NOTES.rows(Action.WRITE, Child.objects.all(), by, on=on)
    found = rows.filter(agency_id=by.agency_id, child__in=files.values("pk"), form__in=FORMS)
    return list(found.select_related("child__person").order_by("saved_at", "id"))


def appointment_for(
    by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.WRITE
) -> Appointment:
    """Return one appointment.

    :raises Hidden: when the actor may not know of it.
    :raises Forbidden: when she may find it, but not do this.
    """
    rows = Appointment.objects.select_related("child__person", "worker")
    return CONTACTS.get(action, rows, by, pk, on=on)


def unscoped_arranged(children: Collection[UUID]) -> "QuerySet[Appointment]":
    """Return what is arranged on these files; the caller found them under their Rule."""
    rows = Appointment.objects.unscoped("of files that were found under their Rule")
    rows = rows.filter(child__in=children, kept_by=None, called_off_at=None)
    return rows.order_by("on", "time", "id")


def arranged_for(by: Actor, *, on: dt.date) -> "QuerySet[Appointment]":
    """Return what is arranged on the files this person holds, the next first."""
    rows = Appointment.objects.filter(held_by_her.where(by, on), kept_by=None, called_off_at=None)
    rows = rows.select_related("child__person")
    return CONTACTS.rows(Action.WRITE, rows, by, on=on).order_by("on", "time", "id")
