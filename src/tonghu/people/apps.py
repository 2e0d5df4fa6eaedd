"""The domain of children, families and the lists they come from."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Children and the people round them."""

    name = "tonghu.people"
    label = "people"
    verbose_name = _("Children and families")
