"""The same child twice in one roster: certain, or likely and left to a person."""

from dataclasses import dataclass
from typing import Final

from tonghu.people.roster.lines import Line
from tonghu.people.roster.reasons import Reason
from tonghu.people.roster.words import table

_CHARACTERS = table("characters")
_NEWER: Final = str.maketrans(_CHARACTERS["older"], _CHARACTERS["newer"])
_CLUES: Final = 2
"""How many of birthday, carer, phone and address must agree beside the name."""
MOST_ALIKE: Final = 20
"""With how many lines that share a key a line is compared: a list that repeats one is no reason
to compare all with all."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is remembered of a child, to compare later ones with."""

    key: str
    sheet: str
    row: int
    name: str
    sex: str
    dob: str
    identity: str
    guardian: str
    phones: str
    address: str

    @property
    def each_phone(self) -> list[str]:
        """Return the telephone numbers one by one."""
        return self.phones.split("|") if self.phones else []

    def shares_phone(self, other: "Seen") -> bool:
        """Return whether both are reached under one number."""
        return bool(self.phones) and not set(self.each_phone).isdisjoint(other.each_phone)


class Doubles:
    """Compares each line with those before it, by keys that a repeated child shares."""

    def __init__(self) -> None:
        # Numbers for keys and places for lines: a large roster has a million of them.
        self._seen: list[Seen] = []
        self._by: dict[int, int | list[int]] = {}

    def compare(self, line: Line, key: str) -> None:
        """Give a line its key: that of an earlier line when it is the same child for certain.

        A likely one keeps its own key, names the earlier one, and a person decides.
        """
        seen = seen_in(line, key)
        line.person_key = key
        earlier = self._earlier(seen)
        if earlier:
            certain = [other for other in earlier if is_certain(seen, other)]
            first = (certain or earlier)[0]
            if certain:
                line.person_key = first.key
            others = {other.key for other in earlier} - {line.person_key}
            line.proposed = tuple(sorted(others))
            line.reasons.append(_reason(line, first))
            if certain:  # the first one stands for all of them
                return
        self._keep(seen)

    def _keep(self, seen: Seen) -> None:
        place = len(self._seen)
        self._seen.append(seen)
        for shared in map(hash, _keys(seen)):
            places = self._by.setdefault(shared, place)
            if isinstance(places, list):
                if len(places) < MOST_ALIKE:
                    places.append(place)
            elif places != place:
                self._by[shared] = [places, place]

    def _earlier(self, seen: Seen) -> list[Seen]:
        found: set[int] = set()
        for shared in map(hash, _keys(seen)):
            places = self._by.get(shared, [])
            for place in [places] if isinstance(places, int) else places:
                other = self._seen[place]
                if _stand_apart(seen, other) and is_likely(seen, other):
                    found.add(place)
        return [self._seen[place] for place in sorted(found)]


def _reason(line: Line, first: Seen) -> Reason:
    values = (("row", str(first.row)), ("sheet", first.sheet))
    variant = "" if first.sheet == line.sheet else "sheet"
    return Reason("DUP_IN_ROSTER", "row", line.fields.name, variant, values)


def seen_in(line: Line, key: str) -> Seen:
    """Return what a line is compared by."""
    fields = line.fields
    return Seen(
        key=key,
        sheet=line.sheet,
        row=line.row,
        name=newer(fields.name),
        sex=fields.sex,
        dob=fields.dob,
        identity="" if _is_doubted(line) else fields.id_number,
        guardian=newer(fields.guardian),
        phones=fields.phones,
        address=fields.address,
    )


def newer(name: str) -> str:
    """Return a name in the newer characters; the same object where nothing changes."""
    newer = name.translate(_NEWER)
    return name if newer == name else newer


def _is_doubted(line: Line) -> bool:
    return any(reason.field == "id_number" for reason in line.reasons)


def _keys(seen: Seen) -> list[tuple[str, ...]]:
    """Return what a repeated line would share with this one."""
    keys: list[tuple[str, ...]] = []
    if seen.identity:
        keys.append(("id", seen.identity))
    if seen.name:
        keys += [("name", seen.name, seen.guardian), ("name", seen.name, seen.dob)]
        keys += [("name", seen.name, phone) for phone in seen.each_phone]
    if len(seen.dob) == len("2015-03-02"):
        keys.append(("born", seen.dob, seen.guardian))
        keys += [("born", seen.dob, phone) for phone in seen.each_phone]
    elif seen.guardian or seen.phones:  # born some day: the carer and the home must do
        keys.append(("home", seen.guardian, seen.address, *seen.each_phone[:1]))
    return keys


def is_certain(one: Seen, other: Seen) -> bool:
    """Return whether two lines are one child: by number, or by name, birthday and carer."""
    same_name = bool(one.name) and one.name == other.name
    same_day = len(one.dob) == len("2015-03-02") and one.dob == other.dob
    if one.identity and one.identity == other.identity:
        # A number copied into a neighbour's row is a slip: the names must not speak against it.
        return same_name or (same_day and _apart(one.name, other.name) <= 1)
    carer = (one.guardian and one.guardian == other.guardian) or one.shares_phone(other)
    return same_name and same_day and bool(carer) and one.sex == other.sex


def is_likely(one: Seen, other: Seen) -> bool:
    """Return whether two lines may well be one child, so that a person must look."""
    if one.identity and other.identity:
        return one.identity == other.identity
    if one.sex and other.sex and one.sex != other.sex:
        return False
    apart = _apart(one.name, other.name)
    if apart > 1 or not may_be_one_day(one.dob, other.dob, certain_name=apart == 0):
        return False
    clues = _clues(one, other)
    if one.name and one.name == other.name:
        # The same name and carer are enough, unless two birthdays speak against it.
        carer = clues > 0 and (one.guardian == other.guardian != "" or one.shares_phone(other))
        return clues >= _CLUES or (carer and may_be_one_day(one.dob, other.dob))
    # A spelling of its own, or no name yet: all else must agree, the birthday first.
    return clues > _CLUES or (clues == _CLUES and one.dob == other.dob != "")


def _stand_apart(one: Seen, other: Seen) -> bool:
    """Return whether two lines stand in rows of their own: those of one cell are siblings."""
    return one.row != other.row or one.sheet != other.sheet


def _apart(one: str, other: str) -> int:
    """Return in how many characters two names differ; no name differs in one."""
    if not one or not other:
        return 1
    if len(one) != len(other) or one[0] != other[0]:
        return 9
    return sum(a != b for a, b in zip(one, other, strict=True))


def may_be_one_day(one: str, other: str, *, certain_name: bool = False) -> bool:
    """Return whether two birth dates can be one, each as far as it is known."""
    if not one or not other:
        return True
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter] or (certain_name and shorter == len("2015-03-02"))


def _clues(one: Seen, other: Seen) -> int:
    same_day = len(one.dob) == len("2015-03-02") and one.dob == other.dob
    return sum(
        (
            same_day,
            bool(one.guardian) and one.guardian == other.guardian,
            one.shares_phone(other),
            bool(one.address) and one.address == other.address,
        )
    )
