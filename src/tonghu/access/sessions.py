"""The session engine (``SESSION_ENGINE``): Django's database sessions with an owner.

A session row knows its account, device, start and last request, so that a person can see where
she is signed in and end any of them, and closing an account ends them all in one delete.
"""

from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db.models import CharField, DateTimeField

from tonghu.access.models import Session
from tonghu.kernel import clock
from tonghu.kernel.prepared import Asked, Prepared

DEVICE = "device"
STARTED = "started"

_of_key = Prepared(
    lambda: Session.objects.filter(
        session_key=Asked("key", CharField()), expire_date__gt=Asked("at", DateTimeField())
    )
)


class SessionStore(DatabaseSessions):
    """Sessions kept in ``access_session``; ``row`` is the one this request came with."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the table of the sessions."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        self.row = _of_key.first(key=self.session_key, at=clock.now())
        if self.row is None:
            self._session_key = None
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row to be saved, with its owner read from what it carries."""
        row = super().create_model_instance(data)
        if not isinstance(row, Session):
            raise TypeError(f"Sessions are kept in {Session._meta.label}.")
        account, device = data.get(SESSION_KEY), data.get(DEVICE)
        row.account_id = UUID(account) if account else None
        row.device_id = UUID(device) if device else None
        started = data.get(STARTED)
        row.seen_at = clock.now()
        row.started_at = clock.moment(started) if started else row.seen_at
        return row
