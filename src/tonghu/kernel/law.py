"""Where each rule of the access policy (R1–R90) is upheld in the code.

The policy is ``docs/concepts/access-policy.md``. A Rule names its numbers itself; a function
or class that upholds one says so with :func:`upholds`. The page 'who may do what' and a
test are made from this list, so policy, code and page cannot part.
"""

import re
from collections.abc import Callable
from typing import TypeVar

from django.utils.functional import Promise

T = TypeVar("T")

LAST = 90
_NUMBER = re.compile(r"^R([1-9]\d?)$")
_places: dict[str, set[str]] = {}
_words: dict[str, Promise] = {}


def note(numbers: tuple[str, ...], place: str, says: Promise | None = None) -> None:
    """Note that the rules ``numbers`` are upheld at ``place``, which ``says`` how.

    :raises ValueError: when a number is not one of the policy's.
    """
    if says is not None:
        _words[place] = says
    for number in numbers:
        found = _NUMBER.match(number)
        if not found or int(found[1]) > LAST:
            raise ValueError(f"{place} names {number!r}, which the policy does not have.")
        _places.setdefault(number, set()).add(place)


def upholds(*numbers: str, says: Promise | None = None) -> Callable[[T], T]:
    """Say that the function or class below upholds these rules of the policy.

    ``says`` tells an auditor how; what has words already (an operation its event, a role its
    name) needs none.
    """

    def mark(thing: T) -> T:
        note(numbers, f"{thing.__module__}.{getattr(thing, '__qualname__', thing)}", says)
        return thing

    return mark


def places() -> dict[str, list[str]]:
    """Return, for every number that is built, the places that uphold it."""
    return {number: sorted(found) for number, found in _places.items()}


def words_at(place: str) -> Promise | None:
    """Return how a place upholds its rules, if it says so itself."""
    return _words.get(place)
