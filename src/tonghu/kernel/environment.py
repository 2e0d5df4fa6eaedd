"""Every difference between two machines is an environment variable, read here and nowhere else."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

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
    """What the settings need to know of this machine."""

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


def read_environment() -> Environment:
    """Read the environment variables of :data:`SETTINGS`.

    :raises ImproperlyConfigured: when ``DATABASE_URL`` names anything but PostgreSQL.
    """
    read = _read
    home = Path(read("TONGHU_HOME") or "~/.local/share/tonghu").expanduser().absolute()
    return Environment(
        home=home,
        demo=read("TONGHU_DEMO", "") == "1",
        debug=read("TONGHU_DEBUG", "") == "1",
        secret_key=_secret_key(home / "keys" / "django.key"),
        hosts=_listed(read("TONGHU_HOSTS") or "localhost,127.0.0.1,[::1]"),
        bind=read("TONGHU_BIND") or "127.0.0.1",
        port=int(read("TONGHU_PORT") or 8000),
        trusted_proxy=read("TONGHU_TRUSTED_PROXY", ""),
        time_zone=read("TONGHU_TIME_ZONE") or "Asia/Shanghai",
        database=_database(read("DATABASE_URL", ""), home),
        keys=home / "keys",
        static_root=PACKAGE / "static",
    )


def _read(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def _secret_key(path: Path) -> str:
    """Return the key that signs sessions; a throw-away one where none has been made yet."""
    return path.read_text().strip() if path.exists() else f"unset-{secrets.token_urlsafe(32)}"


def _database(url: str, home: Path) -> dict[str, Any]:
    if url:
        found = urlsplit(url)
        if found.scheme not in ("postgresql", "postgres"):
            raise ImproperlyConfigured("DATABASE_URL begins with postgresql:// or is left out.")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(found.path.removeprefix("/")),
            "USER": unquote(found.username or ""),
            "PASSWORD": unquote(found.password or ""),
            "HOST": found.hostname or "",
            "PORT": str(found.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(found.query)),
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "tonghu.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA foreign_keys=ON; PRAGMA cache_size=-8000;",
        },
    }
