"""What is done once a day by the program itself; domains register theirs when they start."""

import datetime as dt
from collections.abc import Callable

Duty = Callable[[dt.datetime], None]
_duties: list[Duty] = []


def every_day(duty: Duty) -> Duty:
    """Register something that must be done once a day; it notices itself when it was done."""
    if duty not in _duties:
        _duties.append(duty)
    return duty


def do_what_is_due(at: dt.datetime) -> None:
    """Ask every daily duty to do what the day still owes."""
    for duty in _duties:
        duty(at)
