import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.core.management import call_command

from tests.conftest import AT
from tests.jobs import work
from tonghu.access.actors import Actor
from tonghu.access.models import JournalRow
from tonghu.jobs import operations
from tonghu.jobs.kinds import KINDS
from tonghu.jobs.models import Job
from tonghu.kernel import clock


@pytest.fixture(autouse=True)
def _counting(monkeypatch):
    monkeypatch.setitem(KINDS, work.KEY, work.KIND)
    monkeypatch.setattr(work, "runs", [])
    monkeypatch.setattr(work, "meanwhile", [])
    monkeypatch.setattr(work, "at_the_end", [])


@pytest.fixture
def ask() -> Callable[..., Job]:
    """Ask for four rows to be counted, or more: ``ask(qinhui, rows=10)``."""

    def asked(by: Actor, **details) -> Job:
        return operations.ask(
            kind=work.KEY,
            details={"rows": 4} | details,
            account=by.account,
            membership=by.membership,
            by=by,
            at=AT,
        )

    return asked


@pytest.fixture
def run() -> Callable[[], None]:
    """Let the real worker run what waits, in this process and at this test's moment."""
    return lambda: call_command("work_jobs")


@pytest.fixture
def later(frozen: dt.datetime) -> Iterator[Callable[..., None]]:
    """Move the clock on by two seconds, or so long, for the rest of the test."""
    with ExitStack() as moved:

        def on(by: dt.timedelta = dt.timedelta(seconds=2)) -> None:
            moved.enter_context(clock.at(clock.now() + by))

        yield on


@pytest.fixture
def now() -> Callable[[Job], Job]:
    """The job as the table has it."""
    return lambda job: Job.objects.unscoped("a test").get(pk=job.pk)


@pytest.fixture
def told() -> Callable[[Job], list[str]]:
    """What the journal tells of a job."""
    rows = JournalRow.objects.unscoped("a test").order_by("seq")
    return lambda job: list(rows.filter(subject_id=job.pk).values_list("event", flat=True))
