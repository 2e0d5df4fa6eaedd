"""How old a child is on a day, as exactly as the birth date is known.

The law draws lines at 8 (capacity, never unattended), 14 (data consent), 16 (left-behind,
migrant, living alone) and 18 (end of minority): Civil Code 19-20, law on minors 21, PIPL 31.
An uncertain birth date gives an uncertain answer, never a guess.
"""

import calendar
import datetime as dt
from dataclasses import dataclass

from tonghu.people.constants import Precision

CAPACITY, CONSENT, CARE, MINORITY = 8, 14, 16, 18
ESTIMATED_WITHIN = 2
"""Years by which an estimated birth year may be wrong on either side."""


@dataclass(frozen=True)
class Birth:
    """A birth date as it is known: the earliest and the latest day it can have been."""

    earliest: dt.date
    latest: dt.date

    @classmethod
    def known(cls, born_on: dt.date | None, precision: str) -> "Birth | None":
        """Return what a stored date and its precision say, or nothing when it is not known."""
        if born_on is None:
            return None
        first, last = born_on, born_on
        if precision == Precision.MONTH:
            last = born_on.replace(day=calendar.monthrange(born_on.year, born_on.month)[1])
        elif precision == Precision.YEAR:
            last = dt.date(born_on.year, 12, 31)
        elif precision == Precision.ESTIMATED:
            first = dt.date(born_on.year - ESTIMATED_WITHIN, 1, 1)
            last = dt.date(born_on.year + ESTIMATED_WITHIN, 12, 31)
        return cls(first, last)

    def age(self, on: dt.date) -> tuple[int, int]:
        """Return the least and the greatest age in whole years that the child can have."""
        return years(self.latest, on), years(self.earliest, on)

    def is_under(self, limit: int, on: dt.date) -> bool | None:
        """Tell whether the child is younger than ``limit``; nothing when it cannot be told."""
        least, most = self.age(on)
        if most < limit:
            return True
        return None if least < limit else False


def years(born_on: dt.date, on: dt.date) -> int:
    """Return the whole years from a birth to a day; negative before it.

    Who was born on 29 February is a year older on 1 March of other years.
    """
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
