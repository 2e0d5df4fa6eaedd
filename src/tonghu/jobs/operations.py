"""What happens to long work: asked for, stopped, tried again, finished, expired."""

import datetime as dt
import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.models import Account, Membership
from tonghu.jobs.constants import FILE_LIVES, MOST_TRIES, JobState
from tonghu.jobs.kinds import KINDS
from tonghu.jobs.models import Job
from tonghu.jobs.queries import file_of
from tonghu.jobs.queue import put_in_queue
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged


class NotWaiting(Refused):
    """The job is not in a state in which this can be done."""


@operation("jobs.job.asked")
@upholds("R85")
def ask(
    *,
    kind: str,
    details: Mapping[str, Any],
    account: Account,
    membership: Membership,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Job]:
    """Ask for long work for somebody: oneself, or whom one confirmed as the second person.

    :raises Refused: whatever the kind's own Rule refuses.
    """
    if by.account_id == account.pk:
        KINDS[kind].allow(by, dict(details))
    job = Job(
        agency_id=by.agency_id,
        account=account,
        membership=membership,
        kind=kind,
        details=json.dumps(dict(details), ensure_ascii=False),
        asked_at=at,
    )
    job.save(force_insert=True)
    transaction.on_commit(partial(put_in_queue, job.pk))
    return changed(job, {"kind": (None, kind)})


@operation("jobs.job.stopped")
def stop(*, job: Job, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Stop one's own work; what it had written so far is thrown away.

    :raises Forbidden: for somebody else's job.
    :raises NotWaiting: when it has ended already.
    """
    _own(job, by)
    if job.state not in (JobState.WAITING, JobState.RUNNING):
        raise NotWaiting(_("This work has ended already."))
    return changed(job, assign(job, state=JobState.STOPPED, ended_at=at))


@operation("jobs.job.tried_again")
def try_again(*, job: Job, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Start failed or stopped work again from its beginning.

    :raises Forbidden: for somebody else's job.
    :raises NotWaiting: when it runs or is done.
    """
    _own(job, by)
    if job.state not in (JobState.FAILED, JobState.STOPPED):
        raise NotWaiting(_("This work is still under way, or done."))
    KINDS[job.kind].allow(by, json.loads(job.details))
    changes = assign(
        job,
        state=JobState.WAITING,
        tries=0,
        done=0,
        total=None,
        why="",
        ended_at=None,
        beat_at=None,
    )
    transaction.on_commit(partial(put_in_queue, job.pk))
    return changed(job, changes)


@operation("jobs.job.begun")
def begin(*, job: Job, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Take a job up; ``unchanged`` when it was stopped or taken up by another worker."""
    if job.state != JobState.WAITING:
        return unchanged(job)
    return changed(job, assign(job, state=JobState.RUNNING, beat_at=at, tries=job.tries + 1))


@operation("jobs.job.finished")
def finish(*, job: Job, file_name: str, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Say that a job is done; its file lives for 24 hours (R85)."""
    path = file_of(job)
    size = path.stat().st_size if path.exists() else None
    return changed(
        job,
        assign(
            job,
            state=JobState.DONE,
            file_name=file_name,
            file_size=size,
            ended_at=at,
            expires_at=at + FILE_LIVES,
        ),
    )


@operation("jobs.job.failed")
def fail(*, job: Job, why: str, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Say that a job failed; ``why`` is a code the page has words for."""
    file_of(job).unlink(missing_ok=True)
    return changed(job, assign(job, state=JobState.FAILED, why=why[:40], ended_at=at))


@operation("jobs.job.taken_back")
def take_back(*, job: Job, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Put a job whose worker was killed back in the queue, three times at most."""
    if job.tries >= MOST_TRIES:
        changes = assign(job, state=JobState.FAILED, why="killed", ended_at=at)
    else:
        changes = assign(job, state=JobState.WAITING, done=0, beat_at=None)
        transaction.on_commit(partial(put_in_queue, job.pk))
    return changed(job, changes)


@operation("jobs.file.expired")
def expire_file(*, job: Job, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Delete a job's file: its day is over, or its owner has left."""
    file_of(job).unlink(missing_ok=True)
    return changed(job, assign(job, expires_at=min(at, job.expires_at or at), file_size=None))


@operation("jobs.file.downloaded")
@upholds("R81", "R85")
def record_download(*, job: Job, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Put a download on record, while the Rules still hold.

    :raises Refused: whatever the kind's own Rule refuses now.
    :raises NotWaiting: when the file is gone.
    """
    _own(job, by)
    KINDS[job.kind].allow(by, json.loads(job.details))
    if job.state != JobState.DONE or job.expires_at is None or job.expires_at <= at:
        raise NotWaiting(_("The file is gone: it is kept for 24 hours. Ask for it again."))
    return changed(job)


def _own(job: Job, by: Actor) -> None:
    if job.account_id != by.account_id:
        raise Forbidden(_("This is somebody else's work."))
