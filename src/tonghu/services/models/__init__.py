"""Tables of services."""

from tonghu.services.models.coming import Appointment
from tonghu.services.models.contacts import Contact, ContactChild, Reflection
from tonghu.services.models.drafts import Draft
from tonghu.services.models.notes import Note

__all__ = ["Appointment", "Contact", "ContactChild", "Draft", "Note", "Reflection"]
