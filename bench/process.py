"""A server as a tree of processes: what it has used, what it holds, how it is ended."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
READY_WITHIN = 60


@dataclass(frozen=True)
class Server:
    """A server that answers at ``address``."""

    pid: int
    port: int

    @property
    def address(self) -> str:
        """Return where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Return the seconds of processor time its processes have used, user and system."""
        return sum(_cpu(pid) for pid in family(self.pid))

    def held_mb(self) -> float:
        """Return its memory, shared pages counted once among those who share them (PSS)."""
        return sum(_pss(pid) for pid in family(self.pid)) / 1024

    def peak_mb(self) -> float:
        """Return the highest resident memory each process has had, added up."""
        return sum(_status(pid, "VmHWM") for pid in family(self.pid)) / 1024


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (parent := _parent(int(entry.name))) is not None:
            children.setdefault(parent, []).append(int(entry.name))
    found, ahead = [], [pid]
    while ahead:
        one = ahead.pop()
        found.append(one)
        ahead += children.get(one, [])
    return found


def _fields(pid: int) -> list[str] | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def _parent(pid: int) -> int | None:
    fields = _fields(pid)
    return int(fields[1]) if fields else None


def _cpu(pid: int) -> float:
    fields = _fields(pid)
    # utime, stime, and what ended children have used, so that a finished worker counts.
    return sum(int(value) for value in fields[11:15]) / TICKS if fields else 0.0


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _status(pid: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def served(
    command: Sequence[str], environment: Mapping[str, str], *, port: int, ready: str, log: Path
) -> Iterator[Server]:
    """Run a server until the block ends.

    :raises RuntimeError: with its last words, when it does not come up.
    """
    with log.open("w") as words:
        running = subprocess.Popen(
            list(command), env=dict(environment), cwd=log.parent, stdout=words, stderr=words
        )
    server = Server(running.pid, port)
    try:
        _wait(server, ready, running, log)
        yield server
    finally:
        running.send_signal(signal.SIGTERM)
        try:
            running.wait(15)
        except subprocess.TimeoutExpired:
            running.kill()


def _wait(server: Server, ready: str, running: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and running.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.address}{ready}", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"The server did not come up:\n{log.read_text()[-3000:]}")
