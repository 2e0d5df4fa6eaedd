"""What is done once a day by the program itself; domains register theirs when they start."""

import datetime as dt
import logging
from collections.abc import Callable

log = logging.getLogger("tonghu.daily")
Duty = Callable[[dt.datetime], None]
_duties: list[Duty] = []


def every_day(duty: Duty) -> Duty:
    """Register something that must be done once a day; it notices itself when it was done."""
    if duty not in _duties:
        _duties.append(duty)
    return duty


def do_what_is_due(at: dt.datetime) -> None:
    """Ask every daily duty to do what the day still owes; one that breaks stops no other."""
    for duty in _duties:
        try:
            duty(at)
        except Exception:
            log.exception("the daily duty %s.%s broke", duty.__module__, duty.__qualname__)
