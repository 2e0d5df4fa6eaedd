"""The server: granian with one process of pages, and a worker that lives while there is work.

This process stays small: it imports neither Django nor the domains. It watches the jobs' table
with one cheap question a second and starts the worker when something waits, was cut off, or
once an hour for what is done daily.
"""

import datetime as dt
import fcntl
import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
from granian import Granian
from granian.constants import Interfaces

from tonghu.kernel.environment import Environment

WAITING = (
    "SELECT 1 FROM jobs_job WHERE state = 'waiting' "
    "OR (state = 'running' AND beat_at < {now}) LIMIT 1"
)
SILENT = dt.timedelta(seconds=60)
IDLE = "20"
HOURLY = 3600


class AlreadyServing(Exception):  # noqa: N818 -- says what is wrong
    """Another server runs on the same data folder."""


def hold(home: Path) -> int:
    """Take the data folder's lock for as long as this process lives; return its handle.

    :raises AlreadyServing: when another server holds it.
    """
    handle = os.open(home / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise AlreadyServing(
            f"Another server runs on {home}. Stop it first, or use another TONGHU_HOME."
        ) from error
    return handle


def serve(environment: Environment) -> None:
    """Serve until SIGTERM or SIGINT; then end the worker too."""
    sqlite = environment.database["ENGINE"].endswith("sqlite3")
    lock = hold(environment.home) if sqlite else None
    watch = Watch(environment)
    server = Granian(
        "tonghu.config.wsgi:application",
        address=environment.bind,
        port=environment.port,
        interface=Interfaces.WSGI,
        workers=1 if sqlite else 2,
        blocking_threads=4,
        backlog=256,
        log_enabled=False,
        workers_kill_timeout=4,
    )
    watch.start()
    try:
        server.serve()
    finally:
        watch.stop()
        if lock is not None:
            os.close(lock)


class Watch:
    """Looks once a second whether long work waits, and starts the worker."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.ended = threading.Event()
        self.worker: subprocess.Popen[bytes] | None = None
        self.worked_at = 0.0

    def start(self) -> None:
        """Begin to watch beside the server."""
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def stop(self) -> None:
        """End the worker; what it was doing is taken up again at the next start."""
        self.ended.set()
        if self.worker and self.worker.poll() is None:
            self.worker.terminate()
            try:
                self.worker.wait(timeout=2)
            except subprocess.TimeoutExpired:
                self.worker.kill()

    def _run(self) -> None:
        while not self.ended.wait(1):
            busy = self.worker is not None and self.worker.poll() is None
            hourly = time.monotonic() - self.worked_at > HOURLY
            if not busy and (hourly or self._waits()):
                self.worked_at = time.monotonic()
                self.worker = subprocess.Popen(  # noqa: S603 -- our own command
                    [
                        sys.executable,
                        "-m",
                        "tonghu.config.cli",
                        "jobs",
                        "work",
                        "--until-idle",
                        IDLE,
                    ]
                )

    def _waits(self) -> bool:
        """Ask whether a job waits or has been silent; a busy database is asked again later."""
        silent = dt.datetime.now(dt.UTC) - SILENT
        if self.environment.database["ENGINE"].endswith("sqlite3"):
            return _ask_sqlite(Path(self.environment.database["NAME"]), silent)
        return _ask_postgresql(self.environment.database, silent)


def _ask_sqlite(path: Path, silent: dt.datetime) -> bool:
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=1) as connection:
            moment = silent.replace(tzinfo=None).isoformat(sep=" ")
            return connection.execute(WAITING.format(now="?"), [moment]).fetchone() is not None
    except sqlite3.OperationalError:
        return False


def _ask_postgresql(database: dict[str, str], silent: dt.datetime) -> bool:
    try:
        with psycopg.connect(
            dbname=database["NAME"],
            user=database["USER"] or None,
            password=database["PASSWORD"] or None,
            host=database["HOST"] or None,
            port=database["PORT"] or None,
            connect_timeout=3,
        ) as connection:
            return connection.execute(WAITING.format(now="%s"), [silent]).fetchone() is not None
    except psycopg.Error:
        return False
