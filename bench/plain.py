"""The baseline: a plain Django project, built in a folder of its own and served alike."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.process import Server, free_port, served
from bench.product import PASSWORD
from bench.visitor import Visitor

SOURCE = Path(__file__).parent / "plain_project"


@dataclass(frozen=True)
class Plain:
    """A served plain project, its organisation and one of its colleagues."""

    server: Server
    organisation: str
    account: str

    def enter(self) -> Visitor:
        """Sign in as the one who may do everything."""
        visitor = Visitor(self.server.address)
        fields = visitor.hidden(visitor.get("/admin/login/"))
        visitor.post("/admin/login/", fields | {"username": "hejing", "password": PASSWORD})
        visitor.get("/admin/")
        return visitor


@contextmanager
def plain(home: Path, *, colleagues: int) -> Iterator[Plain]:
    """Build the project, fill it and serve it."""
    shutil.copytree(SOURCE, home)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TONGHU_")}
    environment = kept | {
        "PLAIN_HOME": str(home),
        "PYTHONPATH": str(home),
        "DJANGO_SETTINGS_MODULE": "settings",
    }

    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            env=environment,
            cwd=home,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return done.stdout

    run("-m", "django", "makemigrations", "staff")
    run("-m", "django", "migrate")
    organisation, account = run("fill.py", str(colleagues)).split()
    port = free_port()
    command = [sys.executable, "serve.py", str(port)]
    with served(command, environment, port=port, ready="/healthz", log=home / "log") as server:
        yield Plain(server, organisation, account)
