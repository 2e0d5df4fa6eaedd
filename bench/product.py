"""The product as it is served: its own data folder, an agency, an administrator at work."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import os
import re
import sqlite3
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from bench.process import Server, free_port, served
from bench.visitor import Visitor

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "four slow herons fishing"
SECRET = re.compile(r'<code class="secret">([A-Z2-7]+)</code>')
WHO = ["--head", "qinhui=秦慧", "--administrator", "hejing=何静"]


@dataclass(frozen=True)
class Product:
    """A served product and its agency."""

    server: Server
    home: Path
    agency: str
    ways_in: dict[str, str]

    def enter(self, login: str) -> Visitor:
        """Accept the invitation, set up the second factor as everybody must, return at work."""
        visitor = Visitor(self.server.address)
        way_in = self.ways_in[login]
        fields = visitor.hidden(visitor.get(way_in))
        visitor.post(way_in, fields | {"password": PASSWORD})
        again = "/sign-in/again/?next=/account/factors/app/"
        visitor.post(again, visitor.hidden(visitor.get(again)) | {"password": PASSWORD})
        page = visitor.get("/account/factors/app/")
        found = SECRET.search(page)
        if found is None:
            raise RuntimeError(f"The page of the second factor shows no key:\n{page[:2000]}")
        code = one_time_code(found[1], time.time())
        visitor.post("/account/factors/app/", visitor.hidden(page) | {"code": code})
        visitor.get("/")
        return visitor


@contextmanager
def product(home: Path, *, colleagues: int = 0) -> Iterator[Product]:
    """Serve a new agency with so many colleagues, as ``tonghu start`` does."""
    environment = surroundings(home)
    said = _run(["-m", "tonghu.config.cli", "setup", "--agency", "秦慧社工", *WHO, "--json"], home)
    found = json.loads(said)
    if colleagues:
        _run(["-m", "bench.filling", found["agency"], str(colleagues)], home)
    port = free_port()
    command = [sys.executable, "-m", "tonghu.config.cli", "start", "--port", str(port)]
    log = home.parent / f"{home.name}.log"
    with served(command, environment, port=port, ready="/healthz", log=log) as server:
        ways_in = {one["login"]: one["path"] for one in found["invited"]}
        yield Product(server, home, found["agency"], ways_in)


def neighbour(home: Path) -> UUID:
    """Enter another agency in the same database; return somebody who works there."""
    who = ["--head", "wufan=吴凡", "--administrator", "zhaoyu=赵玉"]
    said = _run(["-m", "tonghu.config.cli", "setup", "--agency", "玉兰社工", *who, "--json"], home)
    agency = UUID(json.loads(said)["agency"])
    with sqlite3.connect(home / "tonghu.sqlite3") as connection:
        question = "SELECT account_id FROM access_membership WHERE agency_id = ?"
        return UUID(connection.execute(question, [agency.hex]).fetchone()[0])


def surroundings(home: Path) -> dict[str, str]:
    """Return the environment of a product whose data lie in ``home``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TONGHU_")}
    kept.pop("DATABASE_URL", None)
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return kept | {
        "TONGHU_HOME": str(home),
        "PYTHONPATH": path,
        "DJANGO_SETTINGS_MODULE": "tonghu.config.settings",
    }


def _run(command: list[str], home: Path) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        env=surroundings(home),
        cwd=home.parent,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return done.stdout


def one_time_code(secret: str, at: float) -> str:
    """Return what an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def today() -> str:
    """Return the first day of a role, as the form takes it."""
    return dt.datetime.now(dt.UTC).date().isoformat()
