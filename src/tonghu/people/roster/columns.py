"""Which column holds what: proposed with a reason, corrected by a person, kept per source."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from tonghu.people.roster.cells.lists import category_of_header, read_sex
from tonghu.people.roster.headers import Meaning, meaning_of
from tonghu.people.roster.text import Value, plain, shown

VERSION: Final = 1
SEVERAL: Final = frozenset({"phones", "address", "note", "father_phone", "mother_phone", "hukou"})
"""Fields that may be kept in more than one column; the cells are read one after the other."""
NOWHERE: Final = ""
"""The field of a column that is not imported."""
CATEGORY: Final = "category:"
"""What a yes-or-no column of one category is called: ``category:LEFT_BEHIND``."""
FIELDS: Final = (
    *("name", "nickname", "former_name", "children", "count", "sex", "dob", "age", "id_number"),
    *("ethnicity", "categories", "guardian", "guardian_relation", "phones", "address", "hukou"),
    *("school", "grade", "class", "note", "number"),
    *("father", "father_phone", "father_status", "mother", "mother_phone", "mother_status"),
)
_ENOUGH: Final = 0.6
_FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: its heading, the field it is taken for, why, and how surely.

    ``why`` is ``exact`` or ``within`` for a heading that is known or holds a known word, ``values``
    for a guess from the cells alone (never applied unasked), ``double`` for a second column of a
    field, ``hidden``, ``unknown``, ``left_out`` for one that holds nothing of ours, and ``chosen``
    when a person decided.
    """

    at: int
    heading: str
    field: str
    why: str
    sure: bool
    nth: int = 0
    offered: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """Return what tells this column from the others of its list, wherever it stands."""
        return plain(self.heading), self.nth


@dataclass(frozen=True)
class ColumnMap:
    """How a source's lists are to be read, as plain data a person may change.

    ``fields`` says for a heading, and which of its name it is, the field; ``sheets`` says for a
    sheet whether it is imported. What is in neither is proposed anew.
    """

    fields: Mapping[tuple[str, int], str] = field(default_factory=dict)
    sheets: Mapping[str, bool] = field(default_factory=dict)
    fingerprint: str = ""

    @classmethod
    def of(cls, columns: Iterable[Column], sheets: Mapping[str, bool]) -> Self:
        """Return the map that reads a list as these columns say."""
        kept = tuple(columns)
        fields = {column.key: column.field for column in kept if column.heading}
        return cls(fields, dict(sheets), fingerprint(kept))

    def as_json(self) -> dict[str, Any]:
        """Return plain data, to be kept with the source and edited."""
        columns = [
            {"heading": heading, "nth": nth, "field": taken_for}
            for (heading, nth), taken_for in self.fields.items()
        ]
        return {
            "version": VERSION,
            "fingerprint": self.fingerprint,
            "columns": columns,
            "sheets": dict(self.sheets),
        }

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the map that was kept as plain data.

        :raises ValueError: when it is of another version or names a field there is none of.
        """
        if data.get("version") != VERSION:
            raise ValueError(f"a column map of version {data.get('version')!r}")
        fields = {}
        for column in data["columns"]:
            if not is_field(column["field"]):
                raise ValueError(f"no field {column['field']!r}")
            fields[plain(column["heading"]), int(column.get("nth", 0))] = column["field"]
        sheets = {str(name): bool(wanted) for name, wanted in data.get("sheets", {}).items()}
        return cls(fields, sheets, str(data.get("fingerprint", "")))


def is_field(name: str) -> bool:
    """Return whether a column can be taken for this."""
    known_category = name.startswith(CATEGORY) and name.removeprefix(CATEGORY).isupper()
    return name == NOWHERE or name in FIELDS or known_category


def fingerprint(columns: Iterable[Column]) -> str:
    """Return what a source's next list is recognised by: its headings, in whatever order."""
    headings = sorted(f"{plain(column.heading)}#{column.nth}" for column in columns)
    return hashlib.sha256(json.dumps(headings).encode()).hexdigest()[:32]


def propose(
    headings: Sequence[tuple[str, str]],
    samples: Sequence[Sequence[Value]],
    *,
    hidden: Iterable[int] = (),
    chosen: ColumnMap | None = None,
) -> tuple[Column, ...]:
    """Propose a field for each column of a list; what a person chose before goes first.

    ``headings`` are group and heading of each column; ``samples`` some rows below them.
    """
    unseen, times = set(hidden), Counter[str]()
    columns, meanings = [], []
    for at, (group, heading) in enumerate(headings):
        meaning = meaning_of(group, heading)
        text = "·".join(part for part in (group, heading) if part)
        column = _propose_one(at, text, meaning, hidden=at in unseen)
        column = replace(column, nth=times[plain(text)])
        times[plain(text)] += 1
        columns.append(_by_values(column, samples))
        meanings.append(meaning)
    kept = chosen.fields if chosen else {}
    return _apply(_settle(columns, meanings, kept), kept)


def _propose_one(at: int, text: str, meaning: Meaning, *, hidden: bool) -> Column:
    if hidden:
        return Column(at, text, NOWHERE, "hidden", sure=False, offered=meaning.field)
    code = category_of_header(text.rpartition("·")[2])
    if code and (meaning.field in {"", "categories"} or meaning.why != "exact"):
        return Column(at, text, CATEGORY + code, "exact", sure=True)
    return Column(at, text, meaning.field, meaning.why, sure=meaning.sure)


def _by_values(column: Column, samples: Sequence[Sequence[Value]]) -> Column:
    """Offer a field for an unknown column whose cells all look alike; a person decides."""
    if column.field or column.why != "unknown":
        return column
    texts = [shown(row[column.at]) for row in samples if column.at < len(row)]
    texts = [text for text in texts if text.strip()]
    for offered, looks in (("id_number", _looks_like_identity), ("sex", _looks_like_sex)):
        if len(texts) >= _FEWEST and sum(map(looks, texts)) >= _ENOUGH * len(texts):
            return replace(column, why="values", offered=offered)
    return column


def _looks_like_identity(text: str) -> bool:
    return len(plain(text)) == 18 and plain(text)[:17].isdecimal()


def _looks_like_sex(text: str) -> bool:
    return bool(read_sex(text))


def _settle(
    columns: list[Column], meanings: list[Meaning], kept: Mapping[tuple[str, int], str]
) -> list[Column]:
    """Leave each field to its best column; a person's choice is not disputed."""
    best: dict[str, tuple[int, int]] = {}
    for at, column in enumerate(columns):
        rank = (meanings[at].strength, int(column.sure))
        if column.field and column.key not in kept:
            best[column.field] = max(best.get(column.field, (-1, -1)), rank)
    taken: set[str] = {name for name in kept.values() if name}
    settled = []
    for at, column in enumerate(columns):
        rank = (meanings[at].strength, int(column.sure))
        several = column.field in SEVERAL or column.field.startswith(CATEGORY)
        beaten = (
            rank[0] < best.get(column.field, rank)[0]
            if several
            else (rank < best.get(column.field, rank) or column.field in taken)
        )
        if column.field and beaten and column.key not in kept:
            column = replace(column, field=NOWHERE, why="double", sure=False, offered=column.field)
        elif column.field and not several:
            taken.add(column.field)
        settled.append(column)
    return settled


def _apply(columns: list[Column], kept: Mapping[tuple[str, int], str]) -> tuple[Column, ...]:
    return tuple(
        replace(column, field=kept[column.key], why="chosen", sure=True)
        if column.key in kept
        else column
        for column in columns
    )
