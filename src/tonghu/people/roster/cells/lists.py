"""Cells that hold a word out of a list: sex, ethnic group, categories, relation."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tonghu.people.roster.reasons import Reason
from tonghu.people.roster.text import Value, plain, shown, tidy
from tonghu.people.roster.words import codes, openings, table, word, words

_SEXES = codes("sexes")
_CATEGORIES = codes("categories")
_RELATIONS = codes("relations")
_YES, _NO = words("flags", "yes"), words("flags", "no")
_MIXED = words("titles", "mixed")
_PEOPLES = words("ethnicities", "all")
_SHORT_PEOPLES: Final[dict[str, str]] = dict(table("ethnicities")["short"])
_NO_PEOPLE = words("ethnicities", "none")
_OF_PEOPLE, _OF_NONE = word("ethnicities", "ending"), word("ethnicities", "none_ending")
_BREAK = re.compile("[\u3001,/;+&|\\s\u3002\\\\\u2460-\u2473]+")
_ASIDE = re.compile(r"\([^()]*\)?$")
_NUMBERED = re.compile(r"^\d+[.\u3001)]?(?=\D)")


@dataclass(frozen=True, slots=True)
class Word:
    """The code or word a cell stands for; or why it is left out."""

    value: str = ""
    doubt: Reason | None = None


@dataclass(frozen=True, slots=True)
class Categories:
    """The categories a cell names, and the spellings nobody has explained yet."""

    codes: frozenset[str] = frozenset()
    doubts: tuple[Reason, ...] = ()


def read_sex(value: Value) -> str:
    """Return ``M``, ``F``, or nothing where the cell does not say."""
    return _SEXES.get(plain(shown(value)), "")


@lru_cache(maxsize=1000)
def _ethnicity(text: str) -> Word:
    bare = plain(text)
    if not bare or bare in _NO_PEOPLE:
        return Word()
    short = bare.removesuffix(_OF_PEOPLE) if len(bare) > 1 else bare
    full = _SHORT_PEOPLES.get(short, short)
    if full in _PEOPLES:
        return Word(full if full.endswith(_OF_NONE) else full + _OF_PEOPLE)
    return Word(doubt=Reason("ETHNICITY_UNKNOWN", "ethnicity", text.strip()))


def read_ethnicity(value: Value) -> Word:
    """Read an ethnic group by its full name, its ending included, where the list knows it."""
    return _ethnicity(shown(value))


@lru_cache(maxsize=1000)
def _relation(text: str) -> Word:
    bare = plain(text)
    if not bare or bare in _NO:
        return Word()
    code = _RELATIONS.get(bare) or _RELATIONS.get(_ASIDE.sub("", bare), "")
    if code:
        return Word(code)
    return Word(doubt=Reason("RELATION_UNKNOWN", "guardian_relation", text.strip()))


def read_relation(value: Value) -> Word:
    """Read the relation of a carer to the child as its code."""
    return _relation(shown(value))


@lru_cache(maxsize=2000)
def _categories(text: str) -> Categories:
    whole = _category(text)
    if whole is not None:
        return Categories(frozenset({whole} - {"NONE"}))
    found: set[str] = set()
    doubts: list[Reason] = []
    for spelling in _BREAK.split(tidy(text)):
        if not plain(_NUMBERED.sub("", spelling)):
            continue
        code = _category(_NUMBERED.sub("", spelling))
        if code is None:
            doubts.append(Reason("CATEGORY_UNKNOWN", "categories", spelling))
        else:
            found.add(code)
    return Categories(frozenset(found - {"NONE"}), tuple(doubts))


def _category(spelling: str) -> str | None:
    bare = plain(spelling)
    return _CATEGORIES.get(bare) or _CATEGORIES.get(_ASIDE.sub("", bare)) if bare else None


def read_categories(value: Value) -> Categories:
    """Read the categories of a child, however many and however joined, as their codes."""
    text = shown(value)
    return _categories(text) if text.strip() else Categories()


def read_flag(value: Value, code: str) -> Categories:
    """Read a column that only says whether a child is of the category ``code``."""
    text = shown(value)
    bare = plain(text)
    if not bare or bare in _NO:
        return Categories()
    if bare in _YES:
        return Categories(frozenset({code}))
    named = _categories(text)
    if named.doubts or code not in named.codes:
        return Categories(named.codes, named.doubts or (_unknown(text),))
    return named


def _unknown(text: str) -> Reason:
    return Reason("CATEGORY_UNKNOWN", "categories", text.strip())


def category_of_header(text: str) -> str:
    """Return the category a yes-or-no column asks for: ``LEFT_BEHIND`` for "left behind or not"."""
    bare = plain(text).rstrip("?")
    for opening in openings("flags", "opening"):
        if bare.startswith(opening):
            bare = bare.removeprefix(opening)
            break
    code = _CATEGORIES.get(bare, "")
    return "" if code == "NONE" else code


def category_of_title(titles: str) -> str:
    """Return the one category a title names; none where it names none or several."""
    bare = plain(titles)
    if any(name in bare for name in _MIXED):
        return ""
    found = {
        code
        for name, code in _CATEGORIES.items()
        if code != "NONE" and len(name) > 2 and name in bare
    }
    return found.pop() if len(found) == 1 else ""
