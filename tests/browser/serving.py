"""A real server in a process of its own, with a data folder of its own."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
CLI = [sys.executable, "-m", "tonghu.config.cli"]
STARTS_WITHIN = 180


@dataclass(frozen=True)
class Site:
    """Where a server answers, and the folder it keeps its data in."""

    url: str
    home: Path

    def found(self, agency: str, head: str, administrator: str) -> dict[str, str]:
        """Enter an agency from the command line; return the ways in, by sign-in name."""
        names = ["--head", f"{head}=秦慧", "--administrator", f"{administrator}=何静"]
        done = subprocess.run(
            [*CLI, "setup", "--agency", agency, *names, "--json"],
            env=environment(self.home),
            capture_output=True,
            check=True,
            text=True,
        )
        return {one["login"]: self.url + one["path"] for one in json.loads(done.stdout)["invited"]}


def environment(home: Path) -> dict[str, str]:
    """Return the variables of a process that works on this data folder and no other."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TONGHU_")}
    kept.pop("DATABASE_URL", None)
    return kept | {"TONGHU_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}


@contextmanager
def serving(home: Path, verb: str) -> Iterator[Site]:
    """Serve with ``tonghu start`` or ``tonghu demo`` until the block ends."""
    home.mkdir(mode=0o700, exist_ok=True)
    if verb == "start":
        subprocess.run(
            [*CLI, "migrate"], env=environment(home), check=True, stderr=subprocess.DEVNULL
        )
    port = _free_port()
    said = home.parent / f"{home.name}.log"
    with said.open("w") as log:
        process = subprocess.Popen(
            [*CLI, verb, "--port", str(port)], env=environment(home), stdout=log, stderr=log
        )
        try:
            # A passkey belongs to a name, so the browser must not come by number.
            site = Site(f"http://localhost:{port}", home)
            _wait_for(site, process, said)
            yield site
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_for(site: Site, process: subprocess.Popen[bytes], said: Path) -> None:
    ends = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends and process.poll() is None:
        try:
            with urlopen(f"{site.url}/healthz", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{said.read_text()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
