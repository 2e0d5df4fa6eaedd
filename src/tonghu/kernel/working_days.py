"""Working days: Monday to Friday; the holidays of a year are not known yet."""

import datetime as dt

SATURDAY = 5


def is_working_day(day: dt.date) -> bool:
    """Tell whether offices are open on a day."""
    return day.weekday() < SATURDAY


def working_days_after(day: dt.date, number: int) -> dt.date:
    """Return the day so many working days later; Monday to Friday, holidays are not known yet."""
    while number:
        day += dt.timedelta(days=1)
        number -= is_working_day(day)
    return day
