"""Questions about one's own long work."""

import datetime as dt
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.jobs.models import Job
from tonghu.jobs.policy import JOBS


def jobs_for(by: Actor, *, on: dt.date) -> "QuerySet[Job]":
    """Return the actor's own long work, newest first."""
    return JOBS.rows(Action.FIND, Job.objects.all(), by, on=on).order_by("-asked_at")


def job_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> Job:
    """Return one of the actor's own jobs.

    :raises Hidden: when it is not hers.
    """
    return JOBS.get(action, Job.objects.all(), by, pk, on=on)


def file_of(job: Job) -> Path:
    """Return where the job's file lies; its name there says nothing."""
    return folder() / job.pk.hex


def folder() -> Path:
    """Return the folder in which the files of all jobs lie, finished or not."""
    return Path(settings.HOME) / "files" / "jobs"
