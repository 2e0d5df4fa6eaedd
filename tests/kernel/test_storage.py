import errno
import sqlite3

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError

from tonghu.kernel.storage import is_unavailable


def sqlite_error(code: int) -> OperationalError:
    """An error as Django passes it on."""
    cause = sqlite3.OperationalError("x")
    cause.sqlite_errorcode = code
    error = OperationalError("x")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "code",
    [
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_BUSY_SNAPSHOT,
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
    ],
)
def test_sqlite_that_can_keep_nothing_is_unavailable(code):
    assert is_unavailable(sqlite_error(code))


@pytest.mark.parametrize("code", [sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT])
def test_sqlite_that_was_asked_nonsense_or_is_damaged_is_a_fault(code):
    assert not is_unavailable(sqlite_error(code))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_disk_that_can_keep_nothing_is_unavailable(number):
    assert is_unavailable(OSError(number, "x"))


def test_postgresql_that_went_away_is_unavailable():
    assert is_unavailable(OperationalError("server closed the connection"))
    assert is_unavailable(InterfaceError("connection already closed"))


def test_cause_counts_however_it_was_wrapped():
    outer = RuntimeError("x")
    outer.__context__ = sqlite_error(sqlite3.SQLITE_FULL)

    assert is_unavailable(outer)


@pytest.mark.parametrize("error", [None, ValueError(), KeyError("x"), IntegrityError("x")])
def test_anything_else_is_a_fault(error):
    assert not is_unavailable(error)


def test_file_that_is_not_there_is_a_fault():
    assert not is_unavailable(FileNotFoundError(errno.ENOENT, "x"))
