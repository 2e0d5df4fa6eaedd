"""Chinese names as people look for them: by character, by sound, by first letters.

Traditional and simplified characters are alike, so are full-width and ordinary letters; blanks
and middle dots inside a name count for nothing.
"""

import os
import tomllib
import unicodedata
from functools import cache, lru_cache
from itertools import islice, product
from pathlib import Path
from typing import Any

from django.utils.module_loading import import_string

MOST_SPELLINGS = 8


def plain(text: str) -> str:
    """Return a text as it is compared: simplified, folded, without blanks, dots and dashes."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(sign for sign in folded if sign.isalnum())
    return str(_simplifier().convert(kept))


def spellings(text: str) -> list[tuple[str, ...]]:
    """Return how a name may sound: syllables without tones, the likeliest reading first.

    A sign with several readings gives several spellings, eight at the most. Letters that are
    not Chinese stand as one syllable for each run.
    """
    heard = [readings(part) for part in _parts(plain(text))]
    first = surname_reading(text)
    if heard and first and first in heard[0]:
        heard[0] = (first, *(one for one in heard[0] if one != first))
    return list(islice(product(*heard), MOST_SPELLINGS)) if heard else []


def sound(text: str) -> str:
    """Return what somebody typed as it sounds: syllables joined, umlauts as u.

    >>> sound("LYU min") == sound("lv min") == sound("lumin")
    True
    """
    return _without_umlaut("".join(sign for sign in plain(text) if sign.isalnum()))


def sort_key(name: str) -> str:
    """Return the key by which names stand in a list: the sound, then the signs."""
    found = spellings(name)
    return f"{' '.join(found[0])} {plain(name)}" if found else plain(name)


def is_chinese(sign: str) -> bool:
    """Tell whether a sign is a Chinese character."""
    return "\u3400" <= sign <= "\u9fff" or "\U00020000" <= sign <= "\U0003ffff"


def surname_reading(name: str) -> str:
    """Return how a surname is read where that differs from the word, or nothing."""
    return _surnames().get(plain(name)[:1], "")


@lru_cache(maxsize=8192)
def readings(part: str) -> tuple[str, ...]:
    """Return the readings of one character, or the part itself when it is not Chinese."""
    if not is_chinese(part[0]):
        return (part,)
    found = _reader()(part, 0, heteronym=True)[0]  # 0: syllables without tones
    return tuple(dict.fromkeys(_without_umlaut(one) for one in found))


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for sign in text:
        if parts and not is_chinese(sign) and not is_chinese(parts[-1][0]):
            parts[-1] += sign
        else:
            parts.append(sign)
    return parts


def _without_umlaut(syllables: str) -> str:
    for written, meant in (
        ("lyu", "lu"),
        ("nyu", "nu"),
        ("lv", "lu"),
        ("nv", "nu"),
        ("\N{LATIN SMALL LETTER U WITH DIAERESIS}", "u"),
    ):
        syllables = syllables.replace(written, meant)
    return syllables


@cache
def _simplifier() -> Any:
    """Load the tables of characters when the first name is compared, not with the server."""
    return import_string("opencc.OpenCC")("t2s")


@cache
def _reader() -> Any:
    """Load the readings when the first name is read: a server that searches nothing saves 15 MB.

    Names are read sign by sign, so the dictionary of phrases, 40 MB more, stays away.
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    return import_string("pypinyin.pinyin")


@cache
def _surnames() -> dict[str, str]:
    return tomllib.loads((Path(__file__).with_name("surnames.toml")).read_text("utf-8"))
