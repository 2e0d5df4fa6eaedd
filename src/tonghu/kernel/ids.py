"""Keys made by the app: UUIDv7, so that rows sort by the moment they were made."""

import datetime as dt
from uuid import UUID

from uuid_utils.compat import uuid7


def new_id(at: dt.datetime | None = None) -> UUID:
    """Return a new key (RFC 9562, version 7), stamped with ``at`` or the present moment."""
    if at is None:
        return uuid7()
    seconds, micros = divmod(round(at.timestamp() * 1_000_000), 1_000_000)
    return uuid7(timestamp=seconds, nanos=micros * 1000)
