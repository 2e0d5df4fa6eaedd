"""Every difference between two machines is an environment variable, read here and nowhere else.

What cannot be used is never guessed at: it is kept as a fault, so that ``doctor`` lists all of
them at once and every other command refuses.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from tonghu.kernel.checks import Verdict, refused

PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Setting:
    """One environment variable as the reference page prints it."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("TONGHU_HOME", "~/.local/share/tonghu", "Data folder: database, keys, files, logs."),
    Setting(
        "DATABASE_URL",
        "SQLite in the data folder",
        "postgresql://user:password@host/name; what follows ? goes to the driver, as sslmode.",
    ),
    Setting(
        "TONGHU_HOSTS", "localhost,127.0.0.1,[::1]", "Names under which the pages are reached."
    ),
    Setting("TONGHU_BIND", "127.0.0.1", "Address the server listens on."),
    Setting("TONGHU_PORT", "8000", "Port the server listens on."),
    Setting(
        "TONGHU_TRUSTED_PROXY",
        "",
        "Address of the proxy that brings https, if any; it alone says who asks and how.",
    ),
    Setting(
        "TONGHU_TIME_ZONE", "Asia/Shanghai", "Where the service works: decides what 'today' is."
    ),
    Setting("TONGHU_DEMO", "", "1: made-up agency, sign-in without a second factor."),
    Setting("TONGHU_DEBUG", "", "1: Django's debug pages; refused outside demo mode."),
)


@dataclass(frozen=True)
class Environment:
    """What the settings need to know of this machine, and what is wrong with it."""

    home: Path
    demo: bool
    debug: bool
    secret_key: str
    hosts: list[str]
    bind: str
    port: int
    trusted_proxy: str
    time_zone: str
    database: dict[str, Any]
    keys: Path
    static_root: Path
    faults: tuple[Verdict, ...] = ()


def read_environment() -> Environment:
    """Read the environment variables of :data:`SETTINGS`."""
    read, faults = os.environ.get, list[Verdict]()
    home = Path(read("TONGHU_HOME") or "~/.local/share/tonghu").expanduser().absolute()
    return Environment(
        home=home,
        demo=read("TONGHU_DEMO", "") == "1",
        debug=read("TONGHU_DEBUG", "") == "1",
        secret_key=_secret_key(home / "keys" / "django.key", faults),
        hosts=_listed(read("TONGHU_HOSTS") or "localhost,127.0.0.1,[::1]"),
        bind=read("TONGHU_BIND") or "127.0.0.1",
        port=_port(read("TONGHU_PORT") or "8000", faults),
        trusted_proxy=read("TONGHU_TRUSTED_PROXY", ""),
        time_zone=_time_zone(read("TONGHU_TIME_ZONE") or "Asia/Shanghai", faults),
        database=_database(read("DATABASE_URL", ""), home, faults),
        keys=home / "keys",
        static_root=PACKAGE / "static",
        faults=tuple(faults),
    )


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def _secret_key(path: Path, faults: list[Verdict]) -> str:
    """Return the key that signs sessions; a throw-away one where none has been made yet."""
    try:
        return path.read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        faults.append(
            refused(f"{path} cannot be read: {why}.", f"Start as the owner of {path.parent}.")
        )
    return f"unset-{secrets.token_urlsafe(32)}"


def _port(text: str, faults: list[Verdict]) -> int:
    if text.isdecimal() and 0 < int(text) < 2**16:
        return int(text)
    faults.append(refused(f"TONGHU_PORT={text} is no port.", "Name a number from 1 to 65535."))
    return 8000


def _time_zone(name: str, faults: list[Verdict]) -> str:
    try:
        return ZoneInfo(name).key
    except (LookupError, ValueError, OSError):
        faults.append(
            refused(f"TONGHU_TIME_ZONE={name} is not known here.", "Write it as in Asia/Shanghai.")
        )
        return "UTC"


def _database(url: str, home: Path, faults: list[Verdict]) -> dict[str, Any]:
    if not url:
        return _sqlite(home)
    try:
        found = urlsplit(url)
        if found.scheme in ("postgresql", "postgres") and found.path.strip("/"):
            return _postgresql(found)
        scheme = found.scheme or "no scheme"
    except ValueError:
        scheme = "an address that cannot be read"
    # The address may hold a password: no message repeats it.
    faults.append(
        refused(
            f"DATABASE_URL names no PostgreSQL database ({scheme}).",
            "Write it as postgresql://user:password@host/name, or unset it to use SQLite.",
        )
    )
    return {"ENGINE": "django.db.backends.dummy"}


def _postgresql(found: SplitResult) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(found.path.removeprefix("/")),
        "USER": unquote(found.username or ""),
        "PASSWORD": unquote(found.password or ""),
        "HOST": found.hostname or "",
        "PORT": str(found.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Somebody waits in front of a page: ten seconds, then she is told to press again.
        "OPTIONS": {"connect_timeout": 5, "options": "-c lock_timeout=10s"}
        | dict(parse_qsl(found.query)),
    }


def _sqlite(home: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "tonghu.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            # What is deleted or moved away is written over, not left in a free page (R67).
            "PRAGMA foreign_keys=ON; PRAGMA cache_size=-8000; PRAGMA secure_delete=ON;",
        },
    }
