"""Bugs on standard error, with the place where they broke and never with what they said.

The words of an error can be a row's values: a database names the name that was there twice.
So can an address: an invitation's is the way in. What is left is enough to find the fault.
"""

import logging
import traceback
from typing import Any


class Nameless(logging.Formatter):
    """Tells a bug by the kinds and places of its errors, a request by its route."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the traces of the errors below it."""
        told = logging.makeLogRecord(record.__dict__)
        told.exc_text = None  # another handler may have kept the error's words there
        if request := getattr(record, "request", None):
            told.msg, told.args = "%s %s", (request.method, _route(request))
        return super().format(told)

    def formatException(self, ei: Any) -> str:  # noqa: N802 -- logging's
        """Return the trace of an error and of those it came from, without their words."""
        error: BaseException | None = ei[1]
        parts: list[str] = []
        while error is not None:
            trace = "".join(traceback.format_tb(error.__traceback__))
            parts.append(f"{trace}{type(error).__module__}.{type(error).__qualname__}")
            hidden = None if error.__suppress_context__ else error.__context__
            error = error.__cause__ or hidden
        return "\nfollowed by\n".join(reversed(parts))


def _route(request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    return match.route if match else "an address that is none"
