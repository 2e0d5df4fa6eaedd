"""What services signs up for with the floors below, when the product starts."""

from django.utils.translation import gettext_lazy as _

from tonghu.access.events import say
from tonghu.services.operations import (  # noqa: F401 -- their Rules are on the page of rules
    appointments,
    contacts,
    drafts,
    notes,
)

say(
    {
        "services.contact.recorded": _("wrote a contact down"),
        "services.contact.corrected": _("corrected a contact by a second entry"),
        "services.contact.reviewed": _("reviewed a contact"),
        "services.note.added": _("wrote a note"),
        "services.appointment.arranged": _("arranged an appointment"),
        "services.appointment.moved": _("moved an appointment"),
        "services.appointment.called_off": _("called an appointment off"),
        "services.appointment.resumed": _("took an appointment up again"),
        "services.draft.saved": _("kept a draft"),
    }
)
