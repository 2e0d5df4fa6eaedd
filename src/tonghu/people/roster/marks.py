"""What a sheet says without words: hidden, crossed out, commented, joined, not calculated."""

from collections import defaultdict
from dataclasses import dataclass, field

Cell = tuple[int, int]
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; counted from nought."""


@dataclass
class Marks:
    """The marks of one sheet; rows and columns are counted from nought."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    crossed: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    no_result: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    merged: list[Area] = field(default_factory=list)
    comments: dict[Cell, str] = field(default_factory=dict)
    last_row: int = -1
    last_column: int = -1

    def holds(self, row: int, column: int) -> None:
        """Note that something stands in a cell."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)
