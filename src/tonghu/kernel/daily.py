"""What is done once a day by the program itself; domains register theirs when they start."""

import datetime as dt
import logging
from collections.abc import Callable

from tonghu.kernel.registry import Registry, named

log = logging.getLogger("tonghu.daily")
Duty = Callable[[dt.datetime], None]
_duties: Registry[Duty] = Registry("daily duties")


def every_day(duty: Duty) -> Duty:
    """Register something that must be done once a day; it notices itself when it was done."""
    return _duties.register(named(duty), duty)


def do_what_is_due(at: dt.datetime) -> None:
    """Ask every daily duty to do what the day still owes; one that breaks stops no other."""
    for name, duty in _duties.items():
        try:
            duty(at)
        except Exception:
            log.exception("the daily duty %s broke", name)
