"""Phone numbers: one or several in a cell, with words around them, in every grouping."""

import re
from dataclasses import dataclass
from typing import Final

from tonghu.people.roster.reasons import Reason
from tonghu.people.roster.text import Value, narrow, plain, shown
from tonghu.people.roster.words import any_of, words

_NONE = words("phones", "none")
_SAME = words("phones", "same")
_BREAK = re.compile(f"(?:[/\\\\\u3001,;|\n&]|{any_of('phones', 'breaks')})+")
_GROUP = re.compile(r"\d+", re.ASCII)
_COUNTRY = re.compile(r"^(?:\+|00)\s*86[\s\-]*(?=[\s\-\d]{11,})|^86[\s\-]+(?=1)|^86(?=1\d{10}$)")
_MOBILE = re.compile(r"^1[3-9]\d{9}$", re.ASCII)
_FIXED = re.compile(r"^0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}$", re.ASCII)
_AREA: Final = 11
_BESIDE = re.compile(r"[A-Za-z\uff21-\uff3a\uff41-\uff5a]\d|\d[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Phones:
    """The whole numbers of a cell in their order, and why something of it was left out."""

    numbers: tuple[str, ...] = ()
    doubt: Reason | None = None
    same: bool = False


def read_phones(value: Value) -> Phones:
    """Read a cell as phone numbers; a number that is not whole is left out, with the reason.

    ``same`` says that the cell points to the one above. Words before a number are passed over.
    """
    text = shown(value)
    if not text.strip() or plain(text) in _NONE:
        return Phones()
    if plain(text) in _SAME:
        return Phones(same=True)
    numbers: list[str] = []
    faults: list[str] = []
    for part in _BREAK.split(narrow(text)):
        _read_part(part.strip(), numbers, faults)
    if not numbers and not faults:
        faults.append("")
    doubt = Reason("PHONE_BAD", "phone", text.strip(), faults[0]) if faults else None
    return Phones(tuple(dict.fromkeys(numbers)), doubt)


def is_same(value: Value) -> bool:
    """Return whether a cell only points to the one above."""
    return isinstance(value, str) and plain(value) in _SAME


def _read_part(part: str, numbers: list[str], faults: list[str]) -> None:
    """Join the groups of digits of one part into numbers, from left to right."""
    if _BESIDE.search(part):  # a letter for a digit
        faults.append("")
        return
    held = ""
    for group in _GROUP.findall(_COUNTRY.sub("", part)):
        for piece in _halves(group):
            if held and (_is_whole(held) or len(held + piece) > _AREA + 1):
                _keep(held, numbers, faults)
                held = ""
            held += piece
    if held:
        _keep(held, numbers, faults)


def _halves(group: str) -> tuple[str, ...]:
    """Split two mobile numbers that were written without anything between them."""
    if len(group) == 2 * _AREA and _MOBILE.match(group[:_AREA]) and _MOBILE.match(group[_AREA:]):
        return group[:_AREA], group[_AREA:]
    return (group,)


def _is_whole(number: str) -> bool:
    return bool(_MOBILE.match(number) or _FIXED.match(number))


def _keep(number: str, numbers: list[str], faults: list[str]) -> None:
    if _MOBILE.match(number):
        numbers.append(number)
    elif _FIXED.match(number):
        area = 3 if number[1] in "12" else 4
        numbers.append(f"{number[:area]}-{number[area:]}")
    else:
        faults.append("short" if len(number) < _AREA else "long" if len(number) > _AREA else "")
