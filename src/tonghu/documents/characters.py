"""Characters that cannot be written down as they are: they stay visible, as their number.

The part of a name that a typeface or a file format lacks would vanish without a word. It is
written as 〔U+20BB7〕 instead, which a reader can look up, and whoever asked is told of it.
"""

import unicodedata
from collections.abc import Callable

SHAPELESS = frozenset("\n\u00ad\u200b\u200c\u200d\u2060\ufeff") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}
"""What only shapes the line and never had a shape of its own; nothing is lost without it."""

UNREADABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's categories of controls, formats, half pairs and separators of lines."""


def number_of(character: str) -> str:
    """Return the Unicode number of one character as people look it up, such as ``U+20BB7``."""
    return f"U+{ord(character):04X}"


def without_tricks(text: str) -> str:
    """Return the text with one kind of line end, and blanks in place of tabs."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def is_plain(character: str) -> bool:
    """Say whether a character can be read as itself.

    Control characters, half surrogate pairs and Unicode's "never a character" cannot; the marks
    that turn the reading direction can make one name look like another. Private characters
    pass: older registers keep rare names in them.
    """
    if character in SHAPELESS:
        return True
    never = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return not never and unicodedata.category(character) not in UNREADABLE


def mark(text: str, *, can_write: Callable[[str], bool]) -> str:
    """Return the text with each character that cannot be written shown as its number."""
    return "".join(
        character if can_write(character) else f"〔{number_of(character)}〕"
        for character in without_tricks(text)
    )
