"""What a committee is asked about its own list: its own rows, and which of their cells.

A committee sees what it itself sent and nothing of a file (R17): no value of the house is on the
sheet, only marks at cells that a person left open or refused. Rows of children with anything
hidden, and rows that this person may not see, stay out, and nothing tells that they did.
"""

import base64
import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.law import upholds
from tonghu.people import queries
from tonghu.people.constants import RosterAnswer, RosterState
from tonghu.people.models import (
    Kinship,
    Phone,
    ResidenceSpan,
    Roster,
    RosterFile,
    RosterLine,
    RosterQuestion,
)
from tonghu.people.roster.columns import ColumnMap
from tonghu.people.roster.layout import Block, Kind, Layout
from tonghu.people.roster.reading import Row, Sheet, read_book
from tonghu.people.roster.text import Value, shown
from tonghu.people.takeover.answers import ARRIVED, DIFFERS, GONE, KNOWN_CHILD

Cell = tuple[Value, bool]
_NUMBER: Final = re.compile(r"\d{11,}(?=[\dXx]{4})")
_AS_COLUMN: Final = {"phone": "phones", "row": "name", "children": "name"}
_STILL_OPEN: Final = ("", RosterAnswer.ASK)


@dataclass
class Asked:
    """What is asked about one row of the committee: the fields, and which questions they are."""

    fields: set[str] = field(default_factory=set)
    questions: list[RosterQuestion] = field(default_factory=list)


@dataclass(frozen=True)
class Back:
    """The sheets that go back, row by row as they came, and who is missed on them."""

    sheets: list[tuple[str, list[tuple[list[Cell], list[RosterQuestion]]]]]
    missed: list[RosterQuestion]
    children: int


@upholds(
    "R17", "R67", "R89", says=_("a committee gets its own rows with marks, no value of a file")
)
def back_for(by: Actor, roster: Roster, *, on: dt.date) -> Back:
    """Return what a list's keeper is asked: its own rows with open cells, who is missed.

    :raises Refused: unless the actor may take the list away today.
    """
    queries.roster_for(by, roster.pk, on=on, action=Action.EXPORT)
    if roster.state != RosterState.IMPORTED:
        return Back([], [], 0)
    questions = list(queries.questions_for(by, roster, on=on))
    lines = {row.pk: row for row in queries.lines_for(by, roster, on=on)}
    asked = _asked_by_row(questions, _open_rows(roster, lines))
    gone = [
        one
        for one in questions
        if one.code == GONE and one.answer in (RosterAnswer.STAYS, RosterAnswer.LOOK)
    ]
    hidden = _with_something_hidden({one.proposed_id for one in gone if one.proposed_id})
    missed = [one for one in gone if one.proposed_id not in hidden]
    stored = RosterFile.objects.unscoped("of a list whose Rule was asked above").get(pk=roster.pk)
    chosen = ColumnMap.of_json(json.loads(roster.summary)["map"])
    sheets = []
    for sheet in read_book(base64.b64decode(stored.content)).sheets:
        rows = list(_rows(sheet, chosen, asked))
        if any(about for _cells, about in rows):
            sheets.append((sheet.name, rows))
    told = sum((row.sheet, row.row) in asked for row in lines.values())
    return Back(sheets, missed, told + len(missed))


def _asked_by_row(
    questions: list[RosterQuestion], rows: set[tuple[str, int]]
) -> dict[tuple[str, int], Asked]:
    found: dict[tuple[str, int], Asked] = defaultdict(Asked)
    for one in questions:
        line = one.line
        if line is None or (line.sheet, line.row) not in rows or not _is_for_the_keeper(one):
            continue
        about = found[line.sheet, line.row]
        about.fields.add(_AS_COLUMN.get(one.field, one.field))
        about.questions.append(one)
    return found


def _is_for_the_keeper(question: RosterQuestion) -> bool:
    """Tell whether the keeper is asked: about a cell in doubt, or one that we do not believe."""
    if question.code == DIFFERS:
        return question.answer == RosterAnswer.LEAVE
    return question.code not in {ARRIVED, KNOWN_CHILD} and question.answer in _STILL_OPEN


def _open_rows(roster: Roster, seen: dict[UUID, RosterLine]) -> set[tuple[str, int]]:
    """Return the rows of which every child may be shown, and none has anything hidden."""
    hidden = _with_something_hidden({row.child_id for row in seen.values() if row.child_id})
    every = RosterLine.objects.unscoped("which rows hold a child that is not shown")
    closed = {
        (row.sheet, row.row)
        for row in every.filter(roster=roster)
        if row.pk not in seen or row.child_id in hidden
    }
    return {(row.sheet, row.row) for row in seen.values()} - closed


def _with_something_hidden(children: set[UUID]) -> set[UUID]:
    kin = Kinship.objects.unscoped("whose telephone may be hidden").filter(child__in=children)
    whose: dict[UUID, set[UUID]] = defaultdict(set, {pk: {pk} for pk in children})
    for relative, child in kin.values_list("relative_id", "child_id"):
        whose[relative].add(child)
    phones = Phone.objects.unscoped("only whether it is hidden").filter(is_hidden=True)
    homes = ResidenceSpan.objects.unscoped("only whether it is hidden").filter(is_hidden=True)
    found = set(homes.filter(person__in=children).values_list("person_id", flat=True))
    for person in phones.filter(person__in=whose).values_list("person_id", flat=True):
        found |= whose[person]
    return found


def _rows(
    sheet: Sheet, chosen: ColumnMap, asked: dict[tuple[str, int], Asked]
) -> Iterator[tuple[list[Cell], list[RosterQuestion]]]:
    """Go through titles, headings and the rows that ask something; what is hidden stays blank."""
    placed = {one.row.number: one for one in Layout(sheet, chosen).rows()}
    waiting: list[Row] = []
    for row in sheet.rows():
        here = placed.get(row.number)
        about = asked.get((sheet.name[:80], row.number))
        if here is not None and here.kind == Kind.CHILD and about and here.block:
            for above in waiting:
                yield _cells(above, sheet, set()), []
            waiting = []
            yield _cells(row, sheet, _places(here.block, about.fields)), about.questions
        elif here is None or here.kind in (Kind.TITLE, Kind.HEADING):
            waiting.append(row)


def _places(block: Block, fields: set[str]) -> set[int]:
    places = {at for name in fields for at in block.at.get(name, ())}
    return places or set(block.at.get("name", ()))


def _cells(row: Row, sheet: Sheet, marked: set[int]) -> list[Cell]:
    hidden = sheet.marks.hidden_columns
    return [
        ("" if at in hidden else _bare(value), at in marked) for at, value in enumerate(row.cells)
    ]


def _bare(value: Value) -> Value:
    """Return a cell; of a long number the last four signs, as everywhere in the program."""
    text = shown(value)
    short = _NUMBER.sub("…", "".join(text.split())) if len(text) >= 15 else text
    return short if "…" in short and "…" not in text else value
