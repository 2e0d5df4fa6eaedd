"""From a row of a list to the children in it; a field in doubt stays empty, the rest stands."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from tonghu.people.roster.cells.children import (
    Found,
    names_in,
    read_children,
    read_count,
    says_none,
)
from tonghu.people.roster.cells.dates import Birth, read_birth
from tonghu.people.roster.cells.identity import Identity, read_identity
from tonghu.people.roster.cells.lists import (
    Categories,
    category_of_title,
    read_categories,
    read_ethnicity,
    read_flag,
    read_relation,
    read_sex,
)
from tonghu.people.roster.cells.names import read_carer, read_child_name
from tonghu.people.roster.cells.phones import is_same, read_phones
from tonghu.people.roster.cells.school import read_school, school_of_title
from tonghu.people.roster.columns import CATEGORY
from tonghu.people.roster.layout import Block
from tonghu.people.roster.lines import Fields, Line
from tonghu.people.roster.marks import Marks
from tonghu.people.roster.reading import Row
from tonghu.people.roster.reasons import Reason
from tonghu.people.roster.text import Value, plain, shown, tidy
from tonghu.people.roster.words import openings

AREA_UNKNOWN: Final = "ID_AREA_UNKNOWN"
_MOVED = openings("rows", "moved")
_CROSSED = openings("rows", "crossed")
_FIELD_OF_REASON: Final = {"phones": "phone"}
_COPIED: Final = frozenset(
    {"phones", "address", "guardian", "guardian_relation", "ethnicity", "categories", "school"}
    | {"grade", "class", "hukou", "father", "mother"}
)
_FURTHER: Final = (
    *("former_name", "school", "hukou", "father", "father_status", "mother", "mother_status"),
    *("age", "note"),
)
_LONGEST: Final = 500


@dataclass
class Household:
    """What a row says about all the children in it, and what is in doubt about it."""

    fields: Fields = field(default_factory=Fields)
    reasons: list[Reason] = field(default_factory=list)
    of_each: list[Reason] = field(default_factory=list)
    further: dict[str, str] = field(default_factory=dict)


class RowReader:
    """Reads the rows of one sheet in their order; it remembers what "as above" points to."""

    def __init__(
        self, sheet: str, marks: Marks, *, on: dt.date, typed: bool, from_1904: bool
    ) -> None:
        self._sheet = sheet
        self._on = on
        self._typed = typed
        self._from_1904 = from_1904
        self._above: dict[str, Value] = {}
        self._comments: dict[int, list[str]] = {}
        for (at, _column), comment in marks.comments.items():
            self._comments.setdefault(at + 1, []).append(comment)
        self._doubts: list[Reason] = []

    def read(self, row: Row, block: Block) -> list[Line]:
        """Return the children of a row, none when its cell for children names none."""
        if block.panels:
            return self._side_by_side(row, block)
        household = self._household(row, block)
        if (found := self._children(row, block)) is not None:
            return self._lines(row, block, household, found)
        return [self._only_child(row, block, household)]

    def _side_by_side(self, row: Row, block: Block) -> list[Line]:
        """Return a child for each list of a page that holds several side by side."""
        lines = []
        for number, panel in enumerate((replace(block, panels=()), *block.panels), 1):
            if shown(panel.value(row, "name")).strip():
                line = self._only_child(row, panel, self._household(row, panel))
                line.child_no = number
                lines.append(line)
        return lines or [self._only_child(row, block, self._household(row, block))]

    def _cell(self, row: Row, block: Block, name: str) -> Value:
        """Return a cell for a field; crossed out, not calculated or "as above" is seen to."""
        for at in block.at.get(name, ()):
            if at >= len(row.cells):
                continue
            value = row.cells[at]
            if at in row.no_result:
                self._doubt("NO_RESULT", name, "")
            elif at in row.crossed and not _is_crossed(row, block):
                self._doubt("CROSSED_OUT", name, shown(value))
            elif name in _COPIED and is_same(value):
                return self._copied(name, value)
            else:
                if name in _COPIED:
                    self._above[name] = value
                return value
        return ""

    def _copied(self, name: str, value: Value) -> Value:
        above = self._above.get(name, "")
        if not shown(above).strip():
            code, variant = ("PHONE_BAD", "above") if name == "phones" else ("COPY_UNCLEAR", "")
            self._doubt(code, name, shown(value), variant)
        return above

    def _doubt(self, code: str, name: str, text: str, variant: str = "") -> None:
        named = _FIELD_OF_REASON.get(name, name)
        self._doubts.append(Reason(code, named, text.strip(), variant))

    def _take_doubts(self) -> list[Reason]:
        doubts, self._doubts = self._doubts, []
        return doubts

    def _household(self, row: Row, block: Block) -> Household:
        household = Household()
        self._read_carer(row, block, household)
        self._read_phones(row, block, household)
        self._read_lists(row, block, household)
        self._read_school(row, block, household)
        household.fields.address = self._joined_text(row, block, "address")
        for name in _FURTHER:
            if text := self._joined_text(row, block, name, " "):
                household.further[name] = text[:_LONGEST]
        self._read_parents_phones(row, block, household)
        if comments := self._comments.get(row.number):
            household.further["comments"] = " ".join(comments)
        household.reasons += self._take_doubts()
        household.of_each = _of_row(row, block)
        return household

    def _read_carer(self, row: Row, block: Block, household: Household) -> None:
        carer = read_carer(self._cell(row, block, "guardian"))
        told = read_relation(self._cell(row, block, "guardian_relation"))
        household.fields.guardian = carer.name
        household.fields.guardian_relation = told.value or carer.relation
        doubt = told.doubt or (None if told.value else carer.doubt)
        household.reasons += [doubt] if doubt else []

    def _read_phones(self, row: Row, block: Block, household: Household) -> None:
        numbers: list[str] = []
        for at in block.at.get("phones", ()):
            one = Block(block.columns, at={"phones": (at,)})
            phones = read_phones(self._cell(row, one, "phones"))
            numbers += phones.numbers
            household.reasons += [phones.doubt] if phones.doubt else []
        household.fields.phones = "|".join(dict.fromkeys(numbers))

    def _read_parents_phones(self, row: Row, block: Block, household: Household) -> None:
        for name in ("father_phone", "mother_phone"):
            phones = read_phones(self._cell(row, block, name))
            if phones.numbers:
                household.further[name] = "|".join(phones.numbers)

    def _read_lists(self, row: Row, block: Block, household: Household) -> None:
        ethnicity = read_ethnicity(self._cell(row, block, "ethnicity"))
        household.fields.ethnicity = ethnicity.value
        household.reasons += [ethnicity.doubt] if ethnicity.doubt else []
        every = self._categories(row, block)
        codes = frozenset[str]().union(*(one.codes for one in every))
        if not every:
            title = category_of_title(" ".join((*block.titles, block.class_title, self._sheet)))
            codes = frozenset({title} - {""})
        household.fields.categories = "|".join(sorted(codes))
        household.reasons += [doubt for one in every for doubt in one.doubts]

    def _categories(self, row: Row, block: Block) -> list[Categories]:
        found = []
        if "categories" in block.at:
            found.append(read_categories(self._cell(row, block, "categories")))
        for name in block.at:
            if name.startswith(CATEGORY):
                value = self._cell(row, block, name)
                found.append(read_flag(value, name.removeprefix(CATEGORY)))
        return found

    def _read_school(self, row: Row, block: Block, household: Household) -> None:
        fields = household.fields
        if "grade" in block.at or "class" in block.at:
            school = read_school(self._cell(row, block, "grade"), self._cell(row, block, "class"))
            fields.grade, fields.room = school.grade, school.room
            household.reasons += [school.doubt] if school.doubt else []
        for title in (block.class_title, *reversed(block.titles), self._sheet):
            if fields.grade and fields.room:
                return
            told = school_of_title(title)
            # A class is of the grade that stands beside it: they are not put together at will.
            if not fields.room and told.room and told.grade in {"", fields.grade or told.grade}:
                fields.room = "" if "class" in block.at else told.room
            if not fields.grade and "grade" not in block.at:
                fields.grade = told.grade

    def _joined_text(self, row: Row, block: Block, name: str, between: str = "") -> str:
        parts: list[str] = []
        for at in block.at.get(name, ()):
            text = tidy(shown(self._cell(row, Block(block.columns, at={name: (at,)}), name)))
            if text and not any(text in part for part in parts):
                parts.append(text)
        return between.join(parts)

    def _children(self, row: Row, block: Block) -> list[Found] | None:
        """Return the children of a cell that holds several; nothing where a row is one child."""
        if "children" in block.at:
            cell = self._cell(row, block, "children")
            if found := read_children(cell):
                return found
            if "name" not in block.at:  # words that name nobody are asked about
                return [] if says_none(cell) else [Found(name=tidy(shown(cell)))]
        value = block.value(row, "name")
        if isinstance(value, str) and len(names_in(value)) > 1:
            return self._several_names(row, block, value)
        return None

    def _several_names(self, row: Row, block: Block, value: str) -> list[Found]:
        """Give each name of a cell its own sex and birthday, where those are as many."""
        children = read_children(value)
        for name, attribute in (("sex", "sex"), ("dob", "birth"), ("id_number", "identity")):
            parts = names_in(block.value(row, name))
            if len(parts) == len(children):
                for child, part in zip(children, parts, strict=True):
                    told = read_sex(part) if attribute == "sex" else part
                    setattr(child, attribute, getattr(child, attribute) or told)
        return children

    def _lines(
        self, row: Row, block: Block, household: Household, found: list[Found]
    ) -> list[Line]:
        lines = []
        household.reasons += self._count_doubt(row, block, len(found)) + self._take_doubts()
        for number, child in enumerate(found, 1):
            fields = _copy(household.fields)
            name = child.read_name()
            fields.name, fields.nickname = name.name, name.nickname
            birth = read_birth(child.birth, on=self._on, from_1904=self._from_1904)
            identity = child.read_identity(on=self._on, typed=False)
            reasons = [name.doubt] if name.doubt else []
            reasons += _who(fields, child.sex, birth, identity, child.identity)
            reasons += household.reasons if number == 1 else []
            further = household.further | ({"former_name": name.former} if name.former else {})
            line = Line(self._sheet, row.number, number, fields, reasons, further)
            self._finish(line, household, identity, name.aside)
            lines.append(line)
        return lines

    def _count_doubt(self, row: Row, block: Block, found: int) -> list[Reason]:
        cell = block.value(row, "count")
        said = read_count(cell)
        if said is None or said == found:
            return []
        values = (("said", str(said)), ("found", str(found)))
        return [Reason("COUNT_MISMATCH", "children", shown(cell).strip(), values=values)]

    def _only_child(self, row: Row, block: Block, household: Household) -> Line:
        fields = household.fields
        name = read_child_name(self._cell(row, block, "name"))
        fields.name = name.name
        nickname = tidy(shown(self._cell(row, block, "nickname")))
        fields.nickname = name.nickname or nickname
        birth = self._birth(row, block)
        written = self._cell(row, block, "id_number")
        identity = read_identity(written, on=self._on, typed=self._typed)
        if "dob" not in block.at and identity.birth:  # the list tells the birthday nowhere else
            birth = Birth(identity.birth, "day")
        sex = self._cell(row, block, "sex")
        doubts = self._take_doubts()
        reasons = [name.doubt] if name.doubt else []
        reasons += _who(fields, shown(sex), birth, identity, shown(written))
        reasons = _without_answered(reasons, doubts) + doubts + household.reasons
        if name.former:
            household.further["former_name"] = name.former
        line = Line(self._sheet, row.number, 0, fields, reasons, household.further)
        self._finish(line, household, identity, name.aside)
        return line

    def _birth(self, row: Row, block: Block) -> Birth:
        birth = read_birth(self._cell(row, block, "dob"), on=self._on, from_1904=self._from_1904)
        age = shown(block.value(row, "age")).strip()
        if birth.doubt and birth.doubt.code == "DOB_MISSING" and age:
            return Birth(doubt=Reason("DOB_ONLY_AGE", "dob", age))
        return birth

    def _finish(self, line: Line, household: Household, identity: Identity, aside: str) -> None:
        line.reasons += household.of_each
        if aside:
            line.further = line.further | {"aside": aside}
            if not _says(household.of_each, "MOVED_AWAY") and _holds(aside, _MOVED):
                line.reasons.append(Reason("MOVED_AWAY", "row", aside))
        if identity.number and not identity.area_known:
            line.remarks = (AREA_UNKNOWN,)


def _copy(fields: Fields) -> Fields:
    return Fields(*(getattr(fields, name) for name in Fields.__slots__))


def _who(fields: Fields, sex: str, birth: Birth, identity: Identity, written: str) -> list[Reason]:
    """Fill in birthday, number and sex; say what is missing and where they disagree."""
    reasons = [doubt for doubt in (birth.doubt, identity.doubt) if doubt]
    fields.dob, fields.dob_precision = birth.value, birth.precision
    fields.id_number = identity.number
    if identity.number and birth.value and not identity.birth.startswith(birth.value):
        reasons.append(Reason("ID_DOB_MISMATCH", "id_number", written.strip()))
    told = read_sex(sex)
    fields.sex = told or identity.sex
    if not fields.sex:
        reasons.append(Reason("SEX_MISSING", "sex", sex.strip()))
    elif told and identity.sex and told != identity.sex:
        reasons.append(Reason("ID_SEX_MISMATCH", "id_number", written.strip()))
    return reasons


def _without_answered(reasons: list[Reason], doubts: list[Reason]) -> list[Reason]:
    """Leave out that a field is missing where it was left out for a reason of its own."""
    left_out = {doubt.field for doubt in doubts}
    return [reason for reason in reasons if reason.text or reason.field not in left_out]


def _is_crossed(row: Row, block: Block) -> bool:
    """Return whether a row is crossed out as a whole: its name, or most of its cells."""
    if not row.crossed:
        return False
    if any(at in row.crossed for name in ("name", "children") for at in block.at.get(name, ())):
        return True
    filled = sum(bool(shown(cell).strip()) for cell in row.cells)
    return 2 * len(row.crossed) >= filled


def _of_row(row: Row, block: Block) -> list[Reason]:
    """Return what concerns each child of a row: hidden, crossed out, moved away."""
    reasons = []
    note = " ".join(filter(None, (shown(each).strip() for each in block.values(row, "note"))))
    if row.hidden:
        reasons.append(Reason("HIDDEN_ROW", "row"))
    if _is_crossed(row, block):
        reasons.append(Reason("CROSSED_OUT", "row"))
    elif _holds(note, _CROSSED):
        reasons.append(Reason("CROSSED_OUT", "row", note))
    if _holds(note, _MOVED):
        reasons.append(Reason("MOVED_AWAY", "row", note))
    return reasons


def _holds(text: str, every: Iterable[str]) -> bool:
    bare = plain(text)
    return bool(bare) and any(word in bare for word in every)


def _says(reasons: list[Reason], code: str) -> bool:
    return any(reason.code == code for reason in reasons)
