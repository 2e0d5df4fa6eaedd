"""Working days of the country: weekends, public holidays, and weekends worked instead.

The dates are those of the yearly notices of the State Council's General Office, in the table
beside this file. Of a year whose notice is not in it the weekends alone are known: a time limit
counted so ends too early rather than too late.
"""

import datetime as dt
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

SATURDAY: Final = 5
A_DAY: Final = dt.timedelta(days=1)
NOTICES: Final[dict[str, dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text("utf-8")
)


@lru_cache(maxsize=1)
def _dates() -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    """Return the days off, and the weekends that are worked, of all years that are known."""
    off = {
        first + n * A_DAY
        for notice in NOTICES.values()
        for first, last in notice["off"]
        for n in range((last - first).days + 1)
    }
    worked = {day for notice in NOTICES.values() for day in notice["worked"]}
    return frozenset(off), frozenset(worked)


def is_working_day(day: dt.date) -> bool:
    """Tell whether offices work on a day."""
    off, worked = _dates()
    return day in worked or (day.weekday() < SATURDAY and day not in off)


def working_days_after(day: dt.date, number: int) -> dt.date:
    """Return the day so many working days later; the day itself is not counted."""
    while number:
        day += A_DAY
        number -= is_working_day(day)
    return day
