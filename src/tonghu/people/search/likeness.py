"""'Already known?': who on the list is likely the child that somebody describes.

Keys that a repeated child shares give the candidates, the most promising first; the Rule lets
through whom this person may find, and only then anybody is counted, compared or shown (R77).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, UUIDField

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action, Sheet
from tonghu.kernel.chinese import plain, spellings
from tonghu.kernel.encryption import BlindIndexField
from tonghu.kernel.periods import in_force
from tonghu.kernel.prepared import Listed
from tonghu.people.constants import Precision
from tonghu.people.models import (
    Child,
    IdentityNumber,
    Kinship,
    PersonName,
    Phone,
    ResidenceSpan,
    SearchKey,
)
from tonghu.people.policy import CHILDREN, CONTACT_DATA
from tonghu.people.search import weights
from tonghu.people.search.keys import Kind, keyed, left_out
from tonghu.people.search.weights import Said

MOST = 10
COMPARED = 30
A_BATCH = 400
PROMISE = {
    Kind.WHOLE: weights.NAME[1],
    Kind.SOUND: weights.NAME_BY_SOUND[1],
    Kind.ONE_LEFT_OUT: weights.NAME_BUT_ONE[1],
    Kind.BORN: weights.MONTH[1],
    Kind.KIN: weights.CARER[1],
}


@dataclass(frozen=True)
class Described:
    """A child as somebody describes it; what is not known stays empty."""

    name: str = ""
    sex: str = ""
    born_on: dt.date | None = None
    precision: str = ""
    identity: str = ""
    phones: tuple[str, ...] = ()
    carers: tuple[str, ...] = ()
    place: UUID | None = None


def as_described(child: Child, place: UUID | None = None) -> Described:
    """Return a child of the list as somebody would describe it."""
    person = child.person
    return Described(person.name, person.sex, person.born_on, person.precision, place=place)


@dataclass(frozen=True)
class Likeness:
    """A child that may be the one described: how much speaks for it, and what of each thing."""

    child: Child
    score: float
    said: Mapping[str, weights.Verdict]

    @property
    def is_likely(self) -> bool:
        """Tell whether a person should be asked: it is as likely as not."""
        return self.score >= weights.LIKELY


def alike(
    who: Described, by: Actor, *, on: dt.date, beside: UUID | None = None, most: int = MOST
) -> list[Likeness]:
    """Return whom the actor may find and who is likely the child described, the likeliest first.

    ``beside`` is a file that is not compared with itself. A telephone or number is compared in
    the own files alone; in others it cannot be (R22).
    """
    sealed = _Sealed.of(who)
    promise = _promising(who)
    contact: set[UUID] = set()
    if sealed:
        owners = set(sealed.owners())
        # Both in one question: a Rule costs as much for one file as for all of these.
        contact = _let_through(CONTACT_DATA, owners | set(_best_of(promise)), by, on)
        for pk in owners & contact:
            promise[pk] += weights.PHONE[1]
    promise.pop(beside, None)  # type: ignore[arg-type]
    found = _most_promising(promise, by, on)
    facts = _Facts.of(found, sealed, contact, on)
    judged = [_judge(who, child, facts) for child in found]
    judged.sort(key=lambda one: (-one.score, one.child.person.sort_key))
    return [one for one in judged if one.score > 0][:most]


def alike_each(
    whos: Mapping[UUID, Described], by: Actor, *, on: dt.date
) -> dict[UUID, list[Likeness]]:
    """Return for each of many files who else is likely its child, in a few questions for all.

    The keys are those of :func:`alike`; a telephone or number is not compared.
    """
    keys = {pk: _keys(who) for pk, who in whos.items()}
    holders: defaultdict[str, list[UUID]] = defaultdict(list)
    asked = SearchKey.objects.unscoped("narrows a question that asks its Rule")
    for held, key in asked.filter(key__in=set().union(*keys.values())).values_list(
        "child_id", "key"
    ):
        holders[key].append(held)
    best = {pk: _best_of(_weighed(keys[pk], holders, beside=pk))[:COMPARED] for pk in whos}
    through = _let_through(CHILDREN, set().union(*map(set, best.values())), by, on)
    rows = Child.objects.unscoped("the Rule let them through").filter(pk__in=through)
    children = {child.pk: child for child in rows.select_related("person")}
    facts = _Facts.of(list(children.values()), _Sealed(frozenset(), frozenset()), set(), on)
    return {
        pk: [_judge(who, children[one], facts) for one in best[pk] if one in children]
        for pk, who in whos.items()
    }


def _weighed(
    keys: Iterable[str], holders: Mapping[str, list[UUID]], *, beside: UUID
) -> dict[UUID, float]:
    promise: defaultdict[UUID, float] = defaultdict(float)
    for key in keys:
        for pk in holders.get(key, ()):
            promise[pk] += PROMISE[Kind(key[0])]
    promise.pop(beside, None)
    return promise


def _promising(who: Described) -> "defaultdict[UUID, float]":
    """Return who shares a key with the child described, and what the keys weigh."""
    asked = SearchKey.objects.unscoped("narrows a question that asks its Rule").filter(
        key__in=_keys(who)
    )
    promise: defaultdict[UUID, float] = defaultdict(float)
    for pk, key in asked.values_list("child_id", "key"):
        promise[pk] += PROMISE[Kind(key[0])]
    return promise


def _keys(who: Described) -> set[str]:
    heard = spellings(who.name)
    keys = {keyed(Kind.SOUND, "".join(spelling)) for spelling in heard}
    keys |= {*left_out(who.name), keyed(Kind.WHOLE, plain(who.name))}
    keys |= {keyed(Kind.KIN, plain(name)) for name in who.carers if plain(name)}
    if who.born_on is not None and who.precision in (Precision.DAY, Precision.MONTH):
        for initial in {spelling[0][0] for spelling in heard}:
            keys.add(keyed(Kind.BORN, f"{who.born_on:%Y%m%d}{initial}"))
            keys.add(keyed(Kind.BORN, f"{who.born_on:%Y%m}{initial}"))
    return keys - {keyed(Kind.WHOLE, "")}


def _best_of(promise: Mapping[UUID, float], start: int = 0) -> list[UUID]:
    """Return a batch of candidates, the most promising first."""
    return sorted(promise, key=lambda pk: -promise[pk])[start : start + A_BATCH]


def _most_promising(promise: Mapping[UUID, float], by: Actor, on: dt.date) -> list[Child]:
    """Let the Rule judge candidates, the most promising first, until enough may be found.

    Nobody is left out because others, whom this person may not find, promised more.
    """
    found: list[UUID] = []
    for start in range(0, len(promise), A_BATCH):
        batch = _best_of(promise, start)
        through = _let_through(CHILDREN, batch, by, on)
        found += [pk for pk in batch if pk in through]
        if len(found) >= COMPARED:
            break
    rows = Child.objects.unscoped("the Rule let them through").filter(pk__in=found[:COMPARED])
    return list(rows.select_related("person"))


def _let_through(sheet: Sheet, pks: Iterable[UUID], by: Actor, on: dt.date) -> set[UUID]:
    wanted = list(pks)
    if not wanted:
        return set()
    everyone = Child.objects.filter(merged_into=None, pk__in=Listed(wanted, UUIDField()))
    return set(sheet.rows(Action.FIND, everyone, by, on=on).values_list("pk", flat=True))


@dataclass(frozen=True)
class _Sealed:
    """The keyed indices of the telephones and number that were typed."""

    phones: frozenset[str]
    identity: frozenset[str]

    @classmethod
    def of(cls, who: Described) -> "_Sealed":
        phone: BlindIndexField = Phone._meta.get_field("number_index")
        number: BlindIndexField = IdentityNumber._meta.get_field("number_index")
        phones = frozenset(one for text in who.phones for one in phone.candidates(text))
        identity = number.candidates(who.identity) if who.identity else ()
        return cls(phones, frozenset(identity))

    def __bool__(self) -> bool:
        return bool(self.phones or self.identity)

    def owners(self) -> Iterator[UUID]:
        """Yield the files in which one of them stands; their Rule is asked by the caller."""
        if self.identity:
            numbers = IdentityNumber.objects.unscoped(
                "narrows a question that asks its Rule"
            ).filter(number_index__in=self.identity)
            yield from numbers.values_list("person_id", flat=True)
        if self.phones:
            phones = Phone.objects.unscoped("narrows a question that asks its Rule").filter(
                number_index__in=self.phones
            )
            held = list(phones.filter(is_hidden=False).values_list("person_id", flat=True))
            yield from held
            kin = Kinship.objects.unscoped("narrows a question that asks its Rule").filter(
                relative__in=held
            )
            yield from kin.values_list("child_id", flat=True)


@dataclass(frozen=True)
class _Facts:
    """What is kept of the candidates beside their names, by child."""

    sealed: _Sealed
    names: Mapping[UUID, set[str]]
    carers: Mapping[UUID, set[str]]
    places: Mapping[UUID, set[UUID]]
    phones: Mapping[UUID, set[str]]
    numbers: Mapping[UUID, set[str]]

    @classmethod
    def of(
        cls, children: list[Child], sealed: _Sealed, contact: set[UUID], on: dt.date
    ) -> "_Facts":
        pks = [child.pk for child in children]
        names = PersonName.objects.unscoped("of children whom the Rule let through").filter(
            person__in=pks
        )
        kin = Kinship.objects.unscoped("of children whom the Rule let through").filter(
            child__in=pks
        )
        relatives = list(kin.values_list("child_id", "relative_id", "relative__name"))
        lives = ResidenceSpan.objects.unscoped("of children whom the Rule let through").filter(
            in_force(on), person__in=pks
        )
        own = [pk for pk in pks if pk in contact]
        family = [(pk, pk) for pk in own]
        family += [(pk, relative) for pk, relative, _name in relatives if pk in contact]
        return cls(
            sealed,
            _gathered(names.values_list("person_id", "name")),
            _gathered((pk, name) for pk, _relative, name in relatives),
            _gathered(lives.values_list("person_id", "place_id")),
            _phones_of(family) if sealed.phones else {},
            _numbers_of(own) if sealed.identity else {},
        )


def _numbers_of(own: list[UUID]) -> Mapping[UUID, set[str]]:
    rows = IdentityNumber.objects.unscoped("of files whose contact data may be searched")
    held = rows.filter(person__in=own)
    return _gathered(held.values_list("person_id", "number_index"))


def _phones_of(family: list[tuple[UUID, UUID]]) -> Mapping[UUID, set[str]]:
    rows = Phone.objects.unscoped("of files whose contact data may be searched")
    held = rows.filter(person__in={person for _pk, person in family}, is_hidden=False)
    of_person = _gathered(held.values_list("person_id", "number_index"))
    return _gathered((pk, index) for pk, person in family for index in of_person.get(person, ()))


def _gathered(pairs: "Iterable[tuple] | QuerySet") -> dict[UUID, set]:
    found: dict[UUID, set] = {}
    for owner, said in pairs:
        if said is not None:
            found.setdefault(owner, set()).add(said)
    return found


def _judge(who: Described, child: Child, facts: _Facts) -> Likeness:
    person, pk, none = child.person, child.pk, set()  # type: ignore[var-annotated]
    sealed = facts.sealed
    said: dict[str, Said] = {
        "name": weights.of_names([who.name], {person.name, *facts.names.get(pk, none)}),
        "born": weights.of_births(who.born_on, who.precision, person.born_on, person.precision),
        "sex": weights.of_sexes(who.sex, person.sex),
        "carer": weights.of_carers(who.carers, facts.carers.get(pk, none)),
        "phone": weights.of_sealed(
            set(sealed.phones), facts.phones.get(pk, none), weights.PHONE, weights.OTHER_PHONE
        ),
        "id": weights.of_sealed(
            set(sealed.identity), facts.numbers.get(pk, none), weights.NUMBER, weights.OTHER_NUMBER
        ),
        "place": weights.of_places(who.place, facts.places.get(pk, none)),
    }
    score = sum(bits for _verdict, bits in said.values())
    return Likeness(child, score, {what: verdict for what, (verdict, _bits) in said.items()})
