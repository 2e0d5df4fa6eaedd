"""The second lock, on PostgreSQL: the database itself keeps the rows of agencies apart (R45).

The first lock is the Rule that every query asks. Should one ever be wrong, a request that acts
for one agency still cannot read or write a row of another. SQLite has no such lock; it serves
one house.

A user of the database that is a superuser passes every lock: ``doctor`` says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from django.utils.translation import gettext_lazy as _

from tonghu.kernel.law import upholds

EVERY = ""
LOCK = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY own_agency ON {table} USING (
  coalesce(current_setting('tonghu.agency', true), '') = ''
  OR agency_id = nullif(current_setting('tonghu.agency', true), '')::uuid
);
"""
UNLOCK = """
DROP POLICY own_agency ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
_agency: ContextVar[str] = ContextVar("agency", default=EVERY)


def lock_rows(*tables: str) -> RunPython:
    """Return the step of a migration that locks tables with an ``agency_id`` column."""

    def run(statements: str) -> Any:
        def each(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
            if editor.connection.vendor == "postgresql":
                for table in tables:
                    editor.execute(statements.format(table=editor.quote_name(table)), None)

        return each

    return RunPython(run(LOCK), run(UNLOCK))


@contextmanager
@upholds("R45", says=_("PostgreSQL itself keeps the rows of agencies apart"))
def only_rows_of(agency_id: UUID) -> Iterator[None]:
    """Let the block read and write the rows of one agency and of no other."""
    with _let_through(str(agency_id)):
        yield


@contextmanager
def rows_of_every_agency(why: str) -> Iterator[None]:
    """Lift the lock inside the block, for the reason that stands at the call.

    :raises ValueError: without a reason.
    """
    if not why:
        raise ValueError("Say why rows of other agencies are needed.")
    with _let_through(EVERY):
        yield


@contextmanager
def _let_through(agency: str) -> Iterator[None]:
    if connection.vendor != "postgresql" or _agency.get() == agency:
        yield
        return
    before = _agency.set(agency)
    _tell(agency)
    try:
        yield
    except BaseException:
        _agency.reset(before)
        # In a broken transaction nothing can be told; its end brings back what was before.
        with suppress(DatabaseError):
            _tell(_agency.get())
        raise
    _agency.reset(before)
    _tell(_agency.get())


def _tell(agency: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tonghu.agency', %s, false)", [agency])


def passes_every_lock() -> bool:
    """Tell whether the database user is one whom PostgreSQL does not hold to the lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])
