"""What somebody who searches gets: the children found, each in the few words of a card."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tonghu.access.actors import Actor, actor_for
from tonghu.access.constants import DutyKind
from tonghu.access.looks import record_search
from tonghu.access.models import Account, Duty
from tonghu.kernel.chinese import is_chinese, plain
from tonghu.kernel.clock import day, now
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.kernel.tenancy import only_rows_of
from tonghu.people.ages import Birth
from tonghu.people.models import Person, ResidenceSpan
from tonghu.people.numbers import shown
from tonghu.people.policy import FILE
from tonghu.people.search.find import Found, find

LONGEST = 80
FEWEST_DIGITS, FEWEST_LETTERS = 4, 2
MATCHED: Mapping[str, Promise] = {
    "number": gettext_lazy("File number"),
    "id": gettext_lazy("Last four signs of the identity number"),
    "phone": gettext_lazy("Telephone"),
    "name": gettext_lazy("Name"),
    "kin": gettext_lazy("Somebody of the family"),
    "place": gettext_lazy("Lives there"),
    "sound": gettext_lazy("Sounds alike"),
    "initials": gettext_lazy("First letters"),
}


@dataclass(frozen=True)
class Card:
    """A child that was found, in words; what is not known stays empty."""

    pk: UUID
    number: str
    name: str
    age: str
    place: str
    holder: str
    matched: str


def is_too_short(text: str) -> bool:
    """Tell whether a text would fit half the list: one letter, three digits, no sign at all."""
    signs = plain(text)
    if any(map(is_chinese, signs)):
        return False
    return len(signs) < (FEWEST_DIGITS if signs.isdigit() else FEWEST_LETTERS)


@upholds("R77", "R81", says=gettext_lazy("the search is on record before anybody is shown"))
def search(text: str, *, by: Actor, at: dt.datetime) -> list[Card]:
    """Return the cards of whom the actor may find, once the search is on record."""
    on, words = day(at), text.strip()[:LONGEST]
    if is_too_short(words):
        return []
    found = find(words, by, on=on)
    record_search(FILE, words, hits=len(found), by=by, at=at)
    return _cards(found, on)


def search_as(text: str, login: str) -> dict[str, Any]:
    """Return what somebody would find today, as one document.

    :raises Refused: when nobody of that login is at work.
    """
    at = now()
    account = Account.objects.filter(login=login).first()
    by = actor_for(account, on=day(at)) if account else None
    if by is None:
        raise Refused(_("Nobody of this login is at work today."))
    with only_rows_of(by.agency_id):
        cards = search(text, by=by, at=at)
    return {"text": text, "as": login, "children": [asdict(card) for card in cards]}


def _cards(found: list[Found], on: dt.date) -> list[Card]:
    pks = [one.child.pk for one in found]
    places, holders = _places_of(pks, on), _holders_of(pks, on)
    return [
        Card(
            pk=one.child.pk,
            number=shown(one.child.number),
            name=one.child.person.name,
            age=age_of(one.child.person, on),
            place=places.get(one.child.pk, ""),
            holder=holders.get(one.child.pk, ""),
            matched=str(MATCHED[one.by]),
        )
        for one in found
    ]


def age_of(person: Person, on: dt.date) -> str:
    """Return the age on a day in words, as exactly as the birth date is known."""
    birth = Birth.known(person.born_on, person.precision)
    if birth is None:
        return _("Age not known")
    least, most = (max(years, 0) for years in birth.age(on))
    if least == most:
        return ngettext("%(n)s year old", "%(n)s years old", least) % {"n": least}
    return _("%(least)s to %(most)s years old") % {"least": least, "most": most}


def _places_of(pks: Iterable[UUID], on: dt.date) -> dict[UUID, str]:
    """Return where each lives; a hidden place says nothing (R67)."""
    rows = ResidenceSpan.objects.unscoped("of children whom the Rule let through")
    lives = rows.filter(in_force(on), person__in=pks, place__isnull=False)
    return dict(lives.order_by("from_on").values_list("person_id", "place__name"))


def _holders_of(pks: Iterable[UUID], on: dt.date) -> dict[UUID, str]:
    rows = Duty.objects.unscoped("of children whom the Rule let through")
    held = rows.filter(
        in_force(on), kind=DutyKind.ASSIGNMENT, target_kind=FILE, target_id__in=list(pks)
    )
    return {duty.target_id: duty.account.called for duty in held.select_related("account")}
