"""What happens to long work: asked for, stopped, tried again, finished, expired."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.models import Account, Membership
from tonghu.jobs.constants import FILE_LIVES, MOST_TRIES, SILENT_AFTER, UNDER_WAY, JobState
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
    put_in_queue(job.pk)
    return changed(job, {"kind": (None, kind)})


@operation("jobs.job.stopped")
def stop(*, job: Job, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Stop one's own work; what it had written so far is thrown away.

    :raises Forbidden: for somebody else's job.
    :raises NotWaiting: when it has ended already.
    """
    _own(job, by)
    job = _locked(job)
    if job.state not in UNDER_WAY:
        raise NotWaiting(_("This work has ended already."))
    return changed(job, assign(job, state=JobState.STOPPED, ended_at=at))


@operation("jobs.job.tried_again")
def try_again(*, job: Job, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Start failed or stopped work again from its beginning.

    :raises Forbidden: for somebody else's job.
    :raises NotWaiting: when it runs or is done.
    """
    _own(job, by)
    job = _locked(job)
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
    put_in_queue(job.pk)
    return changed(job, changes)


@operation("jobs.job.begun")
def begin(*, job: Job, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Take a job up for one try.

    A job may stand in the queue twice, and two workers may reach for it in the same moment.

    :raises NotWaiting: when it was stopped, has ended, or another worker has it.
    """
    job = _locked(job)
    if job.state != JobState.WAITING:
        raise NotWaiting(_("This work is still under way, or done."))
    return changed(job, assign(job, state=JobState.RUNNING, beat_at=at, tries=job.tries + 1))


@operation("jobs.job.finished")
def finish(*, job: Job, file_name: str, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Say that a job is done; its file lives for 24 hours (R85).

    ``job`` is what :func:`begin` returned. When the owner stopped it or left in the last
    moment, or another worker took it over, it stays as it is and the file goes.
    """
    now = _locked(job)
    if not _same_try(now, job):
        throw_away(now)
        return unchanged(now)
    path = file_of(now)
    size = path.stat().st_size if path.exists() else None
    return changed(
        now,
        assign(
            now,
            state=JobState.DONE,
            file_name=file_name,
            file_size=size,
            ended_at=at,
            expires_at=at + FILE_LIVES,
        ),
    )


@operation("jobs.job.failed")
def fail(*, job: Job, why: str, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Say that a try failed; ``why`` is a code the page has words for.

    ``job`` is what :func:`begin` returned; a try that is over already changes nothing.
    """
    now = _locked(job)
    if not _same_try(now, job):
        return unchanged(now)
    return _ended(now, why, at)


@operation("jobs.job.failed")
@upholds("R58")
def call_off(*, job: Job, why: str, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """End work whoever is at it, because its owner may not have it any more."""
    now = _locked(job)
    return _ended(now, why, at) if now.state in UNDER_WAY else unchanged(now)


@operation("jobs.job.taken_back")
def take_back(*, job: Job, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Put a job whose worker was killed back in the queue, three times at most."""
    now = _locked(job)
    if now.state != JobState.RUNNING or now.beat_at is None or now.beat_at >= at - SILENT_AFTER:
        return unchanged(now)
    if now.tries >= MOST_TRIES:
        return _ended(now, "killed", at)
    changes = assign(now, state=JobState.WAITING, done=0, beat_at=None)
    throw_away(now)
    put_in_queue(now.pk)
    return changed(now, changes)


@operation("jobs.file.expired")
def expire_file(*, job: Job, by: Actor, at: dt.datetime) -> Outcome[Job]:
    """Delete a job's file: its day is over, or its owner has left."""
    now = _locked(job)
    file_of(now).unlink(missing_ok=True)
    return changed(now, assign(now, expires_at=min(at, now.expires_at or at), file_size=None))


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


def throw_away(job: Job) -> None:
    """Delete what a try left behind, unless another one is at work on it or has finished it."""
    if job.state not in (JobState.RUNNING, JobState.DONE):
        file_of(job).unlink(missing_ok=True)


def _ended(job: Job, why: str, at: dt.datetime) -> Outcome[Job]:
    changes = assign(job, state=JobState.FAILED, why=why[:40], ended_at=at)
    throw_away(job)
    return changed(job, changes)


def _locked(job: Job) -> Job:
    """Return the job as it stands now, and keep others off it until commit."""
    rows = Job.objects.unscoped("one's own job, or the worker's").select_for_update()
    return rows.get(pk=job.pk)


def _same_try(now: Job, begun: Job) -> bool:
    return now.state == JobState.RUNNING and now.tries == begun.tries


def _own(job: Job, by: Actor) -> None:
    if job.account_id != by.account_id:
        raise Forbidden(_("This is somebody else's work."))
