"""Keys outside the database: files that only the product's own user can read.

Each ring is a folder of numbered keys; the highest number seals, all of them open. Never
derived from ``SECRET_KEY``: that one signs sessions and may be thrown away.
"""

import base64
import os
import secrets
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings

LENGTH = 32


class KeyMissing(Exception):  # noqa: N818 -- says what is wrong
    """A sealed value names a key that is not in the folder."""


class KeysUnsafe(Exception):  # noqa: N818 -- says what is wrong
    """A key file can be read by others, or belongs to somebody else."""


@dataclass(frozen=True)
class Key:
    """One key of a ring; its secret is never part of a message."""

    number: int
    secret: bytes = field(repr=False)


class KeyRing:
    """The keys of one purpose, in files ``0001.key``, ``0002.key`` … with mode 0600."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._keys: dict[int, Key] = {}

    @property
    def current(self) -> Key:
        """Return the key that seals, the highest number; the first one is made on demand."""
        if not self._keys:
            self._load()
        if not self._keys:
            try:
                return self._create(1)
            except FileExistsError:  # another process made the first one in the same moment
                self._load()
        return self._keys[max(self._keys)]

    def key(self, number: int) -> Key:
        """Return the key with this number, looking into the folder again if need be.

        :raises KeyMissing: when there is none: restore the keys from their sealed copy.
        """
        if number not in self._keys:
            self._load()
        if number not in self._keys:
            raise KeyMissing(
                f"{self.folder.name}/{number:04}.key is missing. Restore the folder "
                f"{self.folder} from the copy of the keys; nothing else opens these records."
            )
        return self._keys[number]

    def numbers(self) -> list[int]:
        """Return the numbers of the keys on disk, oldest first."""
        self._load()
        return sorted(self._keys)

    def create_next(self) -> Key:
        """Make the next key; from now on it seals, in this process at once."""
        self._load()
        return self._create(max(self._keys, default=0) + 1)

    def _create(self, number: int) -> Key:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = secrets.token_bytes(LENGTH)
        write_secret(self.folder / f"{number:04}.key", base64.b64encode(secret))
        self._keys[number] = Key(number, secret)
        return self._keys[number]

    def retire(self, number: int) -> None:
        """Move a key that opens nothing any more to ``retired/``; it can be put back."""
        aside = self.folder / "retired"
        aside.mkdir(mode=0o700, exist_ok=True)
        os.replace(self.folder / f"{number:04}.key", aside / f"{number:04}.key")
        self._keys.pop(number, None)

    def _load(self) -> None:
        self._keys = {
            int(path.stem): Key(int(path.stem), base64.b64decode(path.read_bytes()))
            for path in sorted(self.folder.glob("[0-9][0-9][0-9][0-9].key"))
            if require_private(path)
        }


def write_secret(path: Path, content: bytes) -> None:
    """Write a secret file that only its owner can read, whole on disk before it returns.

    It appears under its name only when it is whole: a process that reads the folder in the
    same moment never takes half a key, or an empty one, for the key.

    :raises FileExistsError: when there is one already: a key is never overwritten.
    """
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(unfinished, path)
    finally:
        unfinished.unlink()
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Have the disk itself know of a new name: a key lost in a power cut opens nothing."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def require_private(path: Path) -> bool:
    """Return true when only the product's own user can read the file.

    :raises KeysUnsafe: otherwise, with the command that mends it.
    """
    found = path.stat()
    if found.st_mode & 0o077:
        raise KeysUnsafe(f"{path} can be read by others. Mend it: chmod 600 {path}")
    if found.st_uid != os.geteuid():
        raise KeysUnsafe(f"{path} belongs to another user. Start as its owner, or chown it.")
    return True


@cache
def ring(name: str) -> KeyRing:
    """Return the ring of a purpose: ``field``, ``index``, ``hidden``, ``reporter``, ``journal``."""
    return KeyRing(Path(settings.KEYS_FOLDER) / name)
