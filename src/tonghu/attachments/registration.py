"""What papers and pictures sign up for with the floors below, when the product starts."""

from django.utils.translation import gettext_lazy as _

from tonghu.access.events import say
from tonghu.attachments import (
    links,  # noqa: F401 -- what it upholds is on the page of rules
    operations,  # noqa: F401 -- what it upholds is on the page of rules
)

say(
    {
        "attachments.attachment.added": _("added a paper or picture"),
        "attachments.attachment.released": _("let a late paper or picture onto the file"),
        "attachments.attachment.withdrawn": _("withdrew a paper or picture"),
        "attachments.attachment.restored": _("put a withdrawn paper or picture back"),
    }
)
