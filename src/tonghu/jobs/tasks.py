"""Running a job: whole, counted, stoppable; and taking back what a killed worker left."""

import datetime as dt
import json
import logging
import shutil
from uuid import UUID

from django.db.models import QuerySet
from django_tasks import task

from tonghu.access.actors import actor_for, system
from tonghu.jobs import operations
from tonghu.jobs.constants import FILE_LIVES, SILENT_AFTER, JobState
from tonghu.jobs.kinds import KINDS, Asked, Stopped
from tonghu.jobs.models import Job
from tonghu.jobs.queries import file_of, folder
from tonghu.jobs.queue import is_in_queue, put_in_queue
from tonghu.kernel import clock
from tonghu.kernel.errors import Refused
from tonghu.kernel.tenancy import only_rows_of

log = logging.getLogger("tonghu.jobs")
BEAT_EVERY = dt.timedelta(seconds=1)


@task()
def run_job(job_id: str) -> None:
    """Run one job to its end; whatever happens, its page says it in words."""
    job = _all().get(pk=UUID(job_id))
    by = system(job.agency_id)
    try:
        begun = operations.begin(job=job, by=by, at=clock.now())
    except operations.NotWaiting:
        return
    try:
        file_name = _work(begun)
    except Stopped:
        operations.throw_away(_all().get(pk=job.pk))
    except Refused:
        operations.fail(job=begun, why="refused", by=by, at=clock.now())
    except OSError as error:
        log.warning("job %s: %s", job.pk, error.strerror)
        operations.fail(job=begun, why="disk", by=by, at=clock.now())
    except Exception:
        log.exception("job %s broke", job.pk)
        operations.fail(job=begun, why="broken", by=by, at=clock.now())
    else:
        operations.finish(job=begun, file_name=file_name, by=by, at=clock.now())


def _work(job: Job) -> str:
    kind, details, at = KINDS[job.kind], json.loads(job.details), clock.now()
    owner = actor_for(job.account, on=clock.day(at), membership_id=job.membership_id)
    if owner is None or owner.membership_id != job.membership_id:
        raise Refused
    kind.allow(owner, details)
    path = file_of(job)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with only_rows_of(job.agency_id):
        return kind.run(Asked(details, owner, at, path), Beat(job))


class Beat:
    """Counts a running job's progress once a second, and notices that it was stopped."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.last = clock.now()

    def __call__(self, done: int, total: int | None = None) -> None:
        """Renew the count.

        :raises Stopped: when the owner stopped the job, or it was taken from this worker.
        """
        at = clock.now()
        if done and at - self.last < BEAT_EVERY:
            return
        self.last = at
        # A heartbeat is no event of the service: it is counted here and not put on record.
        running = _all().filter(pk=self.job.pk, state=JobState.RUNNING, tries=self.job.tries)
        if not running.update(done=done, total=total or self.job.total, beat_at=at):
            raise Stopped


def take_back_silent(at: dt.datetime) -> int:
    """Put jobs of killed workers back in the queue; return how many.

    Also those whose worker was killed between taking them from the queue and beginning.
    """
    silent = list(_all().filter(state=JobState.RUNNING, beat_at__lt=at - SILENT_AFTER))
    for job in silent:
        operations.take_back(job=job, by=system(job.agency_id), at=at)
    lost = [one for one in _all().filter(state=JobState.WAITING) if not is_in_queue(one.pk)]
    for job in lost:
        put_in_queue(job.pk)
    return len(silent) + len(lost)


def expire_files(at: dt.datetime) -> int:
    """Delete files whose day is over; return how many.

    What a killed worker left half-written belongs to no job's end; it goes by its age.
    """
    over = list(_all().filter(state=JobState.DONE, expires_at__lte=at, file_size__isnull=False))
    for job in over:
        operations.expire_file(job=job, by=system(job.agency_id), at=at)
    oldest = (at - FILE_LIVES).timestamp()
    left = [one for one in folder().glob("*") if one.stat().st_mtime < oldest]
    for path in left:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(over) + len(left)


def _all() -> "QuerySet[Job]":
    return Job.objects.unscoped("the worker runs everybody's jobs")
