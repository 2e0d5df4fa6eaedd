"""What is done once a day by the program itself; domains register theirs when they start."""

import datetime as dt
from collections.abc import Callable

from tonghu.kernel.registry import Registry, named

Duty = Callable[[dt.datetime], None]
_duties: Registry[Duty] = Registry("daily duties")


def every_day(duty: Duty) -> Duty:
    """Register something that must be done once a day; it notices itself when it was done."""
    return _duties.register(named(duty), duty)


def do_what_is_due(at: dt.datetime) -> None:
    """Ask every daily duty to do what the day still owes."""
    for duty in _duties.values():
        duty(at)
