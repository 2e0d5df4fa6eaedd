"""Text as it stands in cells: full width, stray blanks, numbers that were text once."""

import datetime as dt
from decimal import Decimal
from typing import Final, TypeAlias

Value: TypeAlias = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""What a spreadsheet can hold in one cell."""

_NARROW: Final[dict[int, str | None]] = {
    **{0xFF01 + at: chr(0x21 + at) for at in range(94)},
    **dict.fromkeys((0x3000, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F), " "),
    **dict.fromkeys((0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD), None),
    **dict.fromkeys((0x3010, 0x3014, 0x3016, 0xFE59), "("),
    **dict.fromkeys((0x3011, 0x3015, 0x3017, 0xFE5A), ")"),
    0x0D: "\n",
    0x2028: "\n",
}
MOST_EXACT: Final = 10**15
"""A spreadsheet keeps fifteen digits of a number; what stands behind them is gone."""


def narrow(text: str) -> str:
    """Return a text with full-width characters as plain ones and invisible ones left out."""
    return text if text.isascii() else text.translate(_NARROW)


def plain(text: str) -> str:
    """Return a text to look up in a list of words: narrow, small letters, no blanks."""
    return "".join(narrow(text).split()).lower()


def tidy(text: str) -> str:
    """Return a text on one line, narrow, with single blanks and none at its ends."""
    return " ".join(narrow(text).split())


def shown(value: Value) -> str:
    """Return a cell as a person reads it; a number has all digits that are left of it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _digits(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _digits(number: float) -> str:
    if not -MOST_EXACT < number < MOST_EXACT:
        return f"{Decimal(f'{number:.15g}'):f}"
    return str(int(number)) if number == int(number) else repr(number)


def is_han(character: str) -> bool:
    """Return whether a character is a Chinese one, rare ones included."""
    return (
        "\u3400" <= character <= "\u9fff"
        or "\U00020000" <= character <= "\U0003ffff"
        or "\uf900" <= character <= "\ufaff"
        or character == "\u3007"
    )
