"""One box: whatever somebody types, answered from the best kind of match to the weakest."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.chinese import is_chinese, plain, sound, spellings
from tonghu.people import numbers
from tonghu.people.models import Child, IdentityNumber, Phone, Place, SearchKey
from tonghu.people.policy import CHILDREN, CONTACT_DATA, residents
from tonghu.people.search.keys import Kind, keyed

ENOUGH = 25
LAST = "\U0010ffff"
FOUR = re.compile(r"^\d{3}[\dX]$")
PHONE = re.compile(r"^\+?[\d\s-]{7,20}$")


@dataclass(frozen=True)
class Found:
    """A child that was found, and by what: the page says it beside the name."""

    child: Child
    by: str


def find(text: str, by: Actor, *, on: dt.date, most: int = ENOUGH) -> list[Found]:
    """Return the children the actor may find that fit what was typed, the best first.

    The Rule is part of each question, so what she may not know of is neither counted nor
    hinted at (R77). A telephone and a number match beyond the own files for nobody (R22).
    """
    found: dict[object, Found] = {}
    for reason, sheet_rows in _questions(text.strip(), by, on):
        missing = most - len(found)
        rows = sheet_rows.exclude(pk__in=list(found)).select_related("person")
        for child in rows.order_by("person__sort_key")[:missing]:
            found[child.pk] = Found(child, reason)
        if len(found) >= most:
            break
    return list(found.values())


def _questions(text: str, by: Actor, on: dt.date) -> Iterator[tuple[str, "QuerySet[Child]"]]:
    """Yield the questions that fit the text, the strictest first, with what each matches."""
    everyone = Child.objects.filter(merged_into=None)
    findable = CHILDREN.rows(Action.FIND, everyone, by, on=on)
    number = numbers.read(text)
    if len(number) == numbers.LENGTH and set(number) <= set(numbers.SIGNS):
        yield "number", findable.filter(number=number)
    digits = plain(text).upper()
    reachable = CONTACT_DATA.rows(Action.FIND, everyone, by, on=on)
    if FOUR.match(digits):
        yield "id", reachable.filter(pk__in=_with_last_four(digits))
    if PHONE.match(text):
        yield "phone", reachable.filter(_with_phone(text))
    signs = plain(text)
    if not signs or signs.isdigit():
        return
    if any(map(is_chinese, signs)):
        yield from _by_signs(text, signs, findable, on)
    else:
        yield from _by_letters(sound(text), findable)


def _by_signs(
    text: str, signs: str, findable: "QuerySet[Child]", on: dt.date
) -> Iterator[tuple[str, "QuerySet[Child]"]]:
    yield "name", findable.filter(pk__in=_exactly(Kind.WHOLE, [signs]))
    yield "name", findable.filter(pk__in=_beginning(Kind.PART, signs))
    yield "kin", findable.filter(pk__in=_beginning(Kind.KIN, signs))
    places = Place.objects.unscoped("a village's name is no secret; its children are asked for")
    named = places.filter(name__contains=text).values("pk")
    yield "place", findable.filter(pk__in=residents(named, on))
    heard = ["".join(spelling) for spelling in spellings(text)]
    yield "sound", findable.filter(pk__in=_exactly(Kind.SOUND, heard))


def _by_letters(
    letters: str, findable: "QuerySet[Child]"
) -> Iterator[tuple[str, "QuerySet[Child]"]]:
    yield "sound", findable.filter(pk__in=_exactly(Kind.SOUND, [letters]))
    yield "initials", findable.filter(pk__in=_exactly(Kind.INITIALS, [letters]))
    yield "sound", findable.filter(pk__in=_beginning(Kind.SOUND, letters))
    yield "name", findable.filter(pk__in=_beginning(Kind.PART, letters))
    yield "initials", findable.filter(pk__in=_beginning(Kind.INITIALS, letters))
    yield "kin", findable.filter(pk__in=_beginning(Kind.KIN_SOUND, letters))


def _keys() -> "QuerySet[SearchKey]":
    return SearchKey.objects.unscoped("narrows a question that asks its Rule")


def _exactly(kind: Kind, texts: list[str]) -> "QuerySet":
    return _keys().filter(key__in=[keyed(kind, text) for text in texts]).values("child_id")


def _beginning(kind: Kind, text: str) -> "QuerySet":
    """Return the children with a key that begins so: a stretch of the index on both engines."""
    first = keyed(kind, text)
    return _keys().filter(key__gte=first, key__lt=first + LAST).values("child_id")


def _with_last_four(digits: str) -> "QuerySet":
    rows = IdentityNumber.objects.unscoped("narrows a question that asks its Rule")
    return rows.filter(last_four=digits).values("person_id")


def _with_phone(text: str) -> Q:
    rows = Phone.objects.unscoped("narrows a question that asks its Rule")
    index = Phone._meta.get_field("number_index").candidates(text)
    held = rows.filter(number_index__in=index, is_hidden=False)
    return Q(pk__in=held.values("person_id")) | Q(kin__relative__in=held.values("person_id"))
