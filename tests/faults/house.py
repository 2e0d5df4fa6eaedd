"""A real server in a folder of its own, and somebody with a browser in front of it."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 90
AGENCY = "01980000-0000-7000-8000-000000000001"
OURS = ("TONGHU_", "DATABASE_URL", "DJANGO_", "COVERAGE_")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@dataclass
class House:
    """A data folder, the commands run on it, and at most one server."""

    home: Path
    environ: dict[str, str] = field(default_factory=dict)
    python: Path = Path(sys.executable)
    port: int = field(default_factory=free_port)
    server: subprocess.Popen | None = None
    before: tuple[str, ...] = ()
    log: Path | None = None

    def __post_init__(self) -> None:
        self.log = self.log or self.home.parent / "said"

    @property
    def database(self) -> Path:
        return self.home / "tonghu.sqlite3"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        own = {
            "TONGHU_HOME": str(self.home),
            "TONGHU_PORT": str(self.port),
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return kept | own | self.environ | more

    def command(self, *arguments: str) -> list[str]:
        return [*self.before, str(self.python), "-m", "tonghu.config.cli", *arguments]

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            self.command(*arguments),
            env=self.environment(**more),
            cwd="/",
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def python_code(self, code: str, **more: str) -> str:
        """Run code with the product set up on this folder, as a programmer at the console."""
        start = "import os, django; os.environ['DJANGO_SETTINGS_MODULE']='tonghu.config.settings';"
        done = subprocess.run(
            [str(self.python), "-c", f"{start} django.setup()\n{code}"],
            env=self.environment(**more),
            cwd="/",
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self, question: str, *values: object) -> list[tuple]:
        """Ask the SQLite file itself."""
        database = sqlite3.connect(self.database)
        try:
            return database.execute(question, values).fetchall()
        finally:
            database.close()

    def begin(self, *arguments: str, **more: str) -> subprocess.Popen:
        """Start a server in a process group of its own; what it says goes to a file."""
        with self.log.open("ab") as said:
            self.server = subprocess.Popen(
                self.command(*(arguments or ("start",))),
                env=self.environment(**more),
                cwd="/",
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        return self.server

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def wait_until_ready(self) -> float:
        """Wait for 200 at /healthz; return how long it took."""
        began = time.monotonic()
        while time.monotonic() - began < READY_WITHIN:
            assert self.server.poll() is None, f"the server ended:\n{self.said}"
            with suppress(OSError, http.client.HTTPException):
                if Browser(self.port, patience=2).get("/healthz").status == 200:
                    return time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError(f"not ready within {READY_WITHIN} s:\n{self.said}")

    def serve(self, *arguments: str, **more: str) -> "House":
        self.begin(*arguments, **more)
        self.wait_until_ready()
        return self

    def kill(self) -> None:
        """Cut the server off as a power cut would, all of its processes at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(10)

    @staticmethod
    def end(process: int) -> None:
        """Kill one process and wait until it is gone."""
        os.kill(process, signal.SIGKILL)
        time.sleep(0.5)

    def terminate(self) -> float:
        """Ask the server to end; return how long it took."""
        began = time.monotonic()
        self.server.terminate()
        self.server.wait(20)
        return time.monotonic() - began

    def close(self) -> None:
        if self.server is not None and self.server.poll() is None:
            self.kill()


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Browser:
    """Cookies, forms, and nothing else."""

    port: int
    patience: float = 40
    cookies: dict[str, str] = field(default_factory=dict)
    language: str = "en"

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        said = {
            "Host": f"127.0.0.1:{self.port}",
            "Accept-Language": self.language,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            with suppress(BrokenPipeError, ConnectionResetError):
                # A body that is refused unread: the answer is there before all was sent.
                connection.request(method, path, body, said)
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, fields: dict[str, str], *, page: str | None = None) -> Answer:
        """Send a form; its token comes from ``page``, or from the form's own address."""
        return self.post_as_is(path, {"csrfmiddlewaretoken": self.token(page or path)} | fields)

    def post_as_is(self, path: str, fields: dict[str, str]) -> Answer:
        """Send just these fields."""
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", path, urlencode(fields).encode(), Content_Type=kind)

    def token(self, page: str) -> str:
        return hidden(self.get(page).text, "csrfmiddlewaretoken")

    def come_in(self, login: str) -> "Browser":
        """Sign in as one of the cast."""
        answer = self.post("/demo/sign-in/", {"login": login}, page="/demo/")
        assert (answer.status, answer.headers["Location"]) == (302, "/"), answer.text
        return self


def hidden(html: str, name: str) -> str:
    """Return what a hidden field of a page carries."""
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, f"no field {name!r} in: {html[:2000]}"
    return found[1]


def invitation_of(login: str) -> dict[str, str]:
    """Return the fields of the form that invites a colleague, without its key."""
    return {
        "name": "Made Up",
        "latin_name": "",
        "login": login,
        "phone": "",
        "role": "administrator",
        "organisation": AGENCY,
        "from_on": "2026-06-01",
        "until_on": "",
    }
