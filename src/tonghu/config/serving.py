"""The server: granian with one process of pages, and a worker that lives while there is work.

This process stays small: it imports neither Django nor the domains. It watches the jobs' table
with one cheap question a second and starts the worker when something waits, was cut off, or
once an hour for what is done daily.
"""

import datetime as dt
import fcntl
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

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


class CannotListen(Exception):  # noqa: N818 -- says what is wrong
    """The address or port is not to be had."""


@contextmanager
def alone(environment: Environment) -> Iterator[None]:
    """Hold the data folder's lock and make sure the port is free, before anything is started.

    :raises AlreadyServing: when another server runs on the same SQLite file.
    :raises CannotListen: when the port is taken or the address is not this machine's.
    """
    sqlite = environment.database["ENGINE"].endswith("sqlite3")
    lock = hold(environment.home) if sqlite and environment.home.is_dir() else None
    try:
        if not environment.faults:
            try_port(environment.bind, environment.port)
        yield
    finally:
        if lock is not None:
            os.close(lock)


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


def try_port(address: str, port: int) -> None:
    """Listen for a moment, to say in words why it cannot be done.

    :raises CannotListen: when the port is taken or the address is not this machine's.
    """
    try:
        family, kind, protocol, _name, place = socket.getaddrinfo(
            address.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise CannotListen(
            f"Cannot listen on {address}, port {port}: {error.strerror}. "
            "Choose others with --host and --port."
        ) from error


def serve(environment: Environment) -> int:
    """Serve until SIGTERM or SIGINT; then end the worker too. Return the exit code."""
    watch = Watch(environment)
    server = Granian(
        "tonghu.config.wsgi:application",
        address=environment.bind,
        port=environment.port,
        interface=Interfaces.WSGI,
        workers=1 if environment.database["ENGINE"].endswith("sqlite3") else 2,
        blocking_threads=4,
        backlog=256,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=3,  # with the second that the worker of the jobs gets: under five
    )
    watch.start()
    try:
        server.serve(target_loader=partial(_load, os.getpid()))
    finally:
        watch.stop()
    return 0


def _load(parent: int, target: str) -> Any:
    """Bring the pages into a process of the server, which ends when the server was killed."""
    threading.Thread(target=_end_with, args=[parent], name="parent", daemon=True).start()
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGKILL)


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
                self.worker.wait(timeout=1)
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
