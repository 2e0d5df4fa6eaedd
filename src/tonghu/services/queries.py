"""Questions about contacts; each asks the notes' sheet."""

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.people.models import Child
from tonghu.services.models import Appointment, Contact
from tonghu.services.policy import CONTACTS


def contacts_of(child: Child, by: Actor, *, on: dt.date) -> "QuerySet[Contact]":
    """Return the contacts on a file that the actor may read, the newest first."""
    rows = Contact.objects.filter(child=child).select_related("author")
    return CONTACTS.rows(Action.READ, rows, by, on=on).order_by("-happened_at", "-id")


def contact_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> Contact:
    """Return one contact.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    """
    rows = Contact.objects.select_related("child__person", "author", "corrects")
    return CONTACTS.get(action, rows, by, pk, on=on)


def appointments_of(child: Child, by: Actor, *, on: dt.date) -> "QuerySet[Appointment]":
    """Return what is arranged on a file and neither kept nor called off, the next first."""
    rows = Appointment.objects.filter(child=child, kept_by=None, called_off_at=None)
    return CONTACTS.rows(Action.READ, rows, by, on=on).order_by("on", "time", "id")
