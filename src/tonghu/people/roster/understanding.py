"""The whole: from a file to understood children, with what people must decide."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from tonghu.people.roster.columns import Column, ColumnMap
from tonghu.people.roster.doubles import Doubles
from tonghu.people.roster.layout import Kind, Layout, Placed
from tonghu.people.roster.lines import READY, Line, Problem
from tonghu.people.roster.reading import Book, Sheet, read_book
from tonghu.people.roster.reasons import Reason
from tonghu.people.roster.refusals import NoChildren
from tonghu.people.roster.rows import RowReader
from tonghu.people.roster.text import shown, tidy
from tonghu.people.roster.totals import Totals

PROGRESS_EVERY: Final = 500
MOST_SKIPPED: Final = 200
"""Rows that hold no child are told one by one only up to here; all are counted."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that holds no child, and what it was taken for."""

    sheet: str
    row: int
    kind: Kind
    text: str


@dataclass
class SheetSummary:
    """What was found on a sheet, and whether it is imported."""

    name: str
    hidden: bool
    imported: bool
    columns: tuple[Column, ...] = ()
    titles: tuple[str, ...] = ()
    rows: int = 0
    children: int = 0
    kinds: Counter[Kind] = field(default_factory=Counter)

    @property
    def has_list(self) -> bool:
        """Return whether rows of children were seen, imported or not."""
        return self.kinds[Kind.CHILD] > 0


@dataclass
class Roster:
    """A file as it was understood: its children in order, and all that was not taken over."""

    lines: list[Line]
    problems: list[Problem]
    skipped: list[Skipped]
    sheets: list[SheetSummary]
    column_map: ColumnMap

    @property
    def ready(self) -> int:
        """Return how many lines ask nobody anything."""
        return sum(line.status == READY for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """Return plain data: ``children``, ``problems`` and ``columns``."""
        return {
            "children": [line.as_json() for line in self.lines],
            "problems": [
                {"sheet": problem.sheet, "row": problem.row, **problem.reason.as_json()}
                for problem in self.problems
            ],
            "columns": self.column_map.as_json(),
        }


class RosterReader:
    """Reads a file once, child after child; what concerns no single child is known at the end.

    ``on`` is the day from which ages are seen. ``column_map`` is what a person decided about this
    source before. ``progress`` hears every 500 rows how many were read, and may raise to stop.
    """

    def __init__(
        self,
        content: bytes,
        *,
        on: dt.date,
        column_map: ColumnMap | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self._book: Book = read_book(content)
        self._on = on
        self._chosen = column_map
        self._progress = progress
        self._doubles = Doubles()
        self._totals = Totals()
        self._rows = 0
        self.skipped: list[Skipped] = []
        self.sheets: list[SheetSummary] = []

    def lines(self) -> Iterator[Line]:
        """Go through the children in the order of the file.

        :raises NoChildren: when there are none.
        :raises RosterRefused: when the file turns out damaged or too long on the way.
        """
        told = False
        for number, sheet in enumerate(self._book.sheets):
            for line in self._sheet(number, sheet):
                fields = line.fields
                told = told or bool(fields.name or fields.dob or fields.id_number)
                yield line
        if not told and not any(sheet.has_list and not sheet.imported for sheet in self.sheets):
            raise NoChildren

    @property
    def problems(self) -> list[Problem]:
        """Return what is wrong and concerns no single child, as far as was read."""
        return self._totals.problems

    @property
    def column_map(self) -> ColumnMap:
        """Return how the file was read, to be kept with its source."""
        first = next((sheet for sheet in self.sheets if sheet.imported and sheet.columns), None)
        wanted = {sheet.name: sheet.imported for sheet in self.sheets}
        return ColumnMap.of(first.columns if first else (), wanted)

    def _sheet(self, number: int, sheet: Sheet) -> Iterator[Line]:
        summary = SheetSummary(sheet.name, sheet.hidden, self._is_wanted(sheet))
        self.sheets.append(summary)
        self._totals.open_sheet(sheet.name)
        reader = RowReader(
            sheet.name,
            sheet.marks,
            on=self._on,
            typed=self._book.typed,
            from_1904=self._book.from_1904,
        )
        for placed in Layout(sheet, self._chosen).rows():
            self._note(placed, summary)
            if placed.kind == Kind.CHILD and placed.block is not None and summary.imported:
                lines = reader.read(placed.row, placed.block)
                self._count(lines, placed, summary)
                for line in lines:
                    self._doubles.compare(line, f"{number}.{line.row}.{line.child_no}")
                    yield line
        if summary.imported:
            self._totals.close_class()

    def _is_wanted(self, sheet: Sheet) -> bool:
        if self._chosen is not None and sheet.name in self._chosen.sheets:
            return self._chosen.sheets[sheet.name]
        return not sheet.hidden

    def _note(self, placed: Placed, summary: SheetSummary) -> None:
        """Keep count of a row, and tell the totals what it says."""
        self._rows += 1
        summary.rows += 1
        summary.kinds[placed.kind] += 1
        if self._progress is not None and self._rows % PROGRESS_EVERY == 0:
            self._progress(self._rows)
        if placed.block is not None:
            summary.columns = summary.columns or placed.block.columns
            summary.titles = placed.block.titles
        if placed.kind in {Kind.CHILD, Kind.BLANK} or not summary.imported:
            return
        if placed.kind == Kind.TITLE:
            self._totals.take_title(placed.row)
        elif placed.kind == Kind.TOTAL:
            self._totals.take_sum(placed.row)
        if len(self.skipped) < MOST_SKIPPED:
            text = tidy(" ".join(filter(None, (shown(cell) for cell in placed.row.cells))))[:200]
            self.skipped.append(Skipped(summary.name, placed.row.number, placed.kind, text))

    def _count(self, lines: list[Line], placed: Placed, summary: SheetSummary) -> None:
        summary.children += len(lines)
        self._totals.count(len(lines))
        if lines or placed.block is None:
            return
        said = shown(placed.block.value(placed.row, "count"))
        if said.strip() and any(sign in "123456789" for sign in said):
            values = (("said", said), ("found", "0"))
            reason = Reason("COUNT_MISMATCH", "children", said.strip(), values=values)
            self.problems.append(Problem(summary.name, placed.row.number, reason))


def understand(
    content: bytes,
    *,
    on: dt.date,
    column_map: ColumnMap | None = None,
    progress: Callable[[int], None] | None = None,
) -> Roster:
    """Read a whole file as a roster, seen from the day ``on``.

    :raises RosterRefused: with what to do, when the file cannot be a roster; nothing is read then.
    """
    reader = RosterReader(content, on=on, column_map=column_map, progress=progress)
    lines = list(reader.lines())
    return Roster(lines, reader.problems, reader.skipped, reader.sheets, reader.column_map)
