"""The words and the limits of photos, scans, papers and recordings."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_BYTES_OF_SOUND = 20 * MEGABYTE
MOST_ON_A_FILE = 200
LONG_SIDE = 2560
"""Dots on the longer side of a picture that is kept: a page of A4 can still be read."""
SMALL_SIDE = 320
MOST_DOTS = 50_000_000
"""More are refused before they are unpacked: 150 MB of memory at the most."""
MOST_PAGES = 200
LINK_LIVES = dt.timedelta(minutes=5)
PUT_BACK_WITHIN = dt.timedelta(days=30)


class AttachmentKind(models.TextChoices):
    """What it is; photo and scan are told apart by who brings it, the rest by the content."""

    PHOTO = "photo", _("Photo")
    SCAN = "scan", _("Picture of a paper")
    PDF = "pdf", _("PDF")
    AUDIO = "audio", _("Recording")


class AttachmentState(models.TextChoices):
    """Whether it may be looked at."""

    QUARANTINE = "quarantine", _("Waits for the supervisor")
    CLEAR = "clear", _("On the file")
    WITHDRAWN = "withdrawn", _("Taken off the file")


PICTURES = (AttachmentKind.PHOTO, AttachmentKind.SCAN)
