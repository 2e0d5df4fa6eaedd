"""Which answers a question of a roster has, and what a typed value means in its field."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.kernel.errors import Refused
from tonghu.people.constants import Category, Relation, RosterAnswer, Sex
from tonghu.people.models import RosterQuestion
from tonghu.people.roster.cells.dates import read_birth
from tonghu.people.roster.cells.identity import read_identity
from tonghu.people.roster.cells.lists import read_ethnicity
from tonghu.people.roster.cells.names import clean_name
from tonghu.people.roster.cells.phones import read_phones
from tonghu.people.roster.cells.school import read_school
from tonghu.people.roster.lines import Fields

KNOWN_CHILD: Final = "KNOWN_CHILD"
DIFFERS: Final = "DIFFERS"
GONE: Final = "GONE"
ARRIVED: Final = "ARRIVED"
DIFFERENCES: Final = (ARRIVED, DIFFERS, GONE)
"""What concerns a file rather than a cell: decided by who may write the file."""
REACHED_BY: Final = ("phones", "father_phone", "mother_phone", "address")
"""Fields that are contact data (R22)."""
SENTENCES: Final[dict[str, Promise | str]] = {
    KNOWN_CHILD: gettext_lazy("A child like this one is on the list: is it the same one?"),
    DIFFERS: gettext_lazy("The child’s file says something else: which holds?"),
    GONE: gettext_lazy("Stood on the last list of this source and is not on this one."),
    ARRIVED: gettext_lazy("Stands on this list for the first time: does it stay?"),
}
FIELDS: Final = {
    "name": "name",
    "sex": "sex",
    "dob": "dob",
    "id_number": "id_number",
    "ethnicity": "ethnicity",
    "categories": "categories",
    "guardian_relation": "guardian_relation",
    "phone": "phones",
    "phones": "phones",
    "grade": "grade",
    "class": "room",
}
"""The field of a line that answers a question about a cell."""
CHOICES: Final = {"sex": Sex, "categories": Category, "guardian_relation": Relation}


def _phones(text: str, _on: dt.date) -> str:
    read = read_phones(text)
    return "" if read.doubt else "|".join(read.numbers)


_READERS: Final[dict[str, Callable[[str, dt.date], str]]] = {
    "name": lambda text, on: clean_name(text)[:80],
    "dob": lambda text, on: read_birth(text, on=on).value,
    "id_number": lambda text, on: read_identity(text, on=on).number,
    "ethnicity": lambda text, on: read_ethnicity(text).value,
    "phone": _phones,
    "phones": _phones,
    "grade": lambda text, on: read_school(text, "").grade,
    "class": lambda text, on: read_school("", text).room,
}


class NotUnderstood(Refused):
    """What was typed is no value of the field."""


class NoSuchAnswer(Refused):
    """The question has no such answer, or it has been answered."""


def said_in(question: RosterQuestion) -> str:
    """Return what the list says in the place that is asked about."""
    return str(json.loads(question.asked)["text"])


def answers_for(question: RosterQuestion) -> tuple[RosterAnswer, ...]:
    """Return the answers of a question, the likeliest first."""
    if question.code in {KNOWN_CHILD, "DUP_IN_ROSTER"}:
        return RosterAnswer.SAME, RosterAnswer.OTHER, RosterAnswer.LEAVE
    if question.code == GONE:
        return RosterAnswer.LOOK, RosterAnswer.STAYS, RosterAnswer.MOVED
    if question.code in {ARRIVED, DIFFERS} or (question.field == "row"):
        return RosterAnswer.TAKE, RosterAnswer.LEAVE
    if question.code == "NAME_PLACEHOLDER":
        return RosterAnswer.VALUE, RosterAnswer.LEAVE
    if question.line_id and question.field in FIELDS:
        return RosterAnswer.VALUE, RosterAnswer.ASK
    return (RosterAnswer.ASK,)


def understood(field: str, text: str, *, on: dt.date) -> str:
    """Return a typed value as the field keeps it.

    :raises NotUnderstood: with what is wrong with it.
    """
    text = text.strip()
    if field in CHOICES:
        found = text if text in CHOICES[field].values else ""
    else:
        found = _READERS[field](text, on)
    if not found:
        raise NotUnderstood(_("“{text}” cannot be read here. Write it out.").format(text=text[:40]))
    return found


def put(fields: Fields, field: str, value: str) -> None:
    """Write an answer into a line; telephones and categories stand beside those that were read."""
    name = FIELDS[field]
    held = getattr(fields, name)
    if name in {"phones", "categories"} and held:
        value = "|".join(dict.fromkeys([*held.split("|"), *value.split("|")]))
    setattr(fields, name, value)
    if name == "dob":
        fields.dob_precision = ("year", "month", "day")[value.count("-")]
