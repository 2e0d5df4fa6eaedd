"""ID numbers of 18 characters (GB 11643): what they say, and what is wrong with them."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from tonghu.people.roster.reasons import Reason
from tonghu.people.roster.text import MOST_EXACT, Value, narrow, plain, shown, tidy
from tonghu.people.roster.words import words

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MARKS: Final = "10X98765432"
_WHOLE = re.compile(r"^\d{17}[\dX]$", re.ASCII)
_SCIENTIFIC = re.compile(r"^\d(\.\d+)?[eE]\+?\d+$", re.ASCII)
_NONE = words("identity", "none")
_NO_PART = re.compile("[\\s\\-_.'\"`=\u2019\u2018]+")
_CROSS = str.maketrans("x\u00d7\u0445\u0425", "XXXX")
_PROVINCES: Final = re.compile("^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)")


@dataclass(frozen=True, slots=True)
class Identity:
    """A number that holds, with the birthday and the sex inside it; or why it is left out."""

    number: str = ""
    birth: str = ""
    sex: str = ""
    area_known: bool = True
    doubt: Reason | None = None


def read_identity(value: Value, *, on: dt.date, typed: bool = True) -> Identity:
    """Read a cell as a child's ID number; one that does not hold is left out, with the reason.

    No number is no fault: many children have none yet, and none is refused for it. An area that
    no place has is no fault either. ``typed`` is false for a file that keeps numbers and texts
    alike: there, three noughts at the end tell that the last digits are lost.
    """
    text = shown(value).strip()
    if plain(text) in _NONE or not text:
        return Identity()
    bare = _NO_PART.sub("", narrow(text)).translate(_CROSS)
    as_number = isinstance(value, int | float) and not isinstance(value, bool)
    if as_number and abs(float(shown(value))) >= MOST_EXACT * 10:
        return _doubt("ID_PRECISION_LOST", text)
    if _SCIENTIFIC.match(tidy(text)):
        return _doubt("ID_PRECISION_LOST", text)
    if not _WHOLE.match(bare):
        return _doubt("ID_CHECK_FAILS", text, "length")
    if not typed and bare.endswith("000"):  # by chance the last one may even be right
        return _doubt("ID_PRECISION_LOST", text)
    if check_mark(bare) != bare[-1]:
        return _doubt("ID_CHECK_FAILS", text)
    return _with_birth(bare, text, on=on)


def check_mark(number: str) -> str:
    """Return the last character that belongs to the first seventeen digits."""
    return _MARKS[sum(int(d) * w for d, w in zip(number, _WEIGHTS, strict=False)) % 11]


def _with_birth(number: str, text: str, *, on: dt.date) -> Identity:
    try:
        birth = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return _doubt("ID_CHECK_FAILS", text, "birth")
    if birth > on:
        return _doubt("ID_CHECK_FAILS", text, "birth")
    return Identity(
        number=number,
        birth=birth.isoformat(),
        sex="M" if int(number[16]) % 2 else "F",
        area_known=bool(_PROVINCES.match(number)),
    )


def _doubt(code: str, text: str, variant: str = "") -> Identity:
    return Identity(doubt=Reason(code, "id_number", text, variant))
