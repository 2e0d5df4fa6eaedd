"""Access starts: its journal is the one every operation writes to."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from tonghu.kernel.operations import keep_journal_with


class AccessConfig(AppConfig):
    """The domain of accounts, memberships, grounds and the journal."""

    name = "tonghu.access"
    label = "access"
    verbose_name = _("Access")

    def ready(self) -> None:
        """Name the journal, then let every domain sign up (``<domain>/registration.py``)."""
        keep_journal_with("tonghu.access.journal.DatabaseJournal")
        autodiscover_modules("registration")
