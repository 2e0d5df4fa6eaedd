"""The files that jobs make: where they lie, and when what a try left behind is thrown away."""

from pathlib import Path

from django.conf import settings

from tonghu.jobs.constants import JobState
from tonghu.jobs.models import Job


def folder() -> Path:
    """Return the folder in which the files of all jobs lie, finished or not."""
    return Path(settings.HOME) / "files" / "jobs"


def file_of(job: Job) -> Path:
    """Return where the job's file lies; its name there says nothing."""
    return folder() / job.pk.hex


def throw_away(job: Job) -> None:
    """Delete what a try left behind, unless another one is at work on it or has finished it."""
    if job.state not in (JobState.RUNNING, JobState.DONE):
        file_of(job).unlink(missing_ok=True)
