"""Schemes by which guardianship is looked at: data, one file each, held against their own rules.

The sum of a scheme is shown and decides nothing; two persons say how guardianship stands.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

FOLDER = Path(__file__).parent


class BadScheme(ValueError):  # noqa: N818 -- says what is wrong
    """A file that is no scheme: said when it is loaded, not when somebody scores by it."""


def _here(zh: str, en: str) -> str:
    return zh if (get_language() or "").startswith("zh") else en


@dataclass(frozen=True)
class Item:
    """One thing to look at, how much it counts, and what would show it."""

    key: str
    zh: str
    en: str
    evidence_zh: str
    evidence_en: str
    weight: int

    @property
    def name(self) -> str:
        """Return what is looked at, in the reader's language."""
        return _here(self.zh, self.en)

    @property
    def evidence(self) -> str:
        """Return what would show it."""
        return _here(self.evidence_zh, self.evidence_en)


@dataclass(frozen=True)
class Area:
    """Some items that belong together."""

    key: str
    zh: str
    en: str
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        """Return what the area is called in the reader's language."""
        return _here(self.zh, self.en)


@dataclass(frozen=True)
class Scheme:
    """A scheme in one version."""

    key: str
    version: str
    zh: str
    en: str
    source: str
    most_per_item: int
    areas: tuple[Area, ...]

    @property
    def name(self) -> str:
        """Return what the scheme is called in the reader's language."""
        return _here(self.zh, self.en)

    @property
    def items(self) -> dict[str, Item]:
        """Return every item by its key, in order."""
        return {item.key: item for area in self.areas for item in area.items}

    @property
    def most(self) -> int:
        """Return the highest sum there can be."""
        return sum(item.weight * self.most_per_item for item in self.items.values())

    def takes(self, key: str, points: int) -> bool:
        """Tell whether an item can have these points."""
        return key in self.items and 0 <= points <= self.most_per_item

    def sum_of(self, points: Mapping[str, int]) -> int:
        """Return the weighted sum of some points; it decides nothing."""
        return sum(self.items[key].weight * n for key, n in points.items() if key in self.items)


@cache
def schemes() -> dict[str, Scheme]:
    """Return every scheme of the folder by its key.

    :raises BadScheme: when a file is none, with the file and what is wrong.
    """
    found: dict[str, Scheme] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        scheme = scheme_in(path.read_text("utf-8"), path.name)
        if scheme.key in found:
            raise BadScheme(f"{path.name}: another scheme is called {scheme.key!r}.")
        found[scheme.key] = scheme
    return found


def scheme_in(text: str, name: str) -> Scheme:
    """Return the scheme that a file says.

    :raises BadScheme: when it says none, with the file and what is wrong.
    """
    try:
        told = tomllib.loads(text)
        areas = tuple(_area(one) for one in told.pop("area"))
        scheme = Scheme(areas=areas, **told)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as fault:
        raise BadScheme(f"{name}: {fault}") from fault
    keys = [item.key for area in areas for item in area.items]
    faults = (
        (not keys, "it has no item"),
        (len(keys) != len(set(keys)), "two items have one key"),
        (scheme.most_per_item < 1, "an item has no points"),
        (any(item.weight < 1 for item in scheme.items.values()), "a weight is below one"),
        (any(not item.evidence_zh for item in scheme.items.values()), "an item wants no evidence"),
    )
    if wrong := [words for is_so, words in faults if is_so]:
        raise BadScheme(f"{name}: {'; '.join(wrong)}.")
    return scheme


def _area(told: dict[str, Any]) -> Area:
    items = tuple(Item(**one) for one in told.pop("item"))
    return Area(items=items, **told)
