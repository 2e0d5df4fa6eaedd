"""Which characters the typeface of the printed documents can draw.

Typst prints an empty box for a missing one and says nothing, so the typeface is asked first.
"""

import struct
from bisect import bisect_right
from functools import cache
from pathlib import Path

from tonghu.documents.characters import SHAPELESS, is_plain, without_tricks

FACES = Path(__file__).resolve().parent / "fonts"
REGULAR = FACES / "NotoSansSC-Regular.ttf"
BOLD = FACES / "NotoSansSC-Bold.ttf"
FULL_UNICODE = (3, 10)
"""Platform and encoding of the table that reaches beyond the first 65,536 characters."""


def missing_glyphs(text: str) -> list[str]:
    """Return the characters of a text that the typeface cannot draw, each once, in order."""
    return [one for one in dict.fromkeys(without_tricks(text)) if not can_draw(one)]


def can_draw(character: str) -> bool:
    """Say whether the typeface draws a character, or nothing is lost without it."""
    if character in SHAPELESS:
        return True
    starts, ends = ranges_of(REGULAR)
    found = bisect_right(starts, ord(character)) - 1
    return found >= 0 and ord(character) <= ends[found] and is_plain(character)


@cache
def ranges_of(face: Path) -> tuple[list[int], list[int]]:
    """Return the first and the last characters of each stretch a typeface file covers.

    :raises ValueError: when the file has no table for the whole of Unicode.
    """
    file = face.read_bytes()
    table = _character_map(file)
    count = struct.unpack_from(">I", file, table + 12)[0]
    groups = struct.iter_unpack(">3I", file[table + 16 : table + 16 + 12 * count])
    stretches = [(first, last) for first, last, _glyph in groups]
    return [first for first, _last in stretches], [last for _first, last in stretches]


def _character_map(file: bytes) -> int:
    """Return where in the file the segmented map (format 12) of OpenType's ``cmap`` begins."""
    tables = struct.unpack_from(">H", file, 4)[0]
    directory = struct.iter_unpack(">4s3I", file[12 : 12 + 16 * tables])
    start: int = next(offset for tag, _sum, offset, _length in directory if tag == b"cmap")
    maps = struct.unpack_from(">H", file, start + 2)[0]
    records = struct.iter_unpack(">2HI", file[start + 4 : start + 4 + 8 * maps])
    offset: int
    for platform, encoding, offset in records:
        form = struct.unpack_from(">H", file, start + offset)[0]
        if (platform, encoding) == FULL_UNICODE and form == 12:
            return start + offset
    raise ValueError("The typeface has no map of the whole of Unicode.")
