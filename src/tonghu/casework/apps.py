"""The domain of casework."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    """Cases with their assessments, plans, reviews and papers."""

    name = "tonghu.casework"
    label = "casework"
    verbose_name = _("Casework")
