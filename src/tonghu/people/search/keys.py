"""Which keys a name and a birth date give, for what is kept and for what is asked alike."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

from tonghu.kernel.chinese import plain, spellings

LONGEST = 47
SHORTEST_INITIALS = 2


class Kind(StrEnum):
    """The kinds of keys, by the sign they begin with."""

    WHOLE = "w"
    PART = "n"
    SOUND = "p"
    INITIALS = "i"
    KIN = "k"
    KIN_SOUND = "q"
    ONE_LEFT_OUT = "d"
    BORN = "b"


def keyed(kind: Kind, text: str) -> str:
    """Return the key of a text."""
    return f"{kind}{text[:LONGEST]}"


def of_name(name: str) -> Iterator[str]:
    """Yield the keys by which a child's own name is found, whole and in part.

    A part of a name is the beginning of one of its endings, so a search for what a key begins
    with finds the middle of a name too.
    """
    signs = plain(name)
    if not signs:
        return
    yield keyed(Kind.WHOLE, signs)
    for start in range(len(signs)):
        yield keyed(Kind.PART, signs[start:])
    for spelling in spellings(name):
        for start in range(len(spelling)):
            yield keyed(Kind.SOUND, "".join(spelling[start:]))
            initials = "".join(syllable[0] for syllable in spelling[start:])
            if len(initials) >= SHORTEST_INITIALS:
                yield keyed(Kind.INITIALS, initials)


def of_relative(name: str) -> Iterator[str]:
    """Yield the keys by which a child is found through somebody of its family."""
    signs = plain(name)
    if signs:
        yield keyed(Kind.KIN, signs)
        if len(signs) > 2:
            yield keyed(Kind.KIN, signs[1:])
        for spelling in spellings(name):
            yield keyed(Kind.KIN_SOUND, "".join(spelling))


def of_likeness(name: str, born_on: dt.date | None) -> Iterator[str]:
    """Yield the keys that a child shares with the same child written with a fault.

    A name of three signs with one of them wrong shares the other two; a date stands beside the
    first letter of the surname.
    """
    yield from left_out(name)
    if born_on is not None:
        for initial in {spelling[0][0] for spelling in spellings(name)}:
            yield keyed(Kind.BORN, f"{born_on:%Y%m%d}{initial}")
            yield keyed(Kind.BORN, f"{born_on:%Y%m}{initial}")


def left_out(name: str) -> Iterator[str]:
    """Yield a name with each of its signs left out in turn; its place is kept."""
    signs = plain(name)
    if 3 <= len(signs) <= 6:
        for place in range(len(signs)):
            yield keyed(Kind.ONE_LEFT_OUT, f"{signs[:place]}_{signs[place + 1 :]}")
