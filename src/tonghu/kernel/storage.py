"""When the place where records are kept cannot take one just now: full, busy, away.

That is no fault of the program and none of the person's: she is told so, and presses again.
"""

import errno
import sqlite3
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError

_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
_FILES = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


def is_unavailable(error: BaseException | None) -> bool:
    """Tell whether an error says that nothing can be kept just now, anywhere in what caused it."""
    return any(_says_so(one) for one in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _says_so(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _FILES
    if isinstance(error, sqlite3.Error):
        # The lowest byte is the kind; a missing table is an operational error too, and a bug.
        return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _SQLITE
    if isinstance(error, OperationalError | InterfaceError):
        return not isinstance(error.__cause__, sqlite3.Error)
    return False
