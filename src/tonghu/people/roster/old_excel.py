"""The marks of an .xls workbook (BIFF 8), read from its records; no value is read here."""

import struct
from collections.abc import Iterator
from typing import Final

from tonghu.people.roster.marks import Marks
from tonghu.people.roster.refusals import CutOff, Encrypted

_FILEPASS, _BOF, _EOF, _BOUNDSHEET = 0x2F, 0x809, 0x0A, 0x85
_FONT, _XF, _ROW, _COLUMNS = 0x31, 0xE0, 0x208, 0x7D
_DATE_1904, _NOTE, _TEXT_OBJECT, _CONTINUE, _OBJECT = 0x22, 0x1C, 0x1B6, 0x3C, 0x5D
_MERGED: Final = 0xE5
_FORMULA: Final = 0x06
_WITH_FORMAT: Final = frozenset({0xFD, 0x203, 0x27E, 0x204, 0x205, 0x06, 0xD6})
_MANY: Final = frozenset({0xBD})
_STRUCK: Final = 0x08
_HIDDEN_ROW: Final = 0x20
_ERROR_RESULT: Final = b"\x02"


def marks_of(stream: bytes) -> tuple[list[Marks], bool]:
    """Return the marks of each sheet in its order, and whether the book counts from 1904.

    :raises Encrypted: when the workbook is locked.
    :raises CutOff: when a record runs beyond the end.
    """
    fonts: list[bool] = []
    formats: list[int] = []
    starts: list[int] = []
    from_1904 = False
    for kind, data in _records(stream, 0):
        if kind == _FILEPASS:
            raise Encrypted
        if kind == _FONT and len(data) >= 4:
            fonts.append(bool(data[2] & _STRUCK))
        elif kind == _XF and len(data) >= 2:
            formats.append(struct.unpack_from("<H", data)[0])
        elif kind == _BOUNDSHEET and len(data) >= 4:
            starts.append(struct.unpack_from("<I", data)[0])
        elif kind == _DATE_1904:
            from_1904 = data[:1] == b"\x01"
    # The format counts fonts from nought but leaves out number four.
    struck = [_font(fonts, number) for number in formats]
    return [_Sheet(struck).read(stream, start) for start in starts], from_1904


def _font(fonts: list[bool], number: int) -> bool:
    at = number - 1 if number > 4 else number
    return at < len(fonts) and fonts[at]


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Go through the records of one part of the stream, to its own end mark."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + size]
        if len(data) < size:
            raise CutOff
        at += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)
        yield kind, data
        if kind == _EOF and depth <= 0:
            return
    raise CutOff


class _Sheet:
    """Collects the marks of one sheet from its records."""

    def __init__(self, struck: list[bool]) -> None:
        self._struck = struck
        self._marks = Marks()
        self._object = 0
        self._texts: dict[int, str] = {}
        self._notes: list[tuple[int, int, int]] = []
        self._awaits_text = 0

    def read(self, stream: bytes, start: int) -> Marks:
        for kind, data in _records(stream, start):
            try:
                self._take(kind, data)
            except struct.error as fault:
                raise CutOff from fault
        for row, column, number in self._notes:
            self._marks.comments[row, column] = self._texts.get(number, "")
        return self._marks

    def _take(self, kind: int, data: bytes) -> None:
        if kind in _WITH_FORMAT:
            self._take_cell(kind, data)
        elif kind in _MANY:
            self._take_cells(data)
        elif kind in {_ROW, _COLUMNS}:
            self._take_hidden(kind, data)
        elif kind == _MERGED:
            for at in range(2, 2 + 8 * struct.unpack_from("<H", data)[0], 8):
                first, last, left, right = struct.unpack_from("<4H", data, at)
                self._marks.merged.append((first, left, last, right))
        else:
            self._take_note(kind, data)

    def _take_hidden(self, kind: int, data: bytes) -> None:
        if kind == _ROW:
            number, options = struct.unpack_from("<H10xB", data)
            if options & _HIDDEN_ROW:
                self._marks.hidden_rows.add(number)
            return
        first, last, _width, _format, options = struct.unpack_from("<5H", data)
        if options & 1:
            self._marks.hidden_columns.update(range(first, min(last, 255) + 1))

    def _take_cell(self, kind: int, data: bytes) -> None:
        row, column, form = struct.unpack_from("<3H", data)
        self._mark(row, column, form)
        # A result that is no number says in its last two bytes that it is another kind.
        failed = data[12:14] == b"\xff\xff" and data[6:7] == _ERROR_RESULT
        if (kind == _FORMULA and failed) or (kind == 0x205 and data[7:8] == b"\x01"):
            self._marks.no_result[row].add(column)

    def _take_cells(self, data: bytes) -> None:
        row, first = struct.unpack_from("<2H", data)
        for step in range((len(data) - 6) // 6):
            self._mark(row, first + step, struct.unpack_from("<H", data, 4 + 6 * step)[0])

    def _mark(self, row: int, column: int, form: int) -> None:
        self._marks.holds(row, column)
        if form < len(self._struck) and self._struck[form]:
            self._marks.crossed[row].add(column)

    def _take_note(self, kind: int, data: bytes) -> None:
        """Join a comment with its text, which stands in a drawn object of the same number."""
        if kind == _OBJECT and len(data) >= 8:
            self._object = struct.unpack_from("<H", data, 6)[0]
        elif kind == _TEXT_OBJECT and len(data) >= 12:
            self._awaits_text = struct.unpack_from("<H", data, 10)[0]
        elif kind == _CONTINUE and self._awaits_text and data:
            coding = "utf-16-le" if data[0] & 1 else "latin-1"
            self._texts.setdefault(self._object, data[1:].decode(coding, "replace"))
            self._awaits_text = 0
        elif kind == _NOTE and len(data) >= 8:
            row, column, _options, number = struct.unpack_from("<4H", data)
            self._notes.append((row, column, number))
