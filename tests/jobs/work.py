"""Long work that only these tests know, and a worker in a process of its own that knows it too.

python -m tests.jobs.work
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from tonghu.access.actors import Actor
from tonghu.jobs.kinds import KINDS, Asked, JobKind, Progress
from tonghu.kernel.errors import Forbidden

KEY = "tests.counted"
runs: list[int] = []
"""Each time that somebody began to count."""
meanwhile: list[Callable[[], object]] = []
"""What happens, once, after the first half of the rows was counted."""
at_the_end: list[Callable[[], object]] = []
"""What happens, once, after the last row was written and before the worker says so."""


def allow(by: Actor, details: dict) -> None:
    if details.get("unless") and Path(details["unless"]).exists():
        raise Forbidden("The counting house is closed.")


def count(asked: Asked, progress: Progress) -> str:
    rows = asked.details["rows"]
    runs.append(rows)
    progress(0, rows)
    asked.path.write_text("half of it")
    while meanwhile:
        meanwhile.pop()()
    while asked.details.get("while") and Path(asked.details["while"]).exists():
        progress(rows // 2, rows)
        time.sleep(0.02)
    progress(rows, rows)
    asked.path.write_text("\n".join(str(number) for number in range(rows)))
    while at_the_end:
        at_the_end.pop()()
    return "计数.txt"


KIND = JobKind(key=KEY, name="Counting", counts="rows", allow=allow, run=count)


def worker(home: Path) -> subprocess.Popen:
    """Start a worker in a process of its own, on the tables of this test."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tonghu.config.settings",
        "PYTHONPATH": "src:.",
        "TONGHU_HOME": str(home),
    }
    if connection.vendor == "postgresql":
        place = connection.settings_dict
        environment["DATABASE_URL"] = (
            f"postgresql://{place['USER']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
        )
    started = "import django; django.setup(); from tests.jobs import work; work.serve()"
    return subprocess.Popen([sys.executable, "-c", started], env=environment)


def serve() -> None:
    """Be that worker."""
    KINDS[KEY] = KIND
    call_command("work_jobs")
