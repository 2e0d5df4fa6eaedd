"""One box: whatever somebody types, answered from the best kind of match to the weakest.

What was typed is asked of the index of keys first, which takes microseconds and tells nobody
anything. Only then the Rule is asked, once for all that came of it: its question is ten times
the work of a key's. Where a scrap fits too many to carry over, as a frequent surname, the
database asks both at once, so that a worker with few files finds hers among all of them.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action, Sheet
from tonghu.kernel.chinese import is_chinese, plain, sound, spellings
from tonghu.kernel.law import upholds
from tonghu.people import numbers
from tonghu.people.models import Child, IdentityNumber, Kinship, Phone, Place, SearchKey
from tonghu.people.policy import CHILDREN, CONTACT_DATA, residents, shut_from
from tonghu.people.search.keys import Kind, keyed

ENOUGH = 25
FEW = 400
LAST = "\U0010ffff"
FOUR = re.compile(r"^\d{3}[\dX]$")
PHONE = re.compile(r"^\+?[\d\s-]{7,20}$")


@dataclass(frozen=True)
class Found:
    """A child that was found, and by what: the page says it beside the name."""

    child: Child
    by: str


@dataclass(frozen=True)
class Question:
    """Whom a text could mean: how it fits, the Rule that must let them through, their keys."""

    by: str
    sheet: Sheet
    who: "QuerySet"


def find(text: str, by: Actor, *, on: dt.date, most: int = ENOUGH) -> list[Found]:
    """Return the children the actor may find that fit what was typed, the best first.

    The Rule is part of each question, so what she may not know of is neither counted nor
    hinted at (R77). A telephone and a number match beyond the own files for nobody (R22).
    """
    found: dict[UUID, Found] = {}
    few: dict[UUID, tuple[int, str]] = {}
    sheet = CHILDREN
    for place, question in enumerate(_questions(text.strip(), on)):
        if question.sheet is not sheet:
            _let_through(found, few, sheet, by, on)
            few, sheet = {}, question.sheet
        who = list(question.who[: FEW + 1])
        if len(who) > FEW or len(few) + len(who) > FEW:
            _let_through(found, few, sheet, by, on)
            few = {}
        if len(who) > FEW:
            _let_through_of_many(found, question, by, on, most)
        else:
            few = {pk: (place, question.by) for pk in who if pk not in found} | few
        if len(found) >= most:
            break
    _let_through(found, few, sheet, by, on)
    return list(found.values())[:most]


def _let_through(
    found: dict[UUID, Found], few: dict[UUID, tuple[int, str]], sheet: Sheet, by: Actor, on: dt.date
) -> None:
    """Add those of a few whom the Rule lets through, the better kind of match first."""
    if not few:
        return
    rows = _children(sheet, by, on).filter(pk__in=list(few))
    named = [pk for pk, (_place, what) in few.items() if what == "kin"]
    rows = rows.exclude(pk__in=_kin_of_the_shut(named, by))
    for child in sorted(rows, key=lambda one: (few[one.pk][0], one.person.sort_key)):
        found.setdefault(child.pk, Found(child, few[child.pk][1]))


def _let_through_of_many(
    found: dict[UUID, Found], question: Question, by: Actor, on: dt.date, most: int
) -> None:
    """Add the first of many, by name, without carrying all of them over."""
    rows = _children(question.sheet, by, on).filter(pk__in=question.who)
    rows = rows.exclude(pk__in=list(found)).order_by("person__sort_key")
    if question.by == "kin":
        rows = rows.exclude(pk__in=_kin_of_the_shut(None, by))
    for child in rows[: max(most - len(found), 0)]:
        found[child.pk] = Found(child, question.by)


@upholds("R55", "R77", says=_("a closed child is not found through its brothers and sisters"))
def _kin_of_the_shut(pks: list[UUID] | None, by: Actor) -> "QuerySet":
    """Return those of the children who have somebody closed to the actor among their kin.

    They are not found through anybody of the family: whom the text fitted is not told apart.
    """
    ties = Kinship.objects.unscoped("narrows a question that asks its Rule")
    ties = ties.filter(relative__in=shut_from(by))
    return (ties if pks is None else ties.filter(child__in=pks)).values("child_id")


def _children(sheet: Sheet, by: Actor, on: dt.date) -> "QuerySet[Child]":
    everyone = Child.objects.filter(merged_into=None).select_related("person")
    return sheet.rows(Action.FIND, everyone, by, on=on)


def _questions(text: str, on: dt.date) -> Iterator[Question]:
    """Yield the questions that fit the text, the strictest first."""
    number = numbers.read(text)
    if len(number) == numbers.LENGTH and set(number) <= set(numbers.SIGNS):
        files = Child.objects.unscoped("narrows a question that asks its Rule")
        leads_to = Coalesce("merged_into_id", "pk")  # a number that was given up (R54)
        found = files.filter(number=number).values_list(leads_to, flat=True)
        yield Question("number", CHILDREN, found)
    digits = plain(text).upper()
    if FOUR.match(digits):
        yield Question("id", CONTACT_DATA, _with_last_four(digits))
    if PHONE.match(text):
        yield from (Question("phone", CONTACT_DATA, who) for who in _with_phone(text))
    signs = plain(text)
    if not signs or signs.isdigit():
        return
    if any(map(is_chinese, signs)):
        yield from _by_signs(text, signs, on)
    else:
        yield from _by_letters(sound(text))


def _by_signs(text: str, signs: str, on: dt.date) -> Iterator[Question]:
    yield Question("name", CHILDREN, _exactly(Kind.WHOLE, [signs]))
    yield Question("name", CHILDREN, _beginning(Kind.PART, signs))
    yield Question("kin", CHILDREN, _beginning(Kind.KIN, signs))
    places = Place.objects.unscoped("a village's name is no secret; its children are asked for")
    if named := list(places.filter(name__contains=text).values_list("pk", flat=True)):
        yield Question("place", CHILDREN, _flat(residents(named, on), "person_id"))  # type: ignore[arg-type]
    heard = ["".join(spelling) for spelling in spellings(text)]
    yield Question("sound", CHILDREN, _exactly(Kind.SOUND, heard))


def _by_letters(letters: str) -> Iterator[Question]:
    yield Question("sound", CHILDREN, _exactly(Kind.SOUND, [letters]))
    yield Question("initials", CHILDREN, _exactly(Kind.INITIALS, [letters]))
    yield Question("sound", CHILDREN, _beginning(Kind.SOUND, letters))
    yield Question("name", CHILDREN, _beginning(Kind.PART, letters))
    yield Question("initials", CHILDREN, _beginning(Kind.INITIALS, letters))
    yield Question("kin", CHILDREN, _beginning(Kind.KIN_SOUND, letters))


def _keys() -> "QuerySet[SearchKey]":
    return SearchKey.objects.unscoped("narrows a question that asks its Rule")


def _flat(rows: "QuerySet", column: str) -> "QuerySet":
    return rows.values_list(column, flat=True)


def _exactly(kind: Kind, texts: list[str]) -> "QuerySet":
    return _flat(_keys().filter(key__in=[keyed(kind, text) for text in texts]), "child_id")


def _beginning(kind: Kind, text: str) -> "QuerySet":
    """Return the children with a key that begins so: a stretch of the index on both engines."""
    first = keyed(kind, text)
    return _flat(_keys().filter(key__gte=first, key__lt=first + LAST), "child_id")


def _with_last_four(digits: str) -> "QuerySet":
    rows = IdentityNumber.objects.unscoped("narrows a question that asks its Rule")
    return _flat(rows.filter(last_four=digits), "person_id")


def _with_phone(text: str) -> Iterator["QuerySet"]:
    """Yield who has the telephone, and whose family has it; a hidden one matches nothing (R67)."""
    rows = Phone.objects.unscoped("narrows a question that asks its Rule")
    index = Phone._meta.get_field("number_index").candidates(text)
    held = rows.filter(number_index__in=index, is_hidden=False)
    yield _flat(held, "person_id")
    kin = Kinship.objects.unscoped("narrows a question that asks its Rule")
    yield _flat(kin.filter(relative__in=held.values("person_id")), "child_id")
