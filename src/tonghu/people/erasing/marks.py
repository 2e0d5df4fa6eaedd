"""What keeps an erased child away: digests of numbers, in the database and in a list beside it.

The list lies in the data folder, so that an older copy of the database that is put back meets
it. It holds no name and no number: a digest tells only whether a number at hand was erased.
"""

import datetime as dt
import hashlib
import hmac
import os
from collections.abc import Collection, Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

from tonghu.access.journal import TAKEN_OUT
from tonghu.kernel.keyring import ring
from tonghu.people.models import Child, ErasureMark

RING = "journal"
"""The ring whose old keys are kept for ever; marks must be readable as long."""
PURPOSE = b"tonghu erased child "


def digest(number: UUID, key: int | None = None) -> str:
    """Return the mark of a number: the key's number, a dot, and the keyed digest."""
    found = ring(RING).current if key is None else ring(RING).key(key)
    said = hmac.new(found.secret, PURPOSE + number.bytes, hashlib.sha256).hexdigest()
    return f"{found.number}.{said}"


def path() -> Path:
    """Return where the list of erased children lies, apart from the database.

    The server's parent, which loads no table, looks for it by this name (``config.commands``).
    """
    return Path(settings.HOME) / "erased.list"


def on_the_list() -> set[str]:
    """Return the marks that stand in the data folder."""
    if not path().is_file():
        return set()
    lines = path().read_text().split("\n")
    return {line.split(" ")[0] for line in lines if line.strip()}


def add_to_the_list(marks: Iterable[tuple[str, dt.datetime]]) -> None:
    """Add marks to the list; it stands on the disk before anybody is told that it is done."""
    held = on_the_list()
    fresh = [f"{mark} {at:%F}\n" for mark, at in marks if mark not in held]
    if not fresh:
        return
    file = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(file, "a") as lines:
        lines.writelines(fresh)
        lines.flush()
        os.fsync(lines.fileno())


def come_back(marks: Collection[str]) -> list[UUID]:
    """Return the children of this database who were erased, by these marks.

    :raises KeyMissing: when the key of a mark is not in the folder.
    """
    if not marks:
        return []
    rows = Child.objects.unscoped("every child is held against the list of erased ones")
    numbers = rows.values_list("pk", flat=True).order_by("pk").iterator(chunk_size=5000)
    return [pk for pk in numbers if is_marked(pk, marks)]


def is_marked(number: UUID, marks: Collection[str]) -> bool:
    """Tell whether one of these marks is of this number."""
    keys = {int(mark.split(".")[0]) for mark in marks}
    return any(digest(number, key) in marks for key in keys)


def was_erased(number: UUID | None) -> bool:
    """Tell whether this is the number of a file that was erased, for whoever checks the journal."""
    if number is None:
        return False
    rows = ErasureMark.objects.unscoped("a check of the journal asks, nobody reads it")
    digests = [digest(number, key) for key in ring(RING).numbers()]
    return rows.filter(digest__in=digests).exists()


TAKEN_OUT.register("people", was_erased)


def all_marks() -> set[str]:
    """Return the marks of the list and of the database, and write to the list what it lacks."""
    rows = ErasureMark.objects.unscoped("the list beside the database is made whole")
    held = list(rows.values_list("digest", "erased_at"))
    add_to_the_list(held)
    return on_the_list() | {mark for mark, _at in held}
