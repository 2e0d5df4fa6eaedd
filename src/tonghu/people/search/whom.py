"""Whom a text could mean: sets of files, each asked of one index and told to nobody.

What is found of them is decided by the Rule that the search asks. Their SQL is written once.
"""

from collections.abc import Iterator, Sequence
from typing import cast

from django.db.models import CharField, DateField, Field, QuerySet, UUIDField
from django.db.models.functions import Coalesce

from tonghu.access.actors import Actor
from tonghu.access.anybody import Anybody
from tonghu.kernel.chinese import MOST_SPELLINGS
from tonghu.kernel.prepared import Asked, Chosen, PreparedSet
from tonghu.people.models import Child, IdentityNumber, Kinship, Phone, Place, SearchKey
from tonghu.people.policy import residents, shut_from
from tonghu.people.search.keys import Kind, keyed

LAST = "\U0010ffff"
BLANKS = MOST_SPELLINGS
TEXT, KEY = CharField(), UUIDField()
SOMEBODY = cast(Actor, Anybody("", has_account=True, membership=None))


def exactly(kind: Kind, texts: list[str]) -> Chosen:
    """Return the children with one of these keys; a name has eight spellings at the most."""
    return _with_key(**_padded([keyed(kind, text) for text in texts]))


def beginning(kind: Kind, text: str) -> Chosen:
    """Return the children with a key that begins so: a stretch of the index on both engines."""
    first = keyed(kind, text)
    return _with_key_between(first=first, last=first + LAST)


def with_phone(text: str) -> Iterator[Chosen]:
    """Yield who has the telephone, and whose family has it; a hidden one matches nothing (R67)."""
    index = Phone._meta.get_field("number_index").candidates(text)
    for start in range(0, len(index), BLANKS):
        said = _padded(index[start : start + BLANKS])
        yield _with_phone(**said)
        yield _with_phone_in_family(**said)


def _padded(values: Sequence[str]) -> dict[str, str]:
    """Return what fills the blanks: the last value stands in all that are left over."""
    last = len(values) - 1
    return {f"one{n}": values[min(n, last)] for n in range(BLANKS)}


def _blanks(field: Field) -> list[Asked]:
    return [Asked(f"one{n}", field) for n in range(BLANKS)]


def _keys() -> "QuerySet[SearchKey]":
    return SearchKey.objects.unscoped("narrows a question that asks its Rule")


def _holders() -> "QuerySet":
    phones = Phone.objects.unscoped("narrows a question that asks its Rule").filter(is_hidden=False)
    return phones.filter(number_index__in=_blanks(TEXT)).values("person_id")


def _kin_of_the_shut() -> "QuerySet":
    ties = Kinship.objects.unscoped("narrows a question that asks its Rule")
    return ties.filter(relative__in=shut_from(SOMEBODY)).values("child_id")


_with_key = PreparedSet(lambda: _keys().filter(key__in=_blanks(TEXT)).values("child_id"), KEY)
_with_key_between = PreparedSet(
    lambda: (
        _keys()
        .filter(key__gte=Asked("first", TEXT), key__lt=Asked("last", TEXT))
        .values("child_id")
    ),
    KEY,
)
_with_phone = PreparedSet(_holders, KEY)
_with_phone_in_family = PreparedSet(
    lambda: (
        Kinship.objects.unscoped("narrows a question that asks its Rule")
        .filter(relative__in=_holders())
        .values("child_id")
    ),
    KEY,
)
of_number = PreparedSet(
    lambda: (
        Child.objects.unscoped("narrows a question that asks its Rule")
        .filter(number=Asked("number", TEXT))
        .annotate(leads_to=Coalesce("merged_into_id", "pk"))  # a number that was given up (R54)
        .values("leads_to")
    ),
    KEY,
)
with_last_four = PreparedSet(
    lambda: (
        IdentityNumber.objects.unscoped("narrows a question that asks its Rule")
        .filter(last_four=Asked("digits", TEXT))
        .values("person_id")
    ),
    KEY,
)
living_in = PreparedSet(
    lambda: residents(
        Place.objects.unscoped("a village's name is no secret; its children are asked for")
        .filter(name__contains=Asked("name", TEXT))
        .values("pk"),
        Asked("on", DateField()),
    ),
    KEY,
)
with_kin_shut = PreparedSet(_kin_of_the_shut, KEY)
