import datetime as dt
import errno
import logging
import time
from threading import Barrier

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from tests.conftest import AT
from tests.jobs import work
from tests.kernel.office import at_once
from tonghu.access.actors import system
from tonghu.access.operations import people
from tonghu.jobs import operations, tasks
from tonghu.jobs.constants import MOST_TRIES, SILENT_AFTER
from tonghu.jobs.kinds import Stopped, register
from tonghu.jobs.models import Job
from tonghu.jobs.queries import file_of
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Refused

SECOND = dt.timedelta(seconds=1)
pytestmark = pytest.mark.django_db(transaction=True)


def broken(error: Exception):
    def happens():
        raise error

    return happens


def test_a_job_waits_for_a_worker(liumin, ask, now, told):
    job = ask(liumin)

    assert (now(job).state, now(job).asked_at, now(job).tries) == ("waiting", AT, 0)
    assert told(job) == ["jobs.job.asked"]
    assert DBTaskResult.objects.ready().count() == 1


def test_a_job_is_run_and_leaves_its_file(liumin, ask, run, now, told):
    job = ask(liumin)

    run()

    done = now(job)
    assert (done.state, done.tries, done.done, done.total) == ("done", 1, 0, 4)
    assert (done.file_name, done.file_size) == ("计数.txt", 7)
    assert (done.ended_at, done.expires_at) == (AT, AT + dt.timedelta(hours=24))
    assert file_of(job).read_text() == "0\n1\n2\n3"
    assert file_of(job).parent.stat().st_mode & 0o777 == 0o700
    assert told(job) == ["jobs.job.asked", "jobs.job.begun", "jobs.job.finished"]


def test_a_job_keeps_what_it_was_asked_sealed(liumin, ask):
    job = ask(liumin, reason="陈小雨的档案")

    sealed = Job.objects.unscoped("a test").values_list("details", flat=True).get(pk=job.pk)
    assert sealed.startswith("tg1.")
    assert "陈小雨" not in sealed


def test_a_running_job_tells_how_far_it_has_come(liumin, ask, run, now, later):
    job, seen = ask(liumin, rows=10), []

    def look():
        seen.append((now(job).state, now(job).done, now(job).total, now(job).beat_at))
        later()

    work.meanwhile.append(look)
    run()

    assert seen == [("running", 0, 10, AT)]
    assert (now(job).done, now(job).beat_at) == (10, AT + 2 * SECOND)


def test_a_job_and_its_place_in_the_queue_are_written_together(liumin, ask):
    def ask_in_vain():
        ask(liumin)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask_in_vain()

    assert not Job.objects.unscoped("a test").exists()
    assert not DBTaskResult.objects.exists()


def test_a_job_that_may_not_be_asked_for_leaves_nothing(liumin, ask, tmp_path):
    with pytest.raises(Forbidden):
        ask(liumin, unless=str(tmp_path))

    assert not Job.objects.unscoped("a test").exists()
    assert not DBTaskResult.objects.exists()


def test_a_job_stopped_while_it_waits_is_not_begun(liumin, ask, run, now, told):
    job = ask(liumin)

    operations.stop(job=job, by=liumin, at=AT)
    run()

    assert (now(job).state, now(job).tries, file_of(job).exists()) == ("stopped", 0, False)
    assert told(job) == ["jobs.job.asked", "jobs.job.stopped"]


@pytest.mark.parametrize("moment", ["meanwhile", "at_the_end"])
def test_a_job_stopped_while_it_runs_leaves_nothing(liumin, ask, run, now, told, moment, later):
    job = ask(liumin)

    def stop():
        operations.stop(job=now(job), by=liumin, at=AT)
        later()

    getattr(work, moment).append(stop)
    run()

    assert (now(job).state, now(job).file_name, now(job).expires_at) == ("stopped", "", None)
    assert not file_of(job).exists()
    assert told(job)[-1] == "jobs.job.stopped"


@pytest.mark.parametrize("moment", ["meanwhile", "at_the_end"])
def test_a_job_of_somebody_who_leaves_while_it_runs_leaves_nothing(
    liumin, hejing, ask, run, now, moment, later
):
    job = ask(liumin)

    def leave():
        people.leave(account=liumin.account, by=hejing, at=AT)
        later()

    getattr(work, moment).append(leave)
    run()

    assert (now(job).state, now(job).why, file_of(job).exists()) == ("failed", "left", False)


def test_leaving_ends_what_waits_and_deletes_what_is_done(liumin, yangfan, hejing, ask, run, now):
    done, others = ask(liumin), ask(yangfan)
    run()
    waiting = ask(liumin)

    people.leave(account=liumin.account, by=hejing, at=AT)
    run()

    assert (now(waiting).state, now(waiting).why) == ("failed", "left")
    assert (now(done).expires_at, file_of(done).exists()) == (AT, False)
    assert (now(others).state, file_of(others).exists()) == ("done", True)


def test_a_job_that_ended_cannot_be_stopped(liumin, ask, run, now):
    job = ask(liumin)
    run()

    with pytest.raises(operations.NotWaiting):
        operations.stop(job=job, by=liumin, at=AT)

    assert (now(job).state, file_of(job).exists()) == ("done", True)


def test_a_job_of_somebody_else_cannot_be_stopped_or_tried_again(liumin, yangfan, ask, now):
    job = ask(liumin)

    for act in (operations.stop, operations.try_again, operations.record_download):
        with pytest.raises(Forbidden):
            act(job=job, by=yangfan, at=AT)

    assert now(job).state == "waiting"


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk"),
        (Refused("Not yours."), "refused"),
        (ValueError("陈小雨"), "broken"),
    ],
)
def test_a_job_that_breaks_says_why_and_leaves_nothing(liumin, ask, run, now, told, error, why):
    job = ask(liumin)
    work.meanwhile.append(broken(error))

    run()

    assert (now(job).state, now(job).why, file_of(job).exists()) == ("failed", why, False)
    assert told(job)[-1] == "jobs.job.failed"


def test_a_job_that_breaks_is_logged_by_its_number(liumin, ask, run, caplog):
    job = ask(liumin, reason="陈小雨的档案")
    work.meanwhile.append(broken(ZeroDivisionError()))

    with caplog.at_level(logging.WARNING, "tonghu.jobs"):
        run()

    assert f"job {job.pk} broke" in caplog.text
    assert "陈小雨" not in caplog.text


def test_a_job_is_refused_when_its_rule_holds_no_longer(liumin, ask, run, now, tmp_path):
    job = ask(liumin, unless=str(tmp_path / "closed"))
    (tmp_path / "closed").touch()

    run()

    assert (now(job).state, now(job).why, file_of(job).exists()) == ("failed", "refused", False)


def test_a_job_is_refused_when_its_role_has_ended(liumin, hejing, ask, run, now):
    job = ask(liumin)
    yesterday = AT.date() - dt.timedelta(days=1)
    people.end_membership(membership=liumin.membership, until_on=yesterday, by=hejing, at=AT)

    run()

    assert (now(job).state, now(job).why) == ("failed", "refused")


def test_a_job_asked_for_in_one_role_is_not_run_in_another(liumin, hejing, ask, run, now):
    job = ask(liumin)
    yesterday = AT.date() - dt.timedelta(days=1)
    people.end_membership(membership=liumin.membership, until_on=yesterday, by=hejing, at=AT)
    people.grant_role(
        account=liumin.account,
        organisation=liumin.organisation,
        role="finance",
        from_on=AT.date(),
        by=hejing,
        at=AT,
    )

    run()

    assert (now(job).state, now(job).why) == ("failed", "refused")


@pytest.mark.parametrize("how", ["stopped", "failed"])
def test_a_job_tried_again_begins_at_its_beginning(liumin, ask, run, now, how):
    job = ask(liumin)
    if how == "failed":
        work.meanwhile.append(broken(ZeroDivisionError()))
        run()
    else:
        operations.stop(job=job, by=liumin, at=AT)

    operations.try_again(job=now(job), by=liumin, at=AT)
    run()

    assert (now(job).state, now(job).tries, now(job).why) == ("done", 1, "")
    assert file_of(job).read_text() == "0\n1\n2\n3"


def test_a_job_that_is_done_is_not_tried_again(liumin, ask, run, now, told):
    job = ask(liumin)
    run()

    with pytest.raises(operations.NotWaiting):
        operations.try_again(job=now(job), by=liumin, at=AT)

    assert told(job)[-1] == "jobs.job.finished"


def test_a_job_that_stands_in_the_queue_twice_is_run_once(liumin, ask, run, now, told):
    job = ask(liumin)
    operations.stop(job=job, by=liumin, at=AT)
    operations.try_again(job=job, by=liumin, at=AT)
    assert DBTaskResult.objects.ready().count() == 2

    work.meanwhile.append(lambda: tasks.run_job.call(str(job.pk)))
    run()

    assert (now(job).state, now(job).tries, len(work.runs)) == ("done", 1, 1)
    assert told(job).count("jobs.job.begun") == 1


def test_two_workers_who_reach_for_one_job_do_not_both_get_it(liumin, ask, now):
    job, together = ask(liumin), Barrier(4)

    def reach() -> bool:
        together.wait(10)
        try:
            operations.begin(job=job, by=system(job.agency_id), at=AT)
        except operations.NotWaiting:
            return False
        return True

    assert sorted(at_once(4, reach)) == [False, False, False, True]
    assert now(job).tries == 1


def test_a_worker_that_wakes_up_late_leaves_the_work_to_the_next(
    liumin, ask, run, now, told, later
):
    job = ask(liumin)

    def sleep_while_another_does_it():
        later(SILENT_AFTER + SECOND)
        assert tasks.take_back_silent(clock.now()) == 1
        tasks.run_job.call(str(job.pk))
        later()

    work.meanwhile.append(sleep_while_another_does_it)
    run()

    assert (now(job).state, now(job).tries) == ("done", 2)
    assert file_of(job).read_text() == "0\n1\n2\n3"
    assert told(job) == [
        "jobs.job.asked",
        "jobs.job.begun",
        "jobs.job.taken_back",
        "jobs.job.begun",
        "jobs.job.finished",
    ]


def test_a_worker_whose_try_is_over_says_nothing_more_of_it(liumin, ask, now):
    job, by = ask(liumin), system(liumin.agency_id)
    first = operations.begin(job=job, by=by, at=AT)
    silent = AT + SILENT_AFTER + SECOND
    operations.take_back(job=first, by=by, at=silent)
    second = operations.begin(job=job, by=by, at=silent)

    operations.finish(job=first, file_name="a.txt", by=by, at=silent)
    operations.fail(job=first, why="broken", by=by, at=silent)

    assert (now(job).state, now(job).tries) == ("running", 2)
    assert operations.fail(job=second, why="disk", by=by, at=silent).why == "disk"


def test_a_worker_whose_try_is_over_hears_it_at_its_next_beat(liumin, ask, now, later):
    job, by = ask(liumin), system(liumin.agency_id)
    first = operations.begin(job=job, by=by, at=AT)
    beat = tasks.Beat(first)
    later(SILENT_AFTER + 2 * SECOND)
    operations.take_back(job=first, by=by, at=clock.now())
    operations.begin(job=job, by=by, at=clock.now())

    with pytest.raises(Stopped):
        beat(3, 4)

    assert (now(job).state, now(job).done) == ("running", 0)


@pytest.mark.parametrize("state", ["waiting", "done"])
def test_a_job_that_does_not_run_is_not_taken_back(liumin, ask, run, now, told, state):
    job = ask(liumin)
    if state == "done":
        run()

    operations.take_back(job=job, by=system(job.agency_id), at=AT + dt.timedelta(hours=1))

    assert now(job).state == state
    assert "jobs.job.taken_back" not in told(job)


def test_a_silent_job_is_tried_three_times_and_then_given_up(liumin, ask, now, told):
    job, by, at = ask(liumin), system(liumin.agency_id), AT
    for _ in range(MOST_TRIES):
        operations.begin(job=job, by=by, at=at)
        file_of(job).parent.mkdir(parents=True, exist_ok=True)
        file_of(job).write_text("half of it")
        at += SILENT_AFTER + SECOND
        assert tasks.take_back_silent(at) == 1
        assert not file_of(job).exists()

    assert (now(job).state, now(job).why, now(job).tries) == ("failed", "killed", 3)
    assert told(job).count("jobs.job.begun") == 3


def test_a_job_that_beats_is_left_to_its_worker(liumin, ask, now):
    job, by = ask(liumin), system(liumin.agency_id)
    operations.begin(job=job, by=by, at=AT)

    assert tasks.take_back_silent(AT + SILENT_AFTER) == 0
    assert now(job).state == "running"


def test_a_job_lost_between_queue_and_beginning_is_found(liumin, ask, run, now):
    job = ask(liumin)
    DBTaskResult.objects.get().claim("a worker that was killed then")

    run()

    assert now(job).state == "done"


def test_a_job_that_waits_in_the_queue_is_not_put_there_again(liumin, ask):
    ask(liumin)

    assert tasks.take_back_silent(AT + dt.timedelta(hours=1)) == 0
    assert DBTaskResult.objects.count() == 1


def test_a_killed_worker_loses_nothing(home, liumin, ask, run, now, told, tmp_path):
    hold = tmp_path / "hold"
    hold.touch()
    job = ask(liumin, **{"while": str(hold)})
    worker = work.worker(home)
    until = time.monotonic() + 60
    while not (now(job).state == "running" and file_of(job).exists()):
        assert time.monotonic() < until
        assert worker.poll() is None
        time.sleep(0.05)
    worker.kill()
    worker.wait()
    hold.unlink()

    assert (now(job).state, file_of(job).read_text()) == ("running", "half of it")
    with clock.at(now(job).beat_at + SILENT_AFTER + SECOND):
        run()

    assert (now(job).state, now(job).tries) == ("done", 2)
    assert file_of(job).read_text() == "0\n1\n2\n3"
    assert told(job).count("jobs.job.taken_back") == 1


def test_two_kinds_of_one_name_are_a_mistake():
    assert register(work.KIND) is work.KIND

    other = work.JobKind(work.KEY, "Other", "rows", work.allow, work.count)
    with pytest.raises(ValueError, match=r"tests\.counted"):
        register(other)
