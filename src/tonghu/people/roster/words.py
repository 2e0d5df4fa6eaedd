"""The words by which rosters are read, loaded once from the table beside this file."""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from tonghu.people.roster.text import plain

_TABLE: Final[dict[str, dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text("utf-8")
)


def table(name: str) -> dict[str, Any]:
    """Return one part of the table of words as it is written."""
    return _TABLE[name]


def words(part: str, name: str) -> frozenset[str]:
    """Return a list of words as :func:`plain` leaves them, to look a plain text up in."""
    return frozenset(plain(each) for each in _TABLE[part][name])


def openings(part: str, name: str) -> tuple[str, ...]:
    """Return a list of words as plain text, the longest first."""
    return tuple(sorted(words(part, name), key=lambda each: (-len(each), each)))


def word(part: str, name: str) -> str:
    """Return a single word of the table as it is written."""
    return str(_TABLE[part][name])


def any_of(part: str, name: str) -> str:
    """Return a pattern that matches each word of a list, the longest first."""
    return "|".join(map(re.escape, openings(part, name)))


def codes(part: str) -> dict[str, str]:
    """Return plain word → code for a part whose keys are codes."""
    return {plain(each): code for code, every in _TABLE[part].items() for each in every}
