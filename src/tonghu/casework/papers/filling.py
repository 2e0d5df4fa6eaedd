"""A form and a case become a paper: cells with their values, and how many filled themselves."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action, Answer, Sheet
from tonghu.casework.models import Case
from tonghu.casework.papers.form import (
    Block,
    Field,
    Form,
    Grid,
    Lines,
    Origin,
    Picture,
    in_order,
)
from tonghu.casework.papers.policy import PRINTS
from tonghu.casework.papers.providers import (
    PARTS,
    PROVIDERS,
    Part,
    Subject,
    Value,
    Values,
    is_bound,
)
from tonghu.casework.policy import CASES
from tonghu.kernel.errors import Hidden
from tonghu.people import words


@dataclass(frozen=True)
class Count:
    """How many cells a paper has, how many the records filled, how many were written for it."""

    cells: int = 0
    filled: int = 0
    own: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.cells + other.cells, self.filled + other.filled, self.own + other.own)

    @property
    def share(self) -> float:
        """Return the share of cells that nobody has to write on the paper any more."""
        return self.filled / self.cells if self.cells else 0.0


@dataclass(frozen=True)
class Filled:
    """One form with what stands in it, for one reader."""

    form: Form
    values: Values

    def count(self) -> Count:
        """Count the cells; boxes for signatures are none."""
        total = Count()
        for block in self.form.blocks:
            for one, value in _cells(block, self.values):
                there = bool(value)
                total += Count(1, int(there), int(there and one.origin is Origin.OWN))
        return total

    @property
    def missing(self) -> list[str]:
        """Return the labels of the cells that the records leave empty."""
        found = [
            str(one.label)
            for block in self.form.blocks
            if isinstance(block, Grid)
            for one, value in _cells(block, self.values)
            if not value and one.origin is not Origin.PEN
        ]
        return list(dict.fromkeys(found))

    @property
    def says_something(self) -> bool:
        """Tell whether a form has more to say than who the child is."""
        own = [
            value
            for block in self.form.blocks
            for one, value in _cells(block, self.values)
            if one.origin is Origin.OWN or not isinstance(block, Grid)
        ]
        return any(own) if own else True


def _cells(block: Block, values: Values) -> Iterator[tuple[Field, Value]]:
    if isinstance(block, Grid):
        yield from ((one, values.get(one.key, "")) for one in block.fields)
    elif isinstance(block, Lines):
        for line in _lines(block, values) or [{}]:
            yield from ((one, line.get(one.key, "")) for one in block.columns)
    else:
        yield Field(block.key, block.heading), values.get(block.key, "")


def _lines(block: Lines, values: Values) -> Sequence[Mapping[str, str]]:
    found = values.get(block.key, [])
    return [] if isinstance(found, str | Picture) else found


def forms_of(case: Case, by: Actor, *, on: dt.date) -> list[Form]:
    """Return the forms that this reader may print of a case, in the order of the whole file.

    :raises Refused: unless she may print papers of the case at all.
    """
    PRINTS.require(Action.EXPORT, by, case, on=on)
    answers: dict[int, bool] = {}
    return [
        one
        for one in in_order()
        if is_bound(one) and all(_may_read(sheet, answers, case, by, on) for sheet in one.sheets)
    ]


def _may_read(sheet: Sheet, answers: dict[int, bool], case: Case, by: Actor, on: dt.date) -> bool:
    """Ask each class once for all the forms that print it."""
    if id(sheet) not in answers:
        answers[id(sheet)] = sheet.judge(Action.READ, by, case, on=on) is Answer.ALLOW
    return answers[id(sheet)]


def parts(form: Form, subject: Subject) -> Sequence[Part]:
    """Return of which of several things a form is printed; none for a form of the whole case."""
    return PARTS[form.one_of](subject) if form.one_of else []


@dataclass
class Known:
    """What was asked already for one reader, case and day: classes, and what providers gave."""

    asked: set[int] = field(default_factory=set)
    values: dict[tuple[str, UUID | None], Values] = field(default_factory=dict)


def fill(
    form: Form,
    case: Case,
    by: Actor,
    *,
    on: dt.date,
    part: UUID | None = None,
    known: Known | None = None,
) -> Filled:
    """Fill a form from the records, as this reader may read them, in the language in force.

    ``known`` keeps what was asked, for whoever fills several forms of one case.

    :raises Hidden: when the form does not exist, or the part is none of the case.
    :raises Refused: unless she may read each class that it prints.
    """
    kept = known or Known()
    for sheet in form.sheets:
        if id(sheet) not in kept.asked:
            sheet.require(Action.READ, by, case, on=on)
            kept.asked.add(id(sheet))
    subject = Subject(case, by, on, part)
    there = {one.pk for one in parts(form, subject)} if form.one_of else {None}
    if not is_bound(form) or part not in there:
        raise Hidden(_("There is no such paper."))
    values: dict[str, Value] = {}
    for key in form.providers:
        place = (key, part if key == form.providers[-1] else None)
        if place not in kept.values:
            kept.values[place] = PROVIDERS[key](subject)
        values |= kept.values[place]
    return Filled(form, values)


def fill_all(case: Case, by: Actor, *, on: dt.date) -> list[Filled]:
    """Fill every form of a case that this reader may print, for the whole file.

    A form of one of several things is there once for each, but for contacts: they stand
    together in their record. What has nothing of its own to say is left out.
    """
    found, known = [], Known()
    for one in forms_of(case, by, on=on):
        if one.is_whole or one.taken_away_by or one.key == "contact":
            continue
        of = [part.pk for part in reversed(parts(one, Subject(case, by, on)))]
        for pk in of if one.one_of else [None]:
            found.append(fill(one, case, by, on=on, part=pk, known=known))
    return [one for one in found if one.says_something]


def as_data(filled: Filled) -> dict[str, Any]:
    """Return a paper as the template takes it: words alone."""
    return {
        "title": str(filled.form.title),
        "note": str(filled.form.note),
        "blocks": [said for block in filled.form.blocks if (said := _block(block, filled.values))],
        "signers": [str(one) for one in filled.form.signers],
    }


def _block(block: Block, values: Values) -> dict[str, Any] | None:
    heading = str(block.heading)
    if isinstance(block, Grid):
        return {"kind": "grid", "heading": heading, "rows": list(_abreast(block, values))}
    if isinstance(block, Lines):
        lines = _lines(block, values)
        rows = [[line.get(one.key, "") for one in block.columns] for line in lines]
        return {
            "kind": "lines",
            "heading": heading,
            "heads": [str(one.label) for one in block.columns],
            "widths": list(block.widths),
            "rows": rows,
            "none": "" if rows else _("Nothing on record."),
        }
    drawn = values.get(block.key)
    if not isinstance(drawn, Picture):
        return None
    return {"kind": "picture", "heading": heading, "svg": drawn.svg, "says": drawn.says}


def _abreast(block: Grid, values: Values) -> Iterator[list[list[str]]]:
    """Yield the rows of a grid: two short cells abreast, a wide one alone."""
    row: list[list[str]] = []
    for one in block.fields:
        cell = [str(one.label), str(values.get(one.key, ""))]
        if one.wide and row:
            yield row
            row = []
        row.append(cell)
        if one.wide or len(row) == 2:
            yield row
            row = []
    if row:
        yield row


@dataclass(frozen=True)
class Offered:
    """A form as the page of papers offers it: of which things, and what stays empty."""

    form: Form
    parts: Sequence[Part]
    missing: str
    percent: int


def printable_case(by: Actor, pk: UUID, *, on: dt.date) -> Case:
    """Return a case of which somebody prints papers.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    :raises Forbidden: when she may find it, but not print.
    """
    rows = Case.objects.select_related("child__person", "same_as")
    found = PRINTS.get(Action.EXPORT, rows, by, pk, on=on)
    CASES.require(Action.READ, by, found, on=on)
    return found


def offered(case: Case, by: Actor, *, on: dt.date) -> list[Offered]:
    """Return the papers there are of a case, each with what is missing in it.

    :raises Refused: unless she may print papers of the case.
    """
    found, known = [], Known()
    for form in forms_of(case, by, on=on):
        there = parts(form, Subject(case, by, on))
        if form.one_of and not there:
            continue
        first = there[0].pk if there else None
        filled = fill(form, case, by, on=on, part=first, known=known)
        if not form.is_whole and not filled.says_something:
            continue
        missing = words.together(filled.missing)
        found.append(Offered(form, there, missing, round(100 * filled.count().share)))
    return found
