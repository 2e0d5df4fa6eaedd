"""Sums that a list states, held against what was counted."""

import re
from typing import Final

from tonghu.people.roster.cells.school import school_of_title
from tonghu.people.roster.layout import head_count_of
from tonghu.people.roster.lines import Problem
from tonghu.people.roster.reading import Row
from tonghu.people.roster.reasons import Reason
from tonghu.people.roster.text import plain, shown
from tonghu.people.roster.words import openings

_PEOPLE = "|".join(map(re.escape, openings("rows", "people")))
_HOUSEHOLDS = "|".join(map(re.escape, openings("rows", "households")))
_LABELS = "|".join(map(re.escape, openings("rows", "total")))
_SUM: Final = re.compile(
    rf"^(?:{_LABELS})?[:\s]*(?P<number>\d{{1,6}})(?:\.0)?"
    rf"(?P<unit>(?P<people>{_PEOPLE})|(?P<households>{_HOUSEHOLDS}))?(?:[,;(].*)?$"
)


class Totals:
    """Counts the children of a file as they come, and says where a stated sum differs."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._file = self._sheet = self._since_sum = self._since_title = 0
        self._households = self._households_since = 0
        self._name = ""
        self._promise: tuple[int, str, int] | None = None

    def open_sheet(self, name: str) -> None:
        """Begin another sheet."""
        self._name, self._sheet, self._since_sum, self._since_title = name, 0, 0, 0
        self._households = self._households_since = 0
        self._promise = None

    def count(self, children: int) -> None:
        """Count the children of one row."""
        self._file += children
        self._sheet += children
        self._since_sum += children
        self._since_title += children
        self._households += 1
        self._households_since += 1

    def take_title(self, row: Row) -> None:
        """Remember how many children the title of a class promises."""
        text = " ".join(filter(None, (shown(cell).strip() for cell in row.cells)))
        self.close_class()
        told = head_count_of(text)
        if told is not None and school_of_title(text).room:
            self._promise = (*told, row.number)
        self._since_title = 0

    def close_class(self) -> None:
        """Hold what a class has against what its title promised."""
        if self._promise is not None and self._promise[0] != self._since_title:
            said, text, row = self._promise
            self._differs(row, text, said, self._since_title)
        self._promise = None

    def take_sum(self, row: Row) -> None:
        """Hold a row of sums against the children above it."""
        self.close_class()
        bare: list[tuple[int, str]] = []
        people: list[tuple[int, str]] = []
        households: list[tuple[int, str]] = []
        for cell in row.cells:
            text = shown(cell).strip()
            if (found := _SUM.match(plain(text))) is None:
                continue
            if found["households"]:
                households.append((int(found["number"]), text))
            else:
                (people if found["people"] else bare).append((int(found["number"]), text))
        counted = {self._since_sum, self._since_title, self._sheet, self._file}
        stated = people or bare
        # Of several bare numbers only one counts children; the others sum up other columns.
        wrong = [pair for pair in stated if pair[0] not in counted]
        if wrong and (people or len(wrong) == len(stated)):
            self._differs(row.number, wrong[0][1], wrong[0][0], self._sheet)
        for said, text in households:
            if said not in {self._households, self._households_since}:
                self._differs(row.number, text, said, self._households)
        self._since_sum = self._since_title = self._households_since = 0

    def _differs(self, row: int, text: str, said: int, found: int) -> None:
        values = (("said", str(said)), ("found", str(found)))
        reason = Reason("TOTAL_MISMATCH", "total", text, values=values)
        self.problems.append(Problem(self._name, row, reason))
