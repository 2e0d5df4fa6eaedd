"""What long work signs up for with the floors below, when the product starts."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import system
from tonghu.access.events import say
from tonghu.access.leaving import when_somebody_leaves
from tonghu.access.models import Account
from tonghu.jobs import operations, tasks
from tonghu.jobs.constants import UNDER_WAY, JobState
from tonghu.jobs.models import Job
from tonghu.jobs.queue import run_with
from tonghu.kernel.law import upholds

run_with(tasks.run_job)
say(
    {
        "jobs.job.asked": _("asked for long work"),
        "jobs.job.stopped": _("stopped long work"),
        "jobs.job.tried_again": _("started long work again"),
        "jobs.job.begun": _("began long work"),
        "jobs.job.finished": _("finished long work"),
        "jobs.job.failed": _("could not finish long work"),
        "jobs.job.taken_back": _("took up work that was cut off"),
        "jobs.file.expired": _("deleted a file whose time was over"),
        "jobs.file.downloaded": _("downloaded a file"),
    }
)


@when_somebody_leaves
@upholds("R58", "R85", says=_("work stops and files go with the person"))
def end_work(account: Account, at: dt.datetime) -> None:
    """Stop the work and delete the files of somebody who leaves."""
    rows = Job.objects.unscoped("everything of this account ends").filter(account=account)
    for job in rows.filter(state__in=UNDER_WAY):
        operations.call_off(job=job, why="left", by=system(job.agency_id), at=at)
    for job in rows.filter(state=JobState.DONE, file_size__isnull=False):
        operations.expire_file(job=job, by=system(job.agency_id), at=at)
