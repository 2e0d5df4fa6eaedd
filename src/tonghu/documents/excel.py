"""Workbooks: rows stream into one sheet, whatever their number, and stay what they were.

A text is a text: no cell is ever read as a formula, an address or a number it is not.
"""

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tonghu.documents.characters import is_plain, mark

PROGRESS_EVERY = 500
MOST_ROWS = 1_048_576
MOST_IN_A_CELL = 32_767
"""UTF-16 units in one cell; Excel takes a longer text for a damaged file."""
EXACT_UP_TO = 10**15
"""Excel keeps fifteen digits of a number; a longer one is written as text, digit by digit."""
COULD_BE_A_FORMULA = ("=", "+", "-", "@")


class TooManyRows(Exception):  # noqa: N818 -- it names an answer, not a fault
    """There are more rows than a sheet can hold; the message is safe to show."""


def write_workbook(
    path: Path,
    *,
    title: str,
    sheet: str,
    columns: Sequence[tuple[str, float]],
    rows: Iterable[Sequence[Any]],
    notes: Sequence[str],
    at: dt.datetime,
    agency: str = "",
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write rows into one sheet under their notes and headings; return how many there were.

    ``notes`` say what was filtered, for whom, what for and until when; they come first.
    ``columns`` are headings with widths in characters. ``title`` becomes a property of the file,
    so it names no person (R85). ``progress`` hears every 500 rows how many are done, and may
    raise to stop. The file appears at ``path`` when it is whole; before that nothing is there.

    :raises TooManyRows: when the rows do not fit into a sheet.
    """
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        made = Path(folder) / "workbook.xlsx"
        with _workbook(made, folder=folder, title=title, agency=agency, at=at) as book:
            page = book.add_worksheet(_sheet_name(sheet))
            cells = _Cells(page, book)
            head = _write_top(page, book, cells, columns=columns, notes=notes)
            done = _write_rows(cells, rows, after=head, progress=progress)
            page.autofilter(head, 0, head + done, len(columns) - 1)
        made.replace(path)
    return done


def write_as_it_came(
    path: Path,
    *,
    title: str,
    sheets: Iterable[tuple[str, Sequence[Sequence[tuple[Any, bool]]]]],
    notes: Sequence[str],
    at: dt.datetime,
    agency: str = "",
) -> None:
    """Write somebody's own sheets again, in their layout, marked cells in amber.

    Each cell stands where it stood, ``(value, is_marked)``; the notes follow beneath the last
    row of each sheet, so that nothing moves. There is no hidden sheet, row or column (R85).
    """
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        made = Path(folder) / "workbook.xlsx"
        with _workbook(made, folder=folder, title=title, agency=agency, at=at) as book:
            for name, rows in sheets:
                page = book.add_worksheet(_sheet_name(name))
                plain, marked = _Cells(page, book), _Cells(page, book, fill="#FFF1CC")
                page.set_column(0, max(map(len, rows), default=1), 14)
                for at_row, row in enumerate(rows):
                    for column, (value, is_marked) in enumerate(row):
                        (marked if is_marked else plain).write(at_row, column, value)
                for below, note in enumerate(notes, start=len(rows) + 1):
                    plain.write(below, 0, note)
        made.replace(path)


class _Cells:
    """Writes one value into one cell, as what it is."""

    def __init__(self, page: Worksheet, book: Workbook, fill: str = "") -> None:
        self._page = page
        look = {"valign": "top"} | ({"bg_color": fill} if fill else {})
        self._text = book.add_format(look)
        # The sign Excel itself sets: the cell stays text when somebody edits it.
        self._quoted = book.add_format(look | {"quote_prefix": True})
        self._kinds: dict[type, Format] = {
            kind: book.add_format(look | {"num_format": pattern})
            for kind, pattern in (
                (dt.datetime, "yyyy-mm-dd hh:mm"),
                (dt.date, "yyyy-mm-dd"),
                (dt.time, "hh:mm"),
            )
        }

    def write(self, row: int, column: int, value: Any) -> None:
        """Write dates as dates, numbers as numbers, truths as truths, all else as text."""
        at = (row, column)
        if isinstance(value, bool):
            self._page.write_boolean(*at, value, self._text)
        elif isinstance(value, dt.datetime | dt.date | dt.time):
            self._write_date(row, column, value)
        elif isinstance(value, int | float | Decimal) and -EXACT_UP_TO < value < EXACT_UP_TO:
            self._page.write_number(*at, value, self._text)
        elif value == "" and self._text.bg_color:
            self._page.write_blank(*at, None, self._text)
        elif value is not None:
            text = cell_text(str(value))
            form = self._quoted if text.startswith(COULD_BE_A_FORMULA) else self._text
            self._page.write_string(*at, text, form)

    def _write_date(self, row: int, column: int, value: dt.datetime | dt.date | dt.time) -> None:
        if isinstance(value, dt.datetime) and is_aware(value):
            value = localtime(value).replace(tzinfo=None)
        self._page.write_datetime(row, column, value, self._kinds[type(value)])


def cell_text(text: str) -> str:
    """Return a text as a cell can hold it; what it cannot hold stays visible as a number.

    A control character shows as its Unicode number; of a text longer than a cell holds, the
    last words say how many characters are missing.
    """
    if not text.isprintable():  # nearly all are, and asking is quick
        text = mark(text, can_write=is_plain)
    if _units(text) <= MOST_IN_A_CELL:
        return text
    kept = text[: MOST_IN_A_CELL // 2]
    return kept + _("… {count} characters left out").format(count=len(text) - len(kept))


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _workbook(path: Path, *, folder: str, title: str, agency: str, at: dt.datetime) -> Workbook:
    """Open a workbook that holds one row in memory and keeps its scratch beside the file."""
    book = Workbook(
        path,
        {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    made = at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": cell_text(title), "author": cell_text(agency), "created": made})
    return book


def _write_top(
    page: Worksheet,
    book: Workbook,
    cells: _Cells,
    *,
    columns: Sequence[tuple[str, float]],
    notes: Sequence[str],
) -> int:
    """Write the notes and the headings, set the paper; return the number of the headings' row."""
    for row, note in enumerate(notes):
        cells.write(row, 0, note)
    head = len(notes)
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F2F2", "valign": "top"})
    for column, (words, width) in enumerate(columns):
        page.set_column(column, column, width)
        page.write_string(head, column, cell_text(words), bold)
    page.freeze_panes(head + 1, 0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.set_footer("&R&P / &N")
    return head


def _write_rows(
    cells: _Cells,
    rows: Iterable[Sequence[Any]],
    *,
    after: int,
    progress: Callable[[int], None] | None,
) -> int:
    done = 0
    for done, values in enumerate(rows, start=1):
        if after + done >= MOST_ROWS:
            raise TooManyRows(_("There are more rows than a workbook can hold. Narrow the filter."))
        for column, value in enumerate(values):
            cells.write(after + done, column, value)
        if progress and done % PROGRESS_EVERY == 0:
            progress(done)
    return done


def _sheet_name(words: str) -> str:
    """Return a name Excel accepts: 31 characters, none of those it uses in addresses."""
    plain = "".join(" " if one in "[]:*?/\\'" else one for one in cell_text(words))
    return plain[:31].strip() or "1"
