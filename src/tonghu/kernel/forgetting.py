"""Leaving no copy of what was moved or erased in the files of the database."""

from django.db import connection, transaction

SOON = 200
"""Milliseconds for which readers are waited for; the next one that forgets does the rest."""


def forget_what_was() -> None:
    """Once the transaction stands, let the log that still holds the old pages go.

    SQLite writes over what is deleted, in its file; the log beside it keeps earlier pages until
    it is emptied. Nobody waits for long: with a reader in the way the log is emptied later.
    PostgreSQL cleans up by itself, and its log is not ours to cut.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(_empty_the_log)


def _empty_the_log() -> None:
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {SOON}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")
