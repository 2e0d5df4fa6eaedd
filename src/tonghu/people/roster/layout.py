"""Where on a sheet the children stand: titles, headings, classes, totals, signatures, notes."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from tonghu.people.roster.cells.dates import is_birth
from tonghu.people.roster.cells.school import school_of_title
from tonghu.people.roster.columns import Column, ColumnMap, propose
from tonghu.people.roster.headers import is_heading_word, meaning_of, name_words
from tonghu.people.roster.joined import Joined
from tonghu.people.roster.reading import Row, Sheet
from tonghu.people.roster.text import Value, narrow, plain, shown, tidy
from tonghu.people.roster.words import any_of, openings, words

SAMPLES: Final = 30
_TOTAL = re.compile(
    f"^(?:{any_of('rows', 'total')})(?:[:]?[\\d\\s.]*\\D{{0,3}}|[:]?\\d+\\D{{1,3}}[,;(].*)$"
)
_SIGNATURES = openings("rows", "signature")
_NOTES = openings("rows", "notes")
_EXAMPLES = words("rows", "example")
_EXAMPLES_WITHIN = openings("rows", "example_within")
_NUMBER = re.compile(r"^\s*'?\d[\d\s.\-/]{4,}[\dXx]?\s*$")
_NAME_WORD = re.compile("|".join(map(re.escape, name_words())))
_MARKS_OF_NAME: Final = frozenset({"name", "children"})
_EVIDENCE: Final = frozenset({"sex", "dob", "id_number", "guardian", "phones"})
_LONGEST_HEADING: Final = 40
_LEAST_WIDTH: Final = 3


class Kind(StrEnum):
    """What a row is; all but the first hold no child."""

    CHILD = "child"
    BLANK = "blank"
    TITLE = "title"
    HEADING = "heading"
    TOTAL = "total"
    SIGNATURE = "signature"
    EXAMPLE = "example"
    NOTE = "note"
    FURTHER = "further"
    """The second row of a child whose name is joined over several rows."""


@dataclass(frozen=True)
class Block:
    """A run of rows under one row of headings, and the titles above it."""

    columns: tuple[Column, ...]
    titles: tuple[str, ...] = ()
    class_title: str = ""
    at: dict[str, tuple[int, ...]] = field(default_factory=dict)
    panels: tuple["Block", ...] = ()
    """The same list further to the right, where a page holds several side by side."""

    @classmethod
    def under(
        cls, columns: tuple[Column, ...], titles: tuple[str, ...], class_title: str
    ) -> "Block":
        """Return the block of these columns, each field with its places."""
        width = _panel(columns)
        first = _places(columns[:width])
        panels = tuple(
            cls(columns, titles, class_title, _moved(first, by))
            for by in range(width, len(columns), width)
        )
        return cls(columns, titles, class_title, first, panels)

    def value(self, row: Row, name: str) -> Value:
        """Return what stands in the first column of a field; nothing where there is none."""
        for at in self.at.get(name, ()):
            if at < len(row.cells):
                return row.cells[at]
        return ""

    def values(self, row: Row, name: str) -> list[Value]:
        """Return what stands in all columns of a field."""
        return [row.cells[at] for at in self.at.get(name, ()) if at < len(row.cells)]


def _places(columns: Sequence[Column]) -> dict[str, tuple[int, ...]]:
    at: dict[str, list[int]] = {}
    for column in columns:
        if column.field:
            at.setdefault(column.field, []).append(column.at)
    return {name: tuple(every) for name, every in at.items()}


def _moved(places: dict[str, tuple[int, ...]], by: int) -> dict[str, tuple[int, ...]]:
    return {name: tuple(at + by for at in every) for name, every in places.items()}


def _panel(columns: Sequence[Column]) -> int:
    """Return after how many columns the headings begin anew; all of them, where they do not."""
    headings = [plain(column.heading) for column in columns]
    for width in range(2, len(headings) // 2 + 1):
        padded = headings + [""] * (-len(headings) % width)
        again = all(heading == padded[at % width] for at, heading in enumerate(padded))
        if again and any(column.field == "name" for column in columns[:width]):
            return width
    return len(headings)


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with what it is and the block it stands in."""

    kind: Kind
    row: Row
    block: Block | None


class Layout:
    """Goes through one sheet and says of each row what it is."""

    def __init__(self, sheet: Sheet, chosen: ColumnMap | None = None) -> None:
        self._sheet = sheet
        self._chosen = chosen
        self._ahead: deque[Row] = deque()
        self._source = iter(())  # type: Iterator[Row]
        self._titles: list[str] = []
        self._class_title = ""
        self._block: Block | None = None
        self._headings: tuple[str, ...] = ()
        self._before: Row | None = None
        self._joined = Joined(sheet)

    def rows(self) -> Iterator[Placed]:
        """Go through the rows in their order; each block stands where its headings were seen."""
        self._source = self._sheet.rows()
        while (row := self._next()) is not None:
            kind = self._place(row)
            if kind == Kind.CHILD:
                row = self._joined.fill(row)
            yield Placed(kind, row, self._block)
            self._before = row if kind in {Kind.TITLE, Kind.NOTE} else None

    def _next(self) -> Row | None:
        return self._ahead.popleft() if self._ahead else next(self._source, None)

    def _peek(self, many: int) -> list[Row]:
        while len(self._ahead) < many and (row := next(self._source, None)) is not None:
            self._ahead.append(row)
        return [self._ahead[at] for at in range(min(many, len(self._ahead)))]

    def _place(self, row: Row) -> Kind:
        texts = [shown(cell).strip() for cell in row.cells]
        filled = [text for text in texts if text]
        if not filled:
            return Kind.BLANK
        if _may_be_heading(texts) and _is_heading(texts):
            return self._take_heading(row, texts)
        if self._block is None:
            return self._take_title(filled)
        kind = _kind_of(row, texts, filled, self._block, self._joined)
        if kind == Kind.TITLE or (len(filled) == 1 and self._is_before_heading()):
            return self._take_title(filled)
        return kind

    def _is_before_heading(self) -> bool:
        """Return whether headings follow: a word alone above them is their title."""
        for row in self._peek(2):
            texts = [shown(cell).strip() for cell in row.cells]
            if any(texts):
                return _is_heading(texts)
        return False

    def _take_title(self, filled: list[str]) -> Kind:
        text = " ".join(tidy(part) for part in filled)
        if self._block is None:
            self._titles.append(text)
        self._class_title = text
        if self._block is not None:
            titles = tuple(self._titles)
            self._block = Block.under(self._block.columns, titles, text)
        return Kind.TITLE

    def _take_heading(self, row: Row, texts: list[str]) -> Kind:
        bare = tuple(map(plain, texts))
        below = self._second_heading(row, texts)
        if self._block is not None and bare == self._headings:
            self._block = Block.under(self._block.columns, tuple(self._titles), self._class_title)
            return Kind.HEADING
        groups = self._groups_above(texts) if below is None else None
        pairs = _pairs(
            groups or texts, below or texts, row, self._joined, two=bool(groups or below)
        )
        columns = propose(
            pairs,
            [ahead.cells for ahead in self._peek(SAMPLES)],
            hidden=self._sheet.marks.hidden_columns,
            chosen=self._chosen,
        )
        self._headings = bare
        if groups and self._titles:
            self._titles.pop()
            self._class_title = self._titles[-1] if self._titles else ""
        self._block = Block.under(columns, tuple(self._titles), self._class_title)
        return Kind.HEADING

    def _second_heading(self, row: Row, texts: list[str]) -> list[str] | None:
        """Return the texts of the row below, when it goes on with the headings; it is taken."""
        ahead = self._peek(1)
        if not ahead or ahead[0].number != row.number + 1:
            return None
        below = [shown(cell).strip() for cell in ahead[0].cells]
        if not _goes_on(texts, below):
            return None
        self._ahead.popleft()
        return below

    def _groups_above(self, texts: list[str]) -> list[str] | None:
        """Return the row above, when it names groups of the columns and not a title."""
        if self._before is None:
            return None
        above = [shown(cell).strip() for cell in self._before.cells]
        known = [at for at, text in enumerate(above) if text and at < len(texts)]
        short = all(len(above[at]) <= _LONGEST_HEADING // 2 for at in known)
        if (
            len(known) >= 2
            and short
            and all(
                meaning_of("", above[at]).is_known or self._joined.width(self._before, at) > 1
                for at in known
            )
        ):
            return above
        return None


def _may_be_heading(texts: Sequence[str]) -> bool:
    """Return whether a closer look is worth while: nearly all rows hold a number of a child's."""
    return not any(map(_NUMBER.match, texts)) and bool(_NAME_WORD.search(plain(" ".join(texts))))


def _is_heading(texts: Sequence[str]) -> bool:
    """Return whether the cells of a row are headings, one of them above the names."""
    filled = [text for text in texts if text]
    if len(filled) < 2 or any(len(text) > 4 * _LONGEST_HEADING for text in filled):
        return False
    known = [text for text in filled if is_heading_word(text)]
    if len(known) < max(2, len(filled) // 2):
        return False
    fields = {meaning_of("", text).field for text in known}
    return bool(fields & _MARKS_OF_NAME)


def _goes_on(texts: Sequence[str], below: Sequence[str]) -> bool:
    """Return whether a row goes on with the headings of the row above it."""
    filled = [(at, text) for at, text in enumerate(below) if text]
    if not filled or any(any(sign.isdigit() for sign in text) for _at, text in filled):
        return False
    named = [at for at, text in enumerate(texts) if "name" in _field(text)]
    if any(at < len(below) and below[at] for at in named):
        return False
    known = [text for _at, text in filled if is_heading_word(text)]
    return len(known) * 2 >= len(filled)


def _field(text: str) -> str:
    return meaning_of("", text).field if text else ""


def _pairs(
    upper: Sequence[str], lower: Sequence[str], row: Row, joined: Joined, *, two: bool
) -> list[tuple[str, str]]:
    """Return group and heading of each column, a group reaching over all it stands above."""
    if not two:
        return [("", tidy(text)) for text in upper]
    width = max(len(upper), len(lower))
    above = [tidy(upper[at]) if at < len(upper) else "" for at in range(width)]
    below = [tidy(lower[at]) if at < len(lower) else "" for at in range(width)]
    group, pairs = "", []
    for at in range(width):
        if above[at]:
            # Only what has a heading of its own below it is a group.
            group = above[at] if below[at] else ""
        elif not joined.reaches(row, at, above):
            group = ""
        pairs.append((group, below[at]) if below[at] else ("", above[at]))
    return pairs


def _kind_of(row: Row, texts: list[str], filled: list[str], block: Block, joined: Joined) -> Kind:
    if _is_total(texts, filled, block):
        return Kind.TOTAL
    if _is_example(filled, block, row):
        return Kind.EXAMPLE
    names = [at for name in _MARKS_OF_NAME for at in block.at.get(name, ())]
    named = any(at < len(texts) and texts[at] for at in names)
    if not named and any(joined.continues(row, at) for at in names):
        return Kind.FURTHER
    evidence = sum(
        any(at < len(texts) and texts[at] for at in block.at.get(name, ())) for name in _EVIDENCE
    )
    wide = max((joined.width(row, at) for at, text in enumerate(texts) if text), default=1)
    if (named and wide < _LEAST_WIDTH and not _is_words(filled)) or evidence >= 2:
        return Kind.CHILD
    return _kind_of_words(filled, texts)


def _kind_of_words(filled: list[str], texts: list[str]) -> Kind:
    bare = plain(filled[0])
    if any(bare.startswith(mark) for mark in _NOTES):
        return Kind.NOTE
    if any(word + ":" in plain(" ".join(filled)) or bare.startswith(word) for word in _SIGNATURES):
        # The title of a class may name its teacher and how many they are.
        return Kind.TITLE if school_of_title(filled[0]).room else Kind.SIGNATURE
    if len(filled) <= 2 and texts[0]:
        return Kind.TITLE
    return Kind.NOTE


def _is_words(filled: list[str]) -> bool:
    """Return whether one or two cells hold a sentence, a signature or a title and no child."""
    if len(filled) > 3:
        return False
    bare = plain(" ".join(filled))
    if any(word + ":" in bare for word in _SIGNATURES) or bare.startswith(_NOTES):
        return True
    alone = len(filled) == 1
    return alone and (len(bare) > 12 or bool(_OF_PART.search(bare)) or is_birth(bare))


_OF_PART = re.compile(f"(?:{any_of('rows', 'of_part')})(?:$|\\W)")


def _is_total(texts: list[str], filled: list[str], block: Block) -> bool:
    first = plain(filled[0])
    if not _TOTAL.match(first):
        return False
    told = [
        texts[at]
        for name in ("dob", "id_number")
        for at in block.at.get(name, ())
        if at < len(texts) and texts[at]
    ]
    return not any(is_birth(text) and len(plain(text)) > 4 for text in told)


def _is_example(filled: list[str], block: Block, row: Row) -> bool:
    if plain(filled[0]) in _EXAMPLES:
        return True
    notes = [plain(shown(value)) for value in block.values(row, "note")]
    names = [plain(shown(value)) for value in block.values(row, "name")]
    return any(word in text for word in _EXAMPLES_WITHIN for text in (*notes, *names))


def head_count_of(title: str) -> tuple[int, str] | None:
    """Return how many children a title says there are, and the words in which it says so."""
    found = _HEAD_COUNT.search(narrow(title))
    return (int(found[1]), found[0]) if found else None


_HEAD_COUNT = re.compile(f"(?:{any_of('rows', 'head_count')})[:\\s]*(\\d{{1,4}})(?!\\d)")
