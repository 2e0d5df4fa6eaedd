"""Keys made by the app: UUIDv7, so that rows sort by the moment they were made."""

import datetime as dt
from uuid import UUID

from uuid_utils.compat import uuid7


def new_id(at: dt.datetime | None = None) -> UUID:
    """Return a new key (RFC 9562, version 7), stamped with ``at`` or the present moment."""
    if at is None:
        return uuid7()
    return uuid7(nanoseconds=round(at.timestamp() * 1_000_000) * 1000)
