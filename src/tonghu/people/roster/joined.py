"""Cells that are joined to one: how far they reach, and what they hold for each row."""

from collections.abc import Sequence

from tonghu.people.roster.reading import Row, Sheet
from tonghu.people.roster.text import Value, shown


class Joined:
    """Which cells of a sheet are joined to one."""

    def __init__(self, sheet: Sheet) -> None:
        self._areas = sheet.marks.merged
        self._tells = bool(sheet.marks.merged)
        self._down = {
            (row, column): area
            for area in sheet.marks.merged
            if area[2] > area[0]
            for row in range(area[0], min(area[2], area[0] + 500) + 1)
            for column in range(area[1], area[3] + 1)
        }
        self._values: dict[tuple[int, int], Value] = {}

    def width(self, row: Row, column: int) -> int:
        """Return over how many columns a cell reaches."""
        for first, left, last, right in self._areas:
            if first <= row.number - 1 <= last and left <= column <= right:
                return right - left + 1
        return 1

    def reaches(self, row: Row, column: int, above: Sequence[str]) -> bool:
        """Return whether the group to the left reaches over a column without one."""
        if not self._tells:
            return True
        for first, left, last, right in self._areas:
            level = first <= row.number - 1 <= last or first <= row.number - 2 <= last
            if level and left < column <= right and above[left]:
                return True
        return False

    def continues(self, row: Row, column: int) -> bool:
        """Return whether a cell is the lower part of one that begins in a row above."""
        area = self._down.get((row.number - 1, column))
        return area is not None and area[0] < row.number - 1

    def fill(self, row: Row) -> Row:
        """Return a row with the values of joined cells that begin in a row above it."""
        at = row.number - 1
        cells = None
        for column in range(len(row.cells)):
            area = self._down.get((at, column))
            if area is None:
                continue
            if at == area[0]:
                self._values[area[0], area[1]] = row.cells[area[1]]
            elif not shown(row.cells[column]).strip():
                cells = cells or list(row.cells)
                cells[column] = self._values.get((area[0], area[1]), "")
        if cells is None:
            return row
        return Row(row.number, cells, row.hidden, row.crossed, row.no_result)
