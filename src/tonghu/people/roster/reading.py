"""From bytes to sheets of cells, judged by what they are and not by what they are called."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from tonghu.people.roster import old_excel, package, separated
from tonghu.people.roster.marks import Marks
from tonghu.people.roster.ole import MAGIC, CompoundFile
from tonghu.people.roster.refusals import (
    CutOff,
    Empty,
    Encrypted,
    HasMacros,
    NotASpreadsheet,
    TooLarge,
    TooManyColumns,
    TooManyRows,
)
from tonghu.people.roster.text import Value

MOST_BYTES: Final = 40 * 2**20
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 6_000_000
"""Cells of one sheet, empty ones between full ones included: they are held in memory."""

_FOLDED: Final = b"PK"
_LOCKED_STREAMS: Final = frozenset({"EncryptedPackage", "EncryptionInfo"})
_PROGRAMS: Final = frozenset({"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands: its number as people count, its cells, and its marks."""

    number: int
    cells: Sequence[Value]
    hidden: bool = False
    crossed: frozenset[int] = frozenset()
    no_result: frozenset[int] = frozenset()


@dataclass
class Sheet:
    """One sheet of a book; its rows can be gone through once or many times."""

    name: str
    hidden: bool
    rows: Callable[[], Iterator[Row]]
    marks: Marks = field(default_factory=Marks)


@dataclass
class Book:
    """A file that was understood as sheets of cells."""

    kind: str
    sheets: list[Sheet]
    from_1904: bool = False

    @property
    def typed(self) -> bool:
        """Return whether numbers and dates were kept apart from texts."""
        return self.kind != "csv"


def read_book(content: bytes) -> Book:
    """Open a file as a book of sheets; formulas are never calculated, programs never run.

    :raises RosterRefused: with what to do, when it is not a whole, open, sane spreadsheet.
    """
    if not content.strip(b"\0\r\n\t ,;\xef\xbb\xbf\xff\xfe"):
        raise Empty
    if len(content) > MOST_BYTES:
        raise TooLarge
    if content.startswith(MAGIC):
        return _read_old(content)
    if content.startswith(_FOLDED):
        return _read_package(content)
    return _read_separated(content)


def _read_package(content: bytes) -> Book:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            package.check(archive)
            package.drain(archive)
            marks, from_1904 = package.marks_of(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as fault:
        raise CutOff from fault
    for of_sheet in marks.values():
        check_size(of_sheet)
    return Book("xlsx", _sheets(content, list(marks.values()), by_name=marks), from_1904)


def _read_old(content: bytes) -> Book:
    box = CompoundFile(content)
    if box.names & _LOCKED_STREAMS:
        raise Encrypted
    if box.names & _PROGRAMS:
        raise HasMacros
    stream = next((name for name in ("Workbook", "Book") if name in box.names), None)
    if stream is None:
        raise NotASpreadsheet
    marks, from_1904 = old_excel.marks_of(box.stream(stream))
    for of_sheet in marks:
        check_size(of_sheet)
    return Book("xls", _sheets(content, marks), from_1904)


def check_size(marks: Marks) -> None:
    """Look at how far the cells of a sheet reach, before they are held in memory.

    :raises TooManyColumns: when they reach too far to the right.
    :raises TooManyRows: when they reach too far down.
    """
    if marks.last_column >= MOST_COLUMNS:
        raise TooManyColumns
    if marks.last_row >= MOST_ROWS:
        raise TooManyRows
    if (marks.last_row + 1) * (marks.last_column + 1) > MOST_CELLS:
        raise TooManyRows


def _sheets(
    content: bytes, marks: list[Marks], by_name: dict[str, Marks] | None = None
) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            _sheet(book, at, by_name.get(meta.name, Marks()) if by_name else marks[at])
            for at, meta in enumerate(book.sheets_metadata)
            if meta.typ == SheetTypeEnum.WorkSheet and (by_name is not None or at < len(marks))
        ]
    except PasswordError as fault:
        raise Encrypted from fault
    except CalamineError as fault:
        raise CutOff from fault


def _sheet(book: CalamineWorkbook, at: int, marks: Marks) -> Sheet:
    meta = book.sheets_metadata[at]

    def rows() -> Iterator[Row]:
        try:
            yield from _rows(book.get_sheet_by_index(at), marks)
        except CalamineError as fault:
            raise CutOff from fault

    return Sheet(
        name=meta.name,
        hidden=meta.visible != SheetVisibleEnum.Visible,
        rows=rows,
        marks=marks,
    )


def _rows(sheet: CalamineSheet, marks: Marks) -> Iterator[Row]:
    if sheet.start is None:
        return
    before: list[Value] = [""] * sheet.start[1]
    for at, found in enumerate(sheet.iter_rows()):
        cells: Sequence[Value] = [*before, *found] if before else found
        if at not in marks.crossed and at not in marks.no_result:
            yield Row(at + 1, cells, hidden=at in marks.hidden_rows)
            continue
        asked = marks.no_result.get(at, set())
        yield Row(
            number=at + 1,
            cells=cells,
            hidden=at in marks.hidden_rows,
            crossed=frozenset(marks.crossed.get(at, ())),
            no_result=frozenset(c for c in asked if c < len(cells) and cells[c] in ("", None)),
        )


def _read_separated(content: bytes) -> Book:
    text = separated.read_text(content)
    separated.check(text, rows=MOST_ROWS, columns=MOST_COLUMNS)

    def rows() -> Iterator[Row]:
        for number, cells in enumerate(separated.records(text), 1):
            yield Row(number, cells)

    return Book("csv", [Sheet("", hidden=False, rows=rows)])
