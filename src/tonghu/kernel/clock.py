"""The one place that reads the clock; everything else is told the moment.

Views, tasks and commands call :func:`now` once and pass it on as ``at``; tests set it.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_set: ContextVar[dt.datetime | None] = ContextVar("clock", default=None)


def now() -> dt.datetime:
    """Return the present moment in UTC, or the one a test has set."""
    return _set.get() or timezone.now()  # noqa: TID251 -- the one place


def day(at: dt.datetime) -> dt.date:
    """Return the calendar day of a moment where the service works.

    UTC's date is wrong in Xi'an before 08:00.
    """
    return timezone.localdate(at)


def moment(seconds: float) -> dt.datetime:
    """Return the moment that lies so many seconds after the start of 1970, in UTC."""
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)


def end_of(date: dt.date) -> dt.datetime:
    """Return the moment the calendar day ends where the service works."""
    midnight = dt.datetime.combine(date + dt.timedelta(days=1), dt.time.min)
    return timezone.make_aware(midnight)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let the clock stand at ``moment`` inside the block."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
