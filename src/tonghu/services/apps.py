"""The domain of services: one row for one meeting."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    """Contacts, drafts and appointments."""

    name = "tonghu.services"
    label = "services"
    verbose_name = _("Services")
