"""One child named in full when life or limb is at stake: no browsing, no hint (R66)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access import emergencies as access
from tonghu.access.actors import Actor
from tonghu.access.looks import SEARCHED, record_search
from tonghu.access.models import BreakGlass, JournalRow, Notice
from tonghu.access.openings import closings
from tonghu.access.roles import AgencyHead, Supervisor
from tonghu.access.sheets import BREAKERS, SHUT_TO_ALL, Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.people.constants import NameKind
from tonghu.people.models import Child, Kinship, Person, PersonName, Phone
from tonghu.people.numbers import shown
from tonghu.people.policy import CHILDREN, FILE

TRY = "access.breakglass"
"""The kind under which a try at naming a child stands in the journal."""
MOST_TRIES = 10
CONFIRMED_LOOKS = (Supervisor.key, AgencyHead.key)
"""Who may look at what is hidden in an emergency, with a second person (R68)."""
WITHIN = dt.timedelta(hours=1)


class NotNamedInFull(Refused):
    """Not exactly one file answers to these words; whether there is one is not told."""


class TooManyTries(Refused):
    """So many tries are browsing."""


@dataclass(frozen=True)
class Named:
    """A child as somebody names it who does not look it up: in full, and one thing more."""

    name: str
    born_in: int | None = None
    phone: str = ""


@upholds("R66", "R77", says=gettext_lazy("one child named in full, or nothing and no hint"))
def only_one(named: Named, by: Actor) -> Child:
    """Return the one file of the agency that answers to a full name and year or telephone.

    A file closed to the actor, by kinship or by a seal, is no file here, and a hidden telephone
    no telephone.

    :raises NotNamedInFull: when none or several answer; the words are the same.
    """
    found = list(_answering(named, by)[:2])
    if len(found) != 1:
        raise NotNamedInFull(
            _(
                "No file opens by these words. Nobody was told and nothing was changed. Write the "
                "full name as on the identity card, and the year of birth or a telephone of the "
                "family; if that fails, both. If it cannot wait, phone your supervisor."
            )
        )
    return found[0]


@upholds("R66", "R81", says=gettext_lazy("each try at naming a child is on record and counted"))
def record_try(named: Named, *, by: Actor, at: dt.datetime) -> None:
    """Put on record that somebody names a child for an emergency, before a file opens.

    :raises TooManyTries: after ten within an hour.
    """
    rows = JournalRow.objects.unscoped("one's own tries are counted")
    rows = rows.filter(account_id=by.account_id, event=SEARCHED, subject_kind=TRY)
    if rows.filter(at__gt=at - WITHIN).count() >= MOST_TRIES:
        raise TooManyTries(
            _("Ten tries within an hour. Nothing was changed. Phone your supervisor or the head.")
        )
    hits = _answering(named, by).count() if by.role_key in BREAKERS else 0
    record_search(TRY, named.name, hits=hits, by=by, at=at)


def _answering(named: Named, by: Actor) -> "QuerySet[Child]":
    people = _of_that_name(named.name, by).values("pk")
    files = Child.objects.unscoped("named in full; a refusal tells nothing")
    files = files.filter(Q(pk__in=people), agency_id=by.agency_id)
    if named.born_in:
        files = files.filter(person__born_on__year=named.born_in)
    if named.phone:
        files = files.filter(_reached_under(named.phone, by))
    if not named.born_in and not named.phone:
        return files.none()
    leads_to = files.values_list(Coalesce("merged_into_id", "pk"), flat=True)
    rows = Child.objects.unscoped("named in full; a refusal tells nothing")
    rows = rows.filter(pk__in=leads_to, merged_into=None).exclude(pk__in=closings(by, FILE))
    shut = SHUT_TO_ALL.get(FILE)
    return rows.exclude(pk__in=shut()) if shut else rows


def _of_that_name(name: str, by: Actor) -> "QuerySet[Person]":
    """Return the persons of exactly this name; a nickname is no full name."""
    said = {" ".join(name.split()), "".join(name.split())}
    others = PersonName.objects.unscoped("named in full; a refusal tells nothing")
    others = others.filter(name__in=said).exclude(kind=NameKind.NICK)
    people = Person.objects.unscoped("named in full; a refusal tells nothing")
    latin = Q(latin_name__iexact=" ".join(name.split())) if name.strip() else Q(pk=None)
    return people.filter(
        Q(name__in=said) | latin | Q(pk__in=others.values("person_id")), agency_id=by.agency_id
    )


def _reached_under(number: str, by: Actor) -> Q:
    index: Any = Phone._meta.get_field("number_index")
    phones = Phone.objects.unscoped("named in full; a refusal tells nothing")
    phones = phones.filter(
        number_index__in=index.candidates(number), is_hidden=False, agency_id=by.agency_id
    )
    kin = Kinship.objects.unscoped("named in full; a refusal tells nothing")
    kin = kin.filter(relative__in=phones.values("person_id"))
    return Q(pk__in=phones.values("person_id")) | Q(pk__in=kin.values("child_id"))


@dataclass(frozen=True)
class Emergency:
    """A file opened in an emergency, as its page says it; the name only to who may find it."""

    glass: BreakGlass
    number: str
    name: str
    is_open: bool
    due_on: dt.date
    is_late: bool
    is_mine: bool
    may_review: bool
    shows_hidden: bool
    looked: int
    notice: Notice | None


def emergency_for(by: Actor, pk: UUID, *, at: dt.datetime) -> Emergency:
    """Return one emergency with what this person may do about it.

    :raises Hidden: when she may not know of it.
    """
    return _told(access.glass_for(by, pk, on=day(at)), by, at)


def emergencies_for(by: Actor, *, at: dt.datetime, most: int) -> list[Emergency]:
    """Return the newest emergencies this person may read of."""
    return [_told(one, by, at) for one in access.glasses_for(by, on=day(at))[:most]]


def _told(glass: BreakGlass, by: Actor, at: dt.datetime) -> Emergency:
    on = day(at)
    files = Child.objects.unscoped("the emergency's Rule was asked by the caller")
    file = files.filter(pk=glass.target_id).first()
    is_mine = glass.account_id == by.account_id
    reviewable = access.glass_to_review(by, on=on).filter(pk=glass.pk)
    return Emergency(
        glass=glass,
        number=shown(file.number) if file else "–",
        name=_name(file, by, on) if file else "",
        is_open=glass.until_at > at,
        due_on=access.review_due_on(glass),
        is_late=access.is_late(glass, on=on),
        is_mine=is_mine,
        may_review=reviewable.exists(),
        shows_hidden=is_mine and glass.until_at > at and by.role_key in CONFIRMED_LOOKS,
        looked=access.times_looked(glass),
        notice=access.notice_of(glass, by),
    )


def _name(file: Child, by: Actor, on: dt.date) -> str:
    known = CHILDREN.where(Action.FIND, by, on) | CHILDREN.where(Action.READ, by, on)
    rows = Child.objects.unscoped("the file's Rule stands in the filter").filter(known, pk=file.pk)
    found = rows.select_related("person").first()
    return found.person.called if found else ""
