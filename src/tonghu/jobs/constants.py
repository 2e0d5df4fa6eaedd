"""The words of long work."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

FILE_LIVES = dt.timedelta(hours=24)
SILENT_AFTER = dt.timedelta(seconds=60)
MOST_TRIES = 3


class JobState(models.TextChoices):
    """Where long work stands."""

    WAITING = "waiting", _("Waiting for its turn")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped")


UNDER_WAY = (JobState.WAITING, JobState.RUNNING)
