"""Several workers, killed ones, late ones: a job is run once and whole."""

import datetime as dt
import time
from threading import Barrier

import pytest
from django_tasks_db.models import DBTaskResult

from tests.conftest import AT
from tests.jobs import work
from tests.kernel.office import at_once
from tonghu.access.actors import system
from tonghu.jobs import operations, tasks
from tonghu.jobs.constants import MOST_TRIES, SILENT_AFTER
from tonghu.jobs.files import file_of
from tonghu.jobs.kinds import Stopped, register
from tonghu.kernel import clock

SECOND = dt.timedelta(seconds=1)
pytestmark = pytest.mark.django_db(transaction=True)


def broken(error: Exception):
    def happens():
        raise error

    return happens


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
