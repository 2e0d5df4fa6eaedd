"""The domain of printed documents and workbooks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Printed documents and workbooks."""

    name = "tonghu.documents"
    label = "documents"
    verbose_name = _("Documents")
