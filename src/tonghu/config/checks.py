"""Unsafe configuration: what ``tonghu start`` refuses and ``tonghu doctor`` lists."""

import ipaddress
import os
import re
import sqlite3
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks as django_checks
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Field, Model, TextField
from django.db.models.functions import Cast

from tonghu.access.journal import said_in
from tonghu.access.models import JournalRow
from tonghu.kernel.checks import Verdict, check, ok, refused, warning
from tonghu.kernel.encryption import SealBroken, SealedField
from tonghu.kernel.environment import read_environment
from tonghu.kernel.keyring import KeyMissing, KeysUnsafe, require_private
from tonghu.kernel.rotation import columns
from tonghu.kernel.tenancy import passes_every_lock

NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "ceph", "fuse.glusterfs"}
SHORTEST_KEY = 40
MOUNTS = Path("/proc/self/mountinfo")


@check("settings.environment")
def environment_understood() -> Verdict:
    """Refuse variables that say nothing: a server must not run with what it guessed."""
    faults = read_environment().faults
    if faults:
        return refused(" ".join(one.words for one in faults), " ".join(one.mend for one in faults))
    return ok("every environment variable can be read")


@check("keys.signing")
def signing_key() -> Verdict:
    """Refuse a default or missing key of the sessions."""
    path = Path(settings.KEYS_FOLDER) / "django.key"
    if path.is_file() and not os.access(path, os.R_OK):
        return refused(f"{path} cannot be read.", f"Start as the owner of {path.parent}.")
    if settings.SECRET_KEY.startswith("unset-"):
        return refused(f"{path} is missing.", "Run: tonghu migrate (it makes the keys once).")
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        return refused(f"{path} is too short to be safe.", f"Delete {path}, run: tonghu migrate")
    return ok("the key that signs sessions is there")


@check("keys.private")
def private_keys() -> Verdict:
    """Refuse keys that others can read."""
    folder = Path(settings.KEYS_FOLDER)
    try:
        for path in sorted(folder.rglob("*.key")):
            require_private(path)
    except KeysUnsafe as error:
        words, _, mend = str(error).partition(". Mend it: ")
        return refused(words, mend or f"chown -R {os.geteuid()} {folder}")
    return ok("only this user can read the keys")


@check("keys.fit", asks_database=True)
def keys_fit() -> Verdict:
    """Refuse keys that do not open what stands in the database: they belong to another copy.

    New ones would be made otherwise, and what they seal could not be told from the rest.
    """
    try:
        for model, field in columns():
            if isinstance(field, SealedField):
                _open_one(model, field)
        _open_one_of_the_journal()
    except (KeyMissing, SealBroken) as error:
        return refused(
            f"The keys are not those of this database: {error}",
            f"Put the copy of the keys that belongs to it into {settings.KEYS_FOLDER}.",
        )
    return ok("the keys open what stands in the database")


def _open_one(model: type[Model], field: Field) -> None:
    held = model._base_manager.exclude(**{f"{field.name}__isnull": True})
    row = held.alias(_text=Cast(field.name, TextField())).exclude(_text="").first()
    if row is not None:
        getattr(row, field.attname)


def _open_one_of_the_journal() -> None:
    rows = JournalRow.objects.unscoped("do the keys open the journal?")
    row = rows.exclude(sealed="").order_by("-id").first()
    if row is not None:
        said_in(row)


@check("settings.debug")
def debug_off() -> Verdict:
    """Refuse debug pages outside demo mode: they show data to anybody."""
    if settings.DEBUG and not settings.DEMO:
        return refused("TONGHU_DEBUG=1 outside demo mode.", "Unset TONGHU_DEBUG.")
    return ok("debug pages are off" if not settings.DEBUG else "debug pages, demo mode only")


@check("settings.http")
def encrypted_outside() -> Verdict:
    """Refuse plain http to other machines."""
    environment = read_environment()
    if is_loopback(environment.bind) or environment.trusted_proxy:
        return ok(f"listens on {environment.bind}")
    return refused(
        f"Listening on {environment.bind} without https: passwords would cross the network.",
        "Put a proxy with https in front and name it in TONGHU_TRUSTED_PROXY, or use 127.0.0.1.",
    )


@check("folder.owner")
def own_folder() -> Verdict:
    """Refuse a data folder that belongs to somebody else or that others can write."""
    home = Path(settings.HOME)
    if not home.exists():
        return refused(f"{home} does not exist.", "Run: tonghu migrate")
    if not home.is_dir():
        return refused(f"{home} is a file, not a folder.", "Name a folder in TONGHU_HOME.")
    found = home.stat()
    if found.st_uid != os.geteuid():
        return refused(
            f"{home} belongs to another user.", f"Start as its owner, or: chown -R USER {home}"
        )
    if found.st_mode & 0o077:
        return refused(f"{home} can be opened by others.", f"chmod 700 {home}")
    return ok("the data folder is this user's alone")


@check("folder.filesystem")
def local_disk() -> Verdict:
    """Refuse SQLite on a network file system: locks do not hold there."""
    kind = filesystem_of(Path(settings.HOME), _mounts())
    return disk_for(connection.vendor, kind)


def disk_for(vendor: str, kind: str) -> Verdict:
    """Say whether a database of this vendor may keep its file on this kind of file system."""
    if kind in NETWORK and vendor == "sqlite":
        return refused(
            f"The data folder lies on a network file system ({kind}).",
            "Move TONGHU_HOME to a local disk, or use PostgreSQL.",
        )
    return ok(f"file system: {kind or 'unknown'}")


@check("folder.encryption")
def disk_encryption() -> Verdict:
    """Warn when the disk is not known to be encrypted: names stand readable on it."""
    device = device_of(Path(settings.HOME), _mounts())
    if device.startswith(("/dev/mapper/", "/dev/dm-")):
        return ok(f"the data folder lies on {device}")
    return warning(
        "The disk is not known to be encrypted: whoever takes it reads names and notes.",
        "Put TONGHU_HOME on an encrypted disk (LUKS, FileVault, BitLocker).",
    )


@check("database.safe", asks_database=True)
def safe_in_a_power_cut() -> Verdict:
    """Refuse SQLite that could lose an acknowledged record in a power cut."""
    return durability_of(connection)


def durability_of(database: BaseDatabaseWrapper) -> Verdict:
    """Say whether what this database acknowledges outlives a power cut."""
    if database.vendor != "sqlite":
        return ok(f"database: {database.vendor}")
    with database.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        level = cursor.execute("PRAGMA synchronous").fetchone()[0]
    if mode != "wal" or level < 2:
        return refused(
            f"SQLite runs with journal_mode={mode}, synchronous={level}.",
            "Use WAL and FULL: a power cut could lose a record that was acknowledged.",
        )
    return ok(f"SQLite {sqlite3.sqlite_version}, WAL, FULL")


@check("database.second_lock", asks_database=True)
def second_lock() -> Verdict:
    """Warn when the database user is one whom row-level security does not hold."""
    if connection.vendor != "postgresql":
        return ok("one house, one file")
    if passes_every_lock():
        return warning(
            "The database user is a superuser: PostgreSQL does not keep agencies apart for it.",
            "Give Tonghu a user of its own without SUPERUSER and BYPASSRLS.",
        )
    return ok("PostgreSQL keeps the rows of agencies apart")


@check("database.whole", at_start=False, asks_database=True)
def not_corrupt() -> Verdict:
    """Refuse an SQLite file with damaged pages."""
    if connection.vendor != "sqlite":
        return ok(f"database: {connection.vendor}")
    with connection.cursor() as cursor:
        found = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        return refused(f"The database file is damaged: {found}", "Restore the last good backup.")
    return ok("the database file is whole")


@check("database.migrations", asks_database=True)
def migrated() -> Verdict:
    """Refuse to serve with tables of another version."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = ", ".join(f"{one.app_label}.{one.name}" for one, _back in waiting[:3])
        return refused(f"{len(waiting)} migrations wait: {names}", "Run: tonghu migrate")
    return ok("all migrations are applied")


@check("code.policies")
def every_address_has_a_policy() -> Verdict:
    """Refuse to start with an address that says nothing of who may call it (R90)."""
    found = [error.msg for error in django_checks() if error.is_serious()]
    if found:
        return refused("; ".join(found), "This is a fault of the program: install another version.")
    return ok("every address has a policy")


def is_loopback(address: str) -> bool:
    """Tell whether only this machine reaches the address."""
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address == "localhost"


def filesystem_of(path: Path, mounts: str) -> str:
    """Return the kind of file system a path lies on; ``mounts`` is Linux's mountinfo."""
    return _mount_of(path, mounts)[1]


def device_of(path: Path, mounts: str) -> str:
    """Return the device a path lies on; ``mounts`` is Linux's mountinfo."""
    return _mount_of(path, mounts)[2]


def _mounts() -> str:
    return MOUNTS.read_text() if MOUNTS.exists() else ""


def _mount_of(path: Path, mounts: str) -> tuple[str, str, str]:
    best = ("", "", "")
    real = str(path.resolve())
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        # Blanks in names are written as octal numbers.
        point = re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), left.split()[4])
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best[0]):
            kind, device = right.split()[:2]
            best = (point, kind, device)
    return best
