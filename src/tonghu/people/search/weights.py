"""How much each thing two descriptions say speaks for one child, in bits, and in four words.

The model is Fellegi and Sunter's (1969): a field's answer weighs log2(m / u), where m is how
often it comes of two descriptions of the same child, u of two different ones. The m follow the
damage seen in lists of committees and schools (one name in eight by sound, one date in ten with
a slip, a third of telephones changed within a year); the u follow from how many surnames, days
in eighteen years, villages and telephones there are, with siblings, who share the last three.
The numbers were set by this reasoning, not fitted to any list.

Bits add up. Among 100,000 children one pair in 100,000 is the same child, so at 17 bits it is
as likely as not: from there on a person is asked.
"""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from math import log2
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from tonghu.kernel.chinese import plain, spellings
from tonghu.people.constants import Precision

LIKELY = 17.0
WORTH_A_LOOK = 14.0


class Verdict(models.TextChoices):
    """What comes of comparing one thing: four different words."""

    AGREES = "agrees", _("Agrees")
    CLOSE = "close", _("Nearly agrees")
    DIFFERS = "differs", _("Differs")
    UNKNOWN = "unknown", _("Cannot be compared")


Said = tuple[Verdict, float]
UNKNOWN: Said = (Verdict.UNKNOWN, 0.0)


def _said(verdict: Verdict, m: float, u: float) -> Said:
    return verdict, log2(m / u)


NAME = _said(Verdict.AGREES, 0.80, 0.0005)
NAME_BY_SOUND = _said(Verdict.CLOSE, 0.12, 0.0015)
NAME_BUT_ONE = _said(Verdict.CLOSE, 0.05, 0.01)
OTHER_NAME = _said(Verdict.DIFFERS, 0.03, 0.988)
DAY = _said(Verdict.AGREES, 0.85, 1 / 4000)
MONTH = _said(Verdict.AGREES, 0.95, 1 / 200)
YEAR = _said(Verdict.AGREES, 0.95, 1 / 14)
NEAR_DAY = _said(Verdict.CLOSE, 0.10, 0.01)
OTHER_DAY = _said(Verdict.DIFFERS, 0.05, 0.98)
SEX = _said(Verdict.AGREES, 0.99, 0.5)
OTHER_SEX = _said(Verdict.DIFFERS, 0.01, 0.5)
NUMBER = _said(Verdict.AGREES, 0.99, 0.000001)
OTHER_NUMBER = _said(Verdict.DIFFERS, 0.01, 1.0)
PHONE = _said(Verdict.AGREES, 0.65, 0.0005)
OTHER_PHONE = _said(Verdict.DIFFERS, 0.35, 1.0)
CARER = _said(Verdict.AGREES, 0.75, 0.002)
CARER_BY_SOUND = _said(Verdict.CLOSE, 0.10, 0.003)
OTHER_CARER = _said(Verdict.DIFFERS, 0.15, 0.99)
PLACE = _said(Verdict.AGREES, 0.85, 0.02)
OTHER_PLACE = _said(Verdict.DIFFERS, 0.15, 0.98)

KNOWN_TO = {Precision.DAY: "%Y%m%d", Precision.MONTH: "%Y%m", Precision.YEAR: "%Y"}
SAME = {"%Y%m%d": DAY, "%Y%m": MONTH, "%Y": YEAR}
SLIP = 10


def of_names(one: Iterable[str], other: Iterable[str]) -> Said:
    """Compare what two children are called; each may have several names, the best pair counts."""
    pairs = [_of_two_names(plain(a), plain(b)) for a in one if a for b in other if b]
    return max(pairs, key=lambda said: said[1], default=UNKNOWN)


def _of_two_names(one: str, other: str) -> Said:
    if one == other:
        return NAME
    if _sound_alike(one, other):
        return NAME_BY_SOUND
    if len(one) == len(other) > 2 and sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return NAME_BUT_ONE
    return OTHER_NAME


def of_births(one: dt.date | None, one_known: str, other: dt.date | None, other_known: str) -> Said:
    """Compare two birth dates as exactly as the less exact one is known."""
    shared = {one_known, other_known}
    if one is None or other is None or not shared <= KNOWN_TO.keys():
        return UNKNOWN
    known = min((KNOWN_TO[Precision(each)] for each in shared), key=len)
    if f"{one:{known}}" == f"{other:{known}}":
        return SAME[known]
    return NEAR_DAY if _near(one, other) else OTHER_DAY


def _near(one: dt.date, other: dt.date) -> bool:
    """Tell whether one date is the other with a slip: days, or month and day exchanged."""
    if abs((one - other).days) <= SLIP:
        return True
    if one.year == other.year:
        return (one.month, one.day) == (other.day, other.month) or one.day == other.day
    return (one.month, one.day) == (other.month, other.day)


def of_sexes(one: str, other: str) -> Said:
    """Compare what is known of the sex."""
    if not one or not other:
        return UNKNOWN
    return SEX if one == other else OTHER_SEX


def of_carers(one: Iterable[str], other: Iterable[str]) -> Said:
    """Compare who is named as family: one in common is enough."""
    pairs = [_of_two_carers(plain(a), plain(b)) for a in one if a for b in other if b]
    return max(pairs, key=lambda said: said[1], default=UNKNOWN)


def _of_two_carers(one: str, other: str) -> Said:
    if one == other:
        return CARER
    return CARER_BY_SOUND if _sound_alike(one, other) else OTHER_CARER


def _sound_alike(one: str, other: str) -> bool:
    """Tell whether two names may be read alike; only Chinese names of one length can."""
    return len(one) == len(other) and not _heard(one).isdisjoint(_heard(other))


@lru_cache(maxsize=1024)
def _heard(name: str) -> frozenset[tuple[str, ...]]:
    """Return how a name may sound; the one described is compared with many."""
    return frozenset(spellings(name))


def of_sealed(one: set[str], other: set[str], same: Said, differs: Said) -> Said:
    """Compare sealed numbers by their keyed indices: equal or not, nothing between."""
    if not one or not other:
        return UNKNOWN
    return differs if one.isdisjoint(other) else same


def of_places(one: UUID | None, other: Iterable[UUID]) -> Said:
    """Compare where two children live."""
    places = set(other)
    if one is None or not places:
        return UNKNOWN
    return PLACE if one in places else OTHER_PLACE
