"""Two versions of a text held against each other: which words were put in, which taken out."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

WORD = re.compile(r"[A-Za-z0-9]+|\s+|.", re.S)
"""A Latin word is one piece, a Chinese character another."""
TOO_SHORT = 2
"""Characters that stayed between two changes and are swallowed, or a sentence reads as confetti."""


@dataclass(frozen=True)
class Piece:
    """Words that stayed (``same``), were put in (``new``) or taken out (``old``)."""

    kind: str
    text: str


def compared(old: str, new: str) -> list[Piece]:
    """Return the pieces of a text against its earlier version, in the order of reading."""
    before, now = WORD.findall(old), WORD.findall(new)
    found: list[tuple[str, str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        gone, come = "".join(before[i1:i2]), "".join(now[j1:j2])
        found.append(("same" if tag == "equal" else "changed", gone, come))
    return list(_pieces(_smoothed(found)))


def _smoothed(found: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Let what stayed for a character or two between two changes belong to the change."""
    last = len(found) - 1
    kinds = [
        "changed"
        if kind == "same" and 0 < n < last and len(text.strip()) <= TOO_SHORT and "\n" not in text
        else kind
        for n, (kind, text, _new) in enumerate(found)
    ]
    told = [(kind, old, new) for kind, (_was, old, new) in zip(kinds, found, strict=True)]
    groups = [(kind, list(rows)) for kind, rows in groupby(told, key=lambda row: row[0])]
    return [
        (kind, "".join(row[1] for row in rows), "".join(row[2] for row in rows))
        for kind, rows in groups
    ]


def _pieces(found: list[tuple[str, str, str]]) -> "list[Piece]":
    pieces = []
    for kind, old, new in found:
        if kind == "same":
            pieces.append(Piece("same", new))
            continue
        pieces += [Piece("old", old)] if old else []
        pieces += [Piece("new", new)] if new else []
    return pieces
