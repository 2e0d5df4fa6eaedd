"""One box: whatever somebody types, answered from the best kind of match to the weakest.

What was typed is asked of the index of keys first, which takes microseconds and tells nobody
anything. Only then the Rule is asked, once for all that came of it: its question is ten times
the work of a key's. Where a scrap fits too many to carry over, as a frequent surname, the Rule
is asked about the first names of them, and only then about the next; of a worker with few files
only about those of hers that fit.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action, Sheet
from tonghu.kernel.chinese import is_chinese, plain, sound, spellings
from tonghu.kernel.clock import now
from tonghu.kernel.law import upholds
from tonghu.kernel.prepared import Chosen, Common, Listed
from tonghu.people import numbers
from tonghu.people.models import Child, Person
from tonghu.people.policy import CHILDREN, CONTACT_DATA
from tonghu.people.search import whom
from tonghu.people.search.keys import Kind

ENOUGH = 25
FEW = 400
SOME = 100
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
    who: Chosen


def find(text: str, by: Actor, *, on: dt.date, most: int = ENOUGH) -> list[Found]:
    """Return the children the actor may find that fit what was typed, the best first.

    The Rule is part of each question, so what she may not know of is neither counted nor
    hinted at (R77). A telephone and a number match beyond the own files for nobody (R22).
    """
    found: dict[UUID, str] = {}
    few: dict[UUID, tuple[int, str]] = {}
    sheet = CHILDREN
    for place, question in enumerate(_questions(text.strip(), on)):
        if question.sheet is not sheet:
            _let_through(found, few, sheet, by, on)
            few, sheet = {}, question.sheet
        who = question.who.members(FEW + 1)
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
    best = list(found)[:most]
    rows = Child.objects.unscoped("the Rule let them through").select_related("person")
    children = {child.pk: child for child in rows.filter(pk__in=best)}
    return [Found(children[pk], found[pk]) for pk in best if pk in children]


def _let_through(
    found: dict[UUID, str], few: dict[UUID, tuple[int, str]], sheet: Sheet, by: Actor, on: dt.date
) -> None:
    """Add those of a few whom the Rule lets through, the better kind of match first."""
    if not few:
        return
    rows = _children(sheet, by, on).filter(pk__in=Listed(few, UUIDField()))
    if named := [pk for pk, (_place, what) in few.items() if what == "kin"]:
        named_here = Q(pk__in=Listed(named, UUIDField()))
        rows = rows.exclude(named_here & Q(pk__in=_kin_of_the_shut(by)))
    through = rows.values_list("pk", "person__sort_key")
    for pk, _name in sorted(through, key=lambda one: (few[one[0]][0], one[1])):
        found.setdefault(pk, few[pk][1])


def _let_through_of_many(
    found: dict[UUID, str], question: Question, by: Actor, on: dt.date, most: int
) -> None:
    """Add the first of many, by name, without carrying all of them over.

    Where her Rule names the files outside of which she finds nobody, those of them that fit are
    enough. The Rule is asked about the first names, and only then about the next.
    """
    if not question.sheet.is_offered(Action.FIND, by, on=on):
        return
    few = question.sheet.within(Action.FIND, by, on=on)
    rows = _children(question.sheet, by, on).order_by("person__sort_key")
    if question.by == "kin":
        rows = rows.exclude(pk__in=_kin_of_the_shut(by))
    for names in _by_name(Common(few, question.who) if few else question.who):
        through = rows.filter(pk__in=Listed(names, UUIDField()))
        for pk in through.values_list("pk", flat=True):
            found.setdefault(pk, question.by)
        if len(found) >= most:
            break


def _by_name(who: Chosen | Common) -> Iterator[list[UUID]]:
    """Yield those who were asked for, some at a time, in the order of their names."""
    rows = Person.objects.unscoped("the Rule judges them before anybody is shown")
    names = rows.filter(pk__in=who).order_by("sort_key").values_list("pk", flat=True)
    start = 0
    while some := list(names[start : start + SOME]):
        yield some
        start += SOME


@upholds("R55", "R77", says=_("a closed child is not found through its brothers and sisters"))
def _kin_of_the_shut(by: Actor) -> Chosen:
    """Return the children who have somebody closed to the actor among their kin.

    They are not found through anybody of the family: whom the text fitted is not told apart.
    """
    return whom.with_kin_shut(account=by.account_id, at=now())


def _children(sheet: Sheet, by: Actor, on: dt.date) -> "QuerySet[Child]":
    return sheet.rows(Action.FIND, Child.objects.filter(merged_into=None), by, on=on)


def _questions(text: str, on: dt.date) -> Iterator[Question]:
    """Yield the questions that fit the text, the strictest first."""
    number = numbers.read(text)
    if len(number) == numbers.LENGTH and set(number) <= set(numbers.SIGNS):
        yield Question("number", CHILDREN, whom.of_number(number=number))
    digits = plain(text).upper()
    if FOUR.match(digits):
        yield Question("id", CONTACT_DATA, whom.with_last_four(digits=digits))
    if PHONE.match(text):
        yield from (Question("phone", CONTACT_DATA, who) for who in whom.with_phone(text))
    signs = plain(text)
    if not signs or signs.isdigit():
        return
    if any(map(is_chinese, signs)):
        yield from _by_signs(text, signs, on)
    else:
        yield from _by_letters(sound(text))


def _by_signs(text: str, signs: str, on: dt.date) -> Iterator[Question]:
    yield Question("name", CHILDREN, whom.exactly(Kind.WHOLE, [signs]))
    yield Question("name", CHILDREN, whom.beginning(Kind.PART, signs))
    yield Question("kin", CHILDREN, whom.beginning(Kind.KIN, signs))
    yield Question("place", CHILDREN, whom.living_in(name=text, on=on))
    heard = ["".join(spelling) for spelling in spellings(text)]
    yield Question("sound", CHILDREN, whom.exactly(Kind.SOUND, heard))


def _by_letters(letters: str) -> Iterator[Question]:
    yield Question("sound", CHILDREN, whom.exactly(Kind.SOUND, [letters]))
    yield Question("initials", CHILDREN, whom.exactly(Kind.INITIALS, [letters]))
    yield Question("sound", CHILDREN, whom.beginning(Kind.SOUND, letters))
    yield Question("name", CHILDREN, whom.beginning(Kind.PART, letters))
    yield Question("initials", CHILDREN, whom.beginning(Kind.INITIALS, letters))
    yield Question("kin", CHILDREN, whom.beginning(Kind.KIN_SOUND, letters))
