"""Tables of text (.csv): in which letters they are written, and what parts their cells."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Final

from tonghu.people.roster.refusals import (
    CutOff,
    NotASpreadsheet,
    TooManyColumns,
    TooManyRows,
)

SEPARATORS: Final = (",", "\t", ";", "\uff0c", "|")
_SAMPLE: Final = 50
_OTHER_FILES: Final = (b"%PDF", b"{\\rtf", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"Rar!", b"7z\xbc")
_MARKUP: Final = ("<!doctype", "<html", "<?xml", "<table", "<meta", "<head", "{", "<svg", "<!--")


def read_text(content: bytes) -> str:
    """Return the bytes of a table of text as text: UTF-8, UTF-16 with its mark, or GB 18030.

    :raises NotASpreadsheet: when they are no text, or a page of markup.
    :raises CutOff: when the last character is not whole.
    """
    if content.startswith(_OTHER_FILES):
        raise NotASpreadsheet
    text = _decode(content)
    if "\0" in text or text.lstrip()[:20].lower().startswith(_MARKUP):
        raise NotASpreadsheet
    controls = sum(text[:4096].count(chr(code)) for code in (*range(1, 9), *range(14, 32)))
    if controls > len(text[:4096]) // 200:
        raise NotASpreadsheet
    return text


def _decode(content: bytes) -> str:
    marked = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    codings = ["utf-16"] if content.startswith(marked) else ["utf-8-sig", "gb18030"]
    cut = False
    for coding in codings:
        try:
            return content.decode(coding)
        except UnicodeDecodeError as fault:
            cut = cut or (fault.start >= len(content) - 4 and len(content) > 4)
    raise CutOff if cut else NotASpreadsheet


def records(text: str) -> Iterator[list[str]]:
    """Go through the records of a table; a line break inside a quoted cell does not part them.

    :raises CutOff: when the table ends inside a quoted cell.
    """
    separator = _separator(text)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def check(text: str, *, rows: int, columns: int) -> None:
    """Look once through the table before anything is read from it.

    :raises CutOff: when a quoted cell never ends.
    :raises TooManyRows: when there are more records than ``rows``.
    :raises TooManyColumns: when something stands beyond ``columns``.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        for number, record in enumerate(reader, 1):
            if number > rows:
                raise TooManyRows
            if len(record) > columns and any(record[columns:]):
                raise TooManyColumns
    except csv.Error as fault:
        if "end of data" in str(fault) or "field limit" in str(fault):
            raise CutOff from fault


def _separator(text: str) -> str:
    """Return the mark that parts most lines alike."""
    lines = [line for line in text[:200_000].splitlines()[: 4 * _SAMPLE] if line.strip()][:_SAMPLE]

    def rank(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        return (sum(count == usual for count in counts) if usual else 0, sum(counts))

    return max(SEPARATORS, key=rank)
