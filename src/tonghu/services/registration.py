"""What services signs up for with the floors below, when the product starts."""

from django.utils.translation import gettext_lazy as _

from tonghu.access.events import say
from tonghu.services.operations import contacts  # noqa: F401 -- their Rules are on the page of rules

say({"services.contact.recorded": _("wrote a contact down")})
