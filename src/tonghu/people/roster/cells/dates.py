"""A day of birth in every spelling that lists know; the year before the month before the day."""

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import Final

from tonghu.people.roster.reasons import Reason
from tonghu.people.roster.text import Value, plain, shown, tidy
from tonghu.people.roster.words import any_of, word, words

OLDEST: Final = 25
"""Nobody on a list of children is older; a day further back is somebody else's, or a slip."""
FIRST_SERIAL_YEAR: Final = 1990
FIRST_DAY: Final = dt.date(1899, 12, 30)
DAYS_BEFORE_1904: Final = 1462

_MISSING = words("dates", "missing")
_LUNAR = re.compile(any_of("dates", "lunar"))
_SOLAR = re.compile(any_of("dates", "solar"))
_YEAR, _MONTH, _DAY, _TEN = (word("dates", name) for name in ("year", "month", "day", "ten"))
_MONTH_ENDING = f"{_MONTH}(?:{word('dates', 'month_ending')})?"
_ENDING = re.compile(f"(?:{any_of('dates', 'endings')})+$")
_NUMERALS = word("dates", "digits")
_VALUES = dict(zip(_NUMERALS, "000123456789", strict=True))
_CHINESE_YEAR = re.compile(f"^[{_NUMERALS}]{{4}}{_YEAR}")
_CHINESE_NUMBER = re.compile(f"[{_NUMERALS}{_TEN}]+")

_GAP = rf"[\s.\-/,\u3001\u3002\u00b7\u2014\u2013_~{_YEAR}{_MONTH}]{{1,3}}"
_FULL = re.compile(rf"^(\d{{4}}){_GAP}(\d{{1,2}}){_GAP}(\d{{1,2}})[.\u3002]?$")
_TO_MONTH = re.compile(rf"^(\d{{4}}){_GAP}(\d{{1,2}})(?:{_MONTH_ENDING}|[.\u3002])?$")
_TO_YEAR = re.compile(rf"^(\d{{4}}){_YEAR}?$")
_SHORT = re.compile(rf"^(\d{{2}}){_GAP}(\d{{1,2}}){_GAP}(\d{{1,2}})$")
_SHORT_TO_MONTH = re.compile(rf"^(\d{{2}}){_YEAR}(\d{{1,2}}){_MONTH_ENDING}$")
_YEAR_LAST = re.compile(r"^(\d{1,2})[/\-.](\d{1,2})[/\-.](\d{2}|\d{4})$")
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$")
_AGE = re.compile(
    rf"^(?:{any_of('dates', 'age_openings')})?:?"
    rf"(?:\d{{1,2}}|[{word('dates', 'age_numerals')}{_NUMERALS}{_TEN}]{{1,3}})"
    rf"(?:(?:{any_of('dates', 'age_units')}).{{0,5}}|"
    rf"(?:{any_of('dates', 'month_units')}).{{0,3}}|years?|yrs?)$"
)


@dataclass(frozen=True, slots=True)
class Birth:
    """A day as far as it is known: ``2015-03-02``, ``2015-03`` or ``2015``; or why not."""

    value: str = ""
    precision: str = ""
    doubt: Reason | None = None


def read_birth(value: Value, *, on: dt.date, from_1904: bool = False) -> Birth:
    """Read a cell as a day of birth, seen from the day ``on``; nothing is filled in.

    What names no year, can be read in two ways, or is a day of the lunar calendar stays empty.
    A bare number is taken as the spreadsheet's own count of days when that makes a child's
    birthday; ``from_1904`` says that the book counts from 1904.
    """
    text = shown(value).strip()
    if isinstance(value, dt.date):
        found = _Parts(value.year, value.month, value.day)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(float(value), text, on=on, from_1904=from_1904)
    else:
        return _of_text(text, on=on)
    return found.birth(text, on=on)


def is_birth(text: str) -> bool:
    """Return whether a word in a sentence is meant as a date or an age."""
    bare = plain(text)
    if not bare:
        return False
    meant = (_LUNAR.search(bare), _AGE.match(bare), _CHINESE_YEAR.match(bare))
    return bare[0].isdigit() or any(meant)


@dataclass(frozen=True, slots=True)
class _Parts:
    year: int
    month: int = 0
    day: int = 0

    def birth(self, text: str, *, on: dt.date) -> Birth:
        variant = self.fault(on)
        if variant is not None:
            return _doubt("DOB_IMPOSSIBLE", text, variant)
        if self.day:
            return Birth(f"{self.year:04}-{self.month:02}-{self.day:02}", "day")
        if self.month:
            return Birth(f"{self.year:04}-{self.month:02}", "month")
        return Birth(f"{self.year:04}", "year")

    def fault(self, on: dt.date) -> str | None:
        """Return why it cannot be a child's birthday: the variant of the reason."""
        try:
            first = dt.date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            return ""
        if first > on:
            return "future"
        return "adult" if on.year - first.year > OLDEST else None


def _doubt(code: str, text: str, variant: str = "") -> Birth:
    return Birth(doubt=Reason(code, "dob", text, variant))


def _of_number(number: float, text: str, *, on: dt.date, from_1904: bool) -> Birth:
    if not math.isfinite(number):
        return _doubt("DOB_UNCLEAR", text)
    whole = int(number)
    serial = _serial(whole + (DAYS_BEFORE_1904 if from_1904 else 0), on=on)
    if serial is not None:
        return serial.birth(text, on=on)
    if number == whole:
        if 0 <= whole <= OLDEST:
            return _doubt("DOB_ONLY_AGE", text)
        return _of_digits(str(whole), text, on=on)
    year, _point, rest = text.partition(".")
    # 2015.1 may have been typed as 2015.10: the spreadsheet drops the nought.
    if len(year) == 4 and (rest in {"11", "12"} or rest.lstrip("0") in set("23456789")):
        return _Parts(int(year), int(rest)).birth(text, on=on)
    return _doubt("DOB_UNCLEAR", text)


def _serial(days: int, *, on: dt.date) -> _Parts | None:
    first = (dt.date(FIRST_SERIAL_YEAR, 1, 1) - FIRST_DAY).days
    if not first <= days <= (on - FIRST_DAY).days:
        return None
    day = FIRST_DAY + dt.timedelta(days)
    return _Parts(day.year, day.month, day.day)


def _of_digits(digits: str, text: str, *, on: dt.date) -> Birth:
    if len(digits) == 8:
        return _Parts(int(digits[:4]), int(digits[4:6]), int(digits[6:])).birth(text, on=on)
    if len(digits) == 6:
        return _six(digits, text, on=on)
    if len(digits) == 5:
        serial = _serial(int(digits), on=on)
        return serial.birth(text, on=on) if serial else _doubt("DOB_UNCLEAR", text)
    if len(digits) == 4 and digits.startswith(("19", "20")):
        return _Parts(int(digits)).birth(text, on=on)
    return _doubt("DOB_UNCLEAR", text)


def _six(digits: str, text: str, *, on: dt.date) -> Birth:
    """Read 201503 as a month and 150302 as a day, when only one of the two can be."""
    readings = [
        _Parts(_century(int(digits[:2]), on), int(digits[2:4]), int(digits[4:])),
    ]
    if digits.startswith(("19", "20")):
        month = int(digits[4:])
        readings.append(_Parts(int(digits[:4]), month or 99))
    return _only(readings, text, on=on)


def _only(readings: list[_Parts], text: str, *, on: dt.date) -> Birth:
    """Return the one reading that can be; none or several is a question."""
    possible = {reading for reading in readings if reading.fault(on) is None}
    if len(possible) == 1:
        return possible.pop().birth(text, on=on)
    return _doubt("DOB_UNCLEAR" if possible else "DOB_IMPOSSIBLE", text)


def _century(year: int, on: dt.date) -> int:
    return year + (2000 if year <= on.year % 100 else 1900)


def _of_text(text: str, *, on: dt.date) -> Birth:
    bare = tidy(text).strip("'\"`").strip()
    if not bare or plain(bare) in _MISSING:
        return _doubt("DOB_MISSING", text)
    if _LUNAR.search(plain(bare)):
        return _doubt("DOB_LUNAR", text)
    if _AGE.match(plain(bare)):
        return _doubt("DOB_ONLY_AGE", text)
    bare = _in_digits(_SOLAR.sub("", bare))
    bare = _ENDING.sub("", _CLOCK.sub("", bare).strip("() :")).strip()
    bare = re.sub(rf"\s*([{_YEAR}{_MONTH}{_DAY}.\-/])\s*", r"\1", bare)
    if bare.isdecimal() and bare.isascii():
        if len(bare) <= 2 and int(bare) <= OLDEST:
            return _doubt("DOB_ONLY_AGE", text)
        return _of_digits(bare, text, on=on)
    return _of_pattern(bare, text, on=on)


def _in_digits(text: str) -> str:
    """Write a date in Chinese numerals as digits; anything else is returned as it is."""
    if not _CHINESE_YEAR.match(text):
        return text
    return _CHINESE_NUMBER.sub(lambda found: _number(found[0]), text)


def _number(signs: str) -> str:
    """Return 2015 for its four signs, and 12, 20, 25 for numbers written with ten."""
    if _TEN not in signs:
        return "".join(_VALUES[sign] for sign in signs)
    tens, _ten, ones = signs.partition(_TEN)
    return "".join(_VALUES.get(sign, "") for sign in tens or _NUMERALS[3]) + (
        "".join(_VALUES.get(sign, "") for sign in ones) or "0"
    )


def _of_pattern(bare: str, text: str, *, on: dt.date) -> Birth:
    for pattern in (_FULL, _TO_MONTH, _TO_YEAR):
        if (found := pattern.match(bare)) is not None:
            parts = [int(number) for number in found.groups()]
            # A month or day that is written as nought is a slip, not a lesser precision.
            return _Parts(parts[0], *(part or 99 for part in parts[1:])).birth(text, on=on)
    if (found := _SHORT_TO_MONTH.match(bare)) is not None:
        year, month = (int(number) for number in found.groups())
        return _Parts(_century(year, on), month or 99).birth(text, on=on)
    return _of_short(bare, text, on=on)


def _of_short(bare: str, text: str, *, on: dt.date) -> Birth:
    """Read 15.3.2, and 3/25/2015 where no other reading can be."""
    readings = []
    slashed = "/" in bare
    if (found := _SHORT.match(bare)) is not None:
        year, month, day = (int(number) for number in found.groups())
        readings.append(_Parts(_century(year, on), month or 99, day or 99))
    if (found := _YEAR_LAST.match(bare)) is not None and (slashed or not readings):
        first, second, year = (int(number) for number in found.groups())
        year = year if year > 99 else _century(year, on)
        readings.append(_Parts(year, first or 99, second or 99))
        if len(found[3]) == 4:
            readings.append(_Parts(year, second or 99, first or 99))
    if not readings:
        return _doubt("DOB_UNCLEAR", text)
    return _only(readings, text, on=on)
