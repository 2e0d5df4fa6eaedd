"""A roster's rows, columns and questions in words, so that the templates only write."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.look.templatetags.look import day_of_year
from tonghu.people import words
from tonghu.people.constants import Category, LineOutcome, Relation, RosterAnswer, Sex
from tonghu.people.models import RosterLine, RosterQuestion
from tonghu.people.numbers import shown
from tonghu.people.roster.columns import CATEGORY, FIELDS
from tonghu.people.roster.reasons import SENTENCES, Reason
from tonghu.people.takeover import answers
from tonghu.people.takeover.said import line_of

FIELD_WORDS: Final[dict[str, Promise | str]] = {
    "": gettext_lazy("Not imported"),
    "name": gettext_lazy("Name"),
    "nickname": gettext_lazy("Nickname"),
    "former_name": gettext_lazy("Former name"),
    "children": gettext_lazy("Several children in one cell"),
    "count": gettext_lazy("How many children"),
    "sex": gettext_lazy("Boy or girl"),
    "dob": gettext_lazy("Date of birth"),
    "age": gettext_lazy("Age"),
    "id_number": gettext_lazy("ID number"),
    "ethnicity": gettext_lazy("Ethnic group"),
    "categories": gettext_lazy("Categories"),
    "guardian": gettext_lazy("Carer’s name"),
    "guardian_relation": gettext_lazy("Carer’s relation to the child"),
    "phones": gettext_lazy("Telephone"),
    "address": gettext_lazy("Home address"),
    "hukou": gettext_lazy("Where the household is registered"),
    "school": gettext_lazy("School"),
    "grade": gettext_lazy("Grade"),
    "class": gettext_lazy("Class"),
    "note": gettext_lazy("Remark"),
    "number": gettext_lazy("Running number"),
    "father": gettext_lazy("Father’s name"),
    "father_phone": gettext_lazy("Father’s telephone"),
    "father_status": gettext_lazy("How the father is"),
    "mother": gettext_lazy("Mother’s name"),
    "mother_phone": gettext_lazy("Mother’s telephone"),
    "mother_status": gettext_lazy("How the mother is"),
}
KIND_WORDS: Final[dict[str, Promise | str]] = {
    "KNOWN_CHILD": gettext_lazy("May be on the list already"),
    "DIFFERS": gettext_lazy("The list and the file differ"),
    "GONE": gettext_lazy("Not on this list any more"),
    "ARRIVED": gettext_lazy("New on this list"),
    "NAME_PLACEHOLDER": gettext_lazy("No name yet"),
    "NAME_UNCLEAR": gettext_lazy("Name not clear"),
    "SEX_MISSING": gettext_lazy("Boy or girl not known"),
    "DOB_MISSING": gettext_lazy("No date of birth"),
    "DOB_IMPOSSIBLE": gettext_lazy("There is no such day of birth"),
    "DOB_LUNAR": gettext_lazy("Dates of the lunar calendar"),
    "DOB_ONLY_AGE": gettext_lazy("Only the age is known"),
    "DOB_UNCLEAR": gettext_lazy("Date of birth not clear"),
    "ID_CHECK_FAILS": gettext_lazy("ID number does not hold"),
    "ID_DOB_MISMATCH": gettext_lazy("ID number and date of birth differ"),
    "ID_SEX_MISMATCH": gettext_lazy("ID number and sex differ"),
    "ID_PRECISION_LOST": gettext_lazy("Digits of the ID number are lost"),
    "PHONE_BAD": gettext_lazy("No whole telephone number"),
    "CATEGORY_UNKNOWN": gettext_lazy("New spelling of a category"),
    "RELATION_UNKNOWN": gettext_lazy("Relation not clear"),
    "ETHNICITY_UNKNOWN": gettext_lazy("Ethnic group not on the list"),
    "GRADE_UNCLEAR": gettext_lazy("Grade or class not clear"),
    "COUNT_MISMATCH": gettext_lazy("Number of children does not agree"),
    "TOTAL_MISMATCH": gettext_lazy("Total does not agree"),
    "DUP_IN_ROSTER": gettext_lazy("Twice in this list"),
    "HIDDEN_ROW": gettext_lazy("Hidden rows"),
    "CROSSED_OUT": gettext_lazy("Crossed out"),
    "MOVED_AWAY": gettext_lazy("Seems to have moved"),
    "NO_RESULT": gettext_lazy("Formula without a result"),
}
_CELLS: Final = ("name", "sex", "dob", "id_number", "guardian", "phones", "categories")
_AT: Final = {"phone": "phones", "row": "name", "children": "name", "guardian_relation": "guardian"}
_KEPT_SHORT: Final = {"id_number"}


@dataclass(frozen=True)
class Cell:
    """One cell of the preview: what was understood, or as written with what is wrong."""

    label: str
    text: str
    problems: list[str]


@dataclass(frozen=True)
class Row:
    """A row of the preview."""

    number: str
    cells: list[Cell]
    outcome: str
    asks: bool


@dataclass(frozen=True)
class Open:
    """An open question as the work list shows it."""

    pk: Any
    who: str
    where: str
    text: str
    sentence: str
    beside: str
    buttons: list[tuple[str, str]]
    takes_value: bool
    choices: list[tuple[str, str]]


@dataclass
class Group:
    """Open questions of one kind."""

    code: str
    title: str
    rows: list[Open]
    for_all: list[tuple[str, str]] = field(default_factory=list)


def preview(
    rows: Iterable[RosterLine], asked: dict[Any, list[RosterQuestion]], foreseen: dict[int, Any]
) -> list[Row]:
    """Return rows with their problems at the cells they stand in."""
    return [_row(row, asked.get(row.pk, []), foreseen.get(row.position)) for row in rows]


def _row(row: RosterLine, questions: list[RosterQuestion], foreseen: Any) -> Row:
    line = line_of(row)
    texts = {
        "name": line.fields.name,
        "sex": str(Sex(line.fields.sex).label) if line.fields.sex else "",
        "dob": line.fields.dob,
        "id_number": f"…{line.fields.id_number[-4:]}" if line.fields.id_number else "",
        "guardian": _carer(line.fields.guardian, line.fields.guardian_relation),
        "phones": line.fields.phones.replace("|", " "),
        "categories": _categories(line.fields.categories),
    }
    problems: dict[str, list[str]] = {}
    for one in questions:
        at = _AT.get(one.field, one.field)
        at = at if at in _CELLS else "name"
        problems.setdefault(at, []).append(sentence(one))
        if not texts[at]:
            texts[at] = written(one)
    outcome = LineOutcome(row.outcome or foreseen or "")
    cells = [Cell(str(FIELD_WORDS[at]), texts[at], problems.get(at, [])) for at in _CELLS]
    asks = outcome == LineOutcome.DECISION
    return Row(where(row), cells, str(outcome.label), asks)


def _carer(name: str, relation: str) -> str:
    if not name or not relation:
        return name
    return _("%(name)s (%(relation)s)") % {"name": name, "relation": Relation(relation).label}


def _categories(codes: str) -> str:
    return _(", ").join(str(Category(code).label) for code in filter(None, codes.split("|")))


def written(question: RosterQuestion) -> str:
    """Return the cell as it was written; of an ID number the last four signs."""
    text = str(json.loads(question.asked)["text"])
    if question.field in _KEPT_SHORT and len(text) > 4:
        return f"…{text[-4:]}"
    if question.code == answers.DIFFERS:
        return value_words(question.field, text)
    return text


def value_words(name: str, value: str) -> str:
    """Return a kept value in words; of an ID number the last four signs."""
    if name == "sex" and value in Sex.values:
        return str(Sex(value).label)
    if name == "categories":
        return _categories(value)
    if name == "guardian":
        return _(", ").join(_one_carer(one) for one in _carers(value))
    if name == "grade":
        return _grade(*value.partition("|")[::2])
    if name in _KEPT_SHORT:
        return f"…{value[-4:]}" if value else ""
    return _(", ").join(value.split("|"))


def _carers(value: str) -> list[str]:
    """Return those whom a file names, ``name:RELATION`` each, or the one whom a list names."""
    return value.split("|") if ":" in value else [value.replace("|", ":")]


def _one_carer(said: str) -> str:
    name, _sign, relation = said.partition(":")
    return _carer(name, relation)


def _grade(grade: str, room: str) -> str:
    told = []
    if grade:
        told.append(_("grade %(n)s") % {"n": grade} if grade.isdigit() else grade)
    if room:
        told.append(_("class %(n)s") % {"n": room} if room.isdigit() else room)
    return " ".join(told)


def stood_at(question: RosterQuestion) -> str:
    """Say where on the last list a child stood that is not on this one."""
    values = json.loads(question.asked)["values"]
    told = {"day": day_of_year(dt.date.fromisoformat(values["on"])), "row": values["row"]}
    if values["sheet"]:
        told["sheet"] = values["sheet"]
        return _("list of %(day)s, %(sheet)s, row %(row)s") % told
    return _("list of %(day)s, row %(row)s") % told


def sentence(question: RosterQuestion) -> str:
    """Return what is asked, in the reader's language."""
    data = json.loads(question.asked)
    if question.code in answers.SENTENCES:
        return str(answers.SENTENCES[question.code])
    key = f"{question.code}.{data['variant']}" if data["variant"] else question.code
    return Reason.of_json(data).sentence if key in SENTENCES else question.code


def field_of(question: RosterQuestion) -> str:
    """Return the column a question is about, in words; of a whole row, that it is the row."""
    name = {"phone": "phones"}.get(question.field, question.field)
    if name in FIELD_WORDS or name.startswith(CATEGORY):
        return field_words(name)
    return _("The whole row")


def groups(questions: Iterable[RosterQuestion]) -> Iterator[Group]:
    """Return open questions by kind; those of one kind stand together in the order asked for."""
    for code, of_kind in groupby(questions, key=lambda one: one.code):
        rows = [_open(one) for one in of_kind]
        group = Group(code, str(KIND_WORDS.get(code, code)), rows)
        shared = [
            button for button in rows[0].buttons if all(button in one.buttons for one in rows)
        ]
        group.for_all = [one for one in shared if one[0] != RosterAnswer.SAME] if rows[1:] else []
        yield group


def _open(question: RosterQuestion) -> Open:
    offered = answers.answers_for(question)
    row = question.line
    choices: Any = answers.CHOICES.get(question.field)
    return Open(
        pk=question.pk,
        who=(line_of(row).fields.name or _("No name")) if row else _("The whole list"),
        where=where(row) if row else "",
        text=written(question),
        sentence=sentence(question),
        beside=_beside(question),
        buttons=[(str(one.value), str(one.label)) for one in offered if one != RosterAnswer.VALUE],
        takes_value=RosterAnswer.VALUE in offered,
        choices=[(str(code), str(label)) for code, label in choices.choices] if choices else [],
    )


def _beside(question: RosterQuestion) -> str:
    """Say which child of the list may be meant, by its card: the file may be a colleague's."""
    child = question.proposed
    if child is None or question.code != answers.KNOWN_CHILD:
        return ""
    age = words.age(child.person.born_on, child.person.precision, question.roster.seen_from)
    return " · ".join((child.person.name, age, shown(child.number)))


def where(row: RosterLine) -> str:
    """Say where a line stands in its list."""
    if row.sheet:
        return _("%(sheet)s, row %(row)s") % {"sheet": row.sheet, "row": row.row}
    return _("row %(row)s") % {"row": row.row}


def columns(summary: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the columns of a list with what each is taken for and what it could be."""
    fields = ["", *FIELDS]
    shown = []
    for column in summary["columns"]:
        if not column["heading"]:
            continue
        of_category = [column["field"]] if column["field"].startswith(CATEGORY) else []
        shown.append(
            column
            | {
                "unsure": not column["sure"],
                "choices": [
                    (name, field_words(name), name == column["field"])
                    for name in [*fields, *of_category]
                ],
                "hint": _hint(column),
            }
        )
    return shown


def field_words(name: str) -> str:
    """Return a field in words."""
    if name.startswith(CATEGORY):
        code = name.removeprefix(CATEGORY)
        return str(Category(code).label) if code in Category.values else code
    return str(FIELD_WORDS[name])


def _hint(column: dict[str, Any]) -> str:
    if column["sure"]:
        return ""
    said = {
        "hidden": _("This column is hidden in the sheet."),
        "double": _("Another column is taken for this already."),
        "values": _("The cells look like this; nobody says so."),
    }
    return said.get(column["why"], _("Not a heading we know. Look whether it fits."))
