"""The domain of photos, scans, papers and recordings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttachmentsConfig(AppConfig):
    """What somebody brought and put on a file."""

    name = "tonghu.attachments"
    label = "attachments"
    verbose_name = _("Papers and pictures")
