"""Which children of a roster are on the list already: certain, or likely and left to a person.

Only children whom the importer may find are compared (R77): what lies outside is not hinted at.
Number, family, telephones and address are compared in the files that are open to her (R22).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, UUIDField
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.chinese import plain
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.kernel.prepared import Chosen, Listed
from tonghu.people.models import (
    Child,
    IdentityNumber,
    Kinship,
    Phone,
    ResidenceSpan,
    Roster,
    RosterLine,
    SearchKey,
)
from tonghu.people.policy import CHILDREN, CONTACT_DATA
from tonghu.people.roster.doubles import Seen, is_certain, is_likely, may_be_one_day, newer, seen_in
from tonghu.people.roster.lines import Line
from tonghu.people.search.keys import Kind, keyed, left_out, of_likeness
from tonghu.people.takeover.said import birth_text

FULL_DAY = len("2015-03-02")


@dataclass
class Match:
    """Who on the list a line is: one child for certain, or some that a person must compare."""

    certain: Child | None = None
    likely: list[Child] = field(default_factory=list)


@dataclass
class _Known:
    """A child on the list with what it is compared by."""

    child: Child
    identity: str = ""
    carers: list[str] = field(default_factory=list)
    phones: set[str] = field(default_factory=set)
    addresses: list[str] = field(default_factory=list)
    places: set[UUID] = field(default_factory=set)


def compare(
    lines: Mapping[int, Line], roster: Roster, by: Actor, *, on: dt.date
) -> dict[int, Match]:
    """Return for each line whom it is on the list; children this roster opened are left out."""
    by_key = _candidates(lines.values(), CHILDREN.within(Action.FIND, by, on=on))
    wanted = set().union(*by_key.values()) if by_key else set()
    known = _loaded(wanted, roster, by, on)
    found = {}
    for position, line in lines.items():
        near: set[UUID] = set()
        near.update(*(by_key.get(key, ()) for key in _keys(line)))
        found[position] = _match(line, [known[pk] for pk in sorted(near) if pk in known], roster)
    return found


def _match(line: Line, near: list[_Known], roster: Roster) -> Match:
    seen = seen_in(line, "")
    certain, likely = [], []
    for one in near:
        other = _seen(one, seen)
        if _is_certain(seen, other, here=roster.place_id in one.places):
            certain.append(one.child)
        elif is_likely(seen, other) or _is_near(seen, other):
            likely.append(one.child)
    if len(certain) == 1:
        return Match(certain[0])
    return Match(None, certain + likely)


def _is_certain(seen: Seen, other: Seen, *, here: bool) -> bool:
    """Return whether a child of the list is that of the line, beyond what two lines can tell.

    Beside the rules between lines: the same name and sex, born the same day in the same place;
    or the same carer, and the birth dates agree as far as both are known.
    """
    if is_certain(seen, other):
        return True
    same = seen.name == other.name != "" and seen.sex == other.sex != ""
    if not same or (seen.identity and other.identity and seen.identity != other.identity):
        return False
    carer = seen.guardian == other.guardian != "" or seen.shares_phone(other)
    both = min(len(seen.dob), len(other.dob))
    return may_be_one_day(seen.dob, other.dob) and (
        (both == FULL_DAY and here) or (both >= len("2015-03") and carer)
    )


def _is_near(seen: Seen, other: Seen) -> bool:
    """Return whether name, sex and birth date leave it open: twice on the list would be worse."""
    if seen.identity and other.identity and seen.identity != other.identity:
        return False
    sexes = not seen.sex or not other.sex or seen.sex == other.sex
    return seen.name == other.name != "" and sexes and may_be_one_day(seen.dob, other.dob)


def _seen(known: _Known, line: Seen) -> Seen:
    """Return a known child as a line is compared; of several carers the one that is named."""
    carer = line.guardian if line.guardian in known.carers else next(iter(known.carers), "")
    address = line.address if line.address in known.addresses else next(iter(known.addresses), "")
    person = known.child.person
    return Seen(
        key="",
        sheet="\0",
        row=0,
        name=newer(person.name),
        sex=person.sex,
        dob=birth_text(person.born_on, person.precision),
        identity=known.identity,
        guardian=carer,
        phones="|".join(sorted(known.phones)),
        address=address,
    )


def _keys(line: Line) -> list[tuple[str, str]]:
    """Return what a line would share with its child: parts of the name, number, telephones."""
    fields = line.fields
    dob = dt.date.fromisoformat(fields.dob) if len(fields.dob) == FULL_DAY else None
    keys = [("key", keyed(Kind.WHOLE, plain(fields.name)))] if fields.name else []
    if fields.name:
        likeness = of_likeness(fields.name, dob) if dob else left_out(fields.name)
        keys += [("key", key) for key in likeness]
    if fields.id_number:
        keys.append(("id", fields.id_number))
    return keys + [("phone", phone) for phone in fields.phones.split("|") if phone]


def _candidates(lines: Iterable[Line], few: Chosen | None) -> dict[tuple[str, str], set[UUID]]:
    """Return the persons that share a key with some line, in four questions for all of them.

    Where she finds nobody but a few, the thousands who share a part of a name are not carried to
    her Rule and back.
    """
    keys = {key for line in lines for key in _keys(line)}
    found: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    rows: QuerySet[Any] = SearchKey.objects.unscoped("narrows a question that asks its Rule")
    wanted = [text for kind, text in keys if kind == "key"]
    rows = rows.filter(key__in=wanted)
    if few is not None:  # each key is looked up once: not with each of the few beside it
        rows = rows.annotate(who=Coalesce("child_id", "child_id")).filter(who__in=few)
    for text, pk in rows.values_list("key", "child_id"):
        found["key", text].add(pk)
    _by_index(IdentityNumber, "id", keys, found)
    of_persons: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    _by_index(Phone, "phone", keys, of_persons)
    reached = set().union(*of_persons.values()) if of_persons else set()
    kin = Kinship.objects.unscoped("narrows a question that asks its Rule")
    children: dict[UUID, set[UUID]] = defaultdict(set)
    for relative, child in kin.filter(relative__in=reached).values_list("relative_id", "child_id"):
        children[relative].add(child)
    for key, persons in of_persons.items():
        found[key] = persons.union(*(children[person] for person in persons))
    return found


def _by_index(
    table: type[IdentityNumber | Phone],
    kind: str,
    keys: set[tuple[str, str]],
    found: dict[tuple[str, str], set[UUID]],
) -> None:
    column: Any = table._meta.get_field("number_index")
    texts = {index: text for of, text in keys if of == kind for index in column.candidates(text)}
    rows: Any = table.objects.unscoped("narrows a question that asks its Rule")
    if table is Phone:
        rows = rows.filter(is_hidden=False)
    for index, person in rows.filter(number_index__in=list(texts)).values_list(
        "number_index", "person_id"
    ):
        found[kind, texts[index]].add(person)


def _loaded(wanted: set[UUID], roster: Roster, by: Actor, on: dt.date) -> dict[UUID, _Known]:
    """Return those of the persons whom the importer may find, with what they are compared by."""
    opened = RosterLine.objects.unscoped("lines of the roster, whose Rule was asked").filter(
        roster=roster, child__isnull=False
    )
    rows = CHILDREN.rows(Action.FIND, Child.objects.filter(merged_into=None), by, on=on)
    children = rows.filter(pk__in=_these(wanted)).exclude(
        pk__in=opened.filter(outcome="new").values("child")
    )
    known = {child.pk: _Known(child) for child in children.select_related("person")}
    homes = ResidenceSpan.objects.unscoped("of children found under their Rule")
    homes = homes.filter(in_force(on), place__isnull=False, person__in=_these(known))
    for pk, place in homes.values_list("person_id", "place_id"):
        known[pk].places.add(place)
    _open_to(known, by, on)
    return known


def _these(pks: Collection[UUID]) -> Listed:
    return Listed(pks, UUIDField())


@upholds("R22", says=_("a list agrees with the number or telephone of files open to its reader"))
def _open_to(known: dict[UUID, _Known], by: Actor, on: dt.date) -> None:
    """Add number, family, telephones and address of the files that are open to the importer.

    Of a colleague's child she knows the card. Whether its telephone is the one of a line must
    not be read off what becomes of the line.
    """
    files = Child.objects.filter(pk__in=_these(known))
    read = CHILDREN.rows(Action.READ, files, by, on=on).values_list("pk", flat=True)
    reached = CONTACT_DATA.rows(Action.READ, files, by, on=on).values_list("pk", flat=True)
    own, contact = set(read), set(reached)
    numbers = IdentityNumber.objects.unscoped("of children read under their Rule")
    for number in numbers.filter(person__in=_these(own)).only("person_id", "number"):
        known[number.person_id].identity = number.number
    persons = defaultdict(set, {pk: {pk} for pk in contact})
    kin = Kinship.objects.unscoped("of children read under their Rule")
    ties = kin.filter(child__in=_these(own)).order_by("id")
    for pk, relative, name in ties.values_list("child_id", "relative_id", "relative__name"):
        known[pk].carers.append(newer(name))
        if pk in contact:
            persons[relative].add(pk)
    phones = Phone.objects.unscoped("of children whose contact data are open")
    phones = phones.filter(person__in=_these(persons), is_hidden=False)
    for phone in phones.only("person_id", "number"):
        for pk in persons[phone.person_id]:
            known[pk].phones.add(phone.number)
    homes = ResidenceSpan.objects.unscoped("of children whose contact data are open")
    homes = homes.filter(in_force(on), person__in=_these(contact)).exclude(address="")
    for pk, address in homes.values_list("person_id", "address"):
        known[pk].addresses.append(address)
