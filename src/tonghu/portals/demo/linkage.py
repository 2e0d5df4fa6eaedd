"""Which files of the made-up agency the program holds for one child's, to be scored elsewhere."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from tonghu.access.models import Organisation
from tonghu.kernel.errors import Refused
from tonghu.people.constants import DoubleState, Precision
from tonghu.people.models import Child, Kinship, Phone, PossibleDouble, ResidenceSpan
from tonghu.people.search.weights import LIKELY
from tonghu.portals.demo.cast import AGENCY
from tonghu.portals.demo.checks import real_agencies

COLUMNS = ("rec_id", "cluster", "name", "sex", "dob", "village", "carer", "phone")
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
LENGTHS: dict[str, int] = {
    Precision.DAY: 10,
    Precision.MONTH: 7,
    Precision.YEAR: 4,
    Precision.ESTIMATED: 4,
}


def export(path: Path) -> int:
    """Write one line for each file, with the cluster it belongs to; return how many there are.

    Files are of one cluster when they were merged, or when the program proposes them and nobody
    has told them apart. Nobody who exists is ever written.

    :raises Refused: where the data folder holds another agency than the made-up one.
    """
    houses = Organisation.objects.unscoped("is the made-up agency here, and no other")
    if real_agencies() or not houses.filter(pk=AGENCY).exists():
        raise Refused(
            "Only children of the made-up agency are written, and it is alone in its folder. "
            "Start one: tonghu demo"
        )
    rows = Child.objects.unscoped("nobody here exists").filter(agency_id=AGENCY)
    children = list(rows.select_related("person").order_by("number"))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([_plain(text) for text in line] for line in _lines(children))
    return len(children)


def _lines(children: list[Child]) -> Iterator[list[str]]:
    clusters, numbers = _clusters(children), {one.pk: one.number for one in children}
    lives, kin, phones = _places(), _kin(), _phones()
    for child in children:
        person = child.person
        carers = kin[child.pk]
        yield [
            child.number,
            numbers[clusters[child.pk]],
            person.name,
            person.sex,
            str(person.born_on or "")[: LENGTHS.get(person.precision, 0)],
            lives.get(child.pk, ""),
            carers[0][1] if carers else "",
            next((phones[pk] for pk, _name in carers if pk in phones), ""),
        ]


def _clusters(children: list[Child]) -> dict[UUID, UUID]:
    """Return for each file the one that stands for all that are the same child's."""
    of = {one.pk: one.pk for one in children}

    def first(pk: UUID) -> UUID:
        while of[pk] != pk:
            pk = of[pk]
        return pk

    for one in children:
        if one.merged_into_id:
            of[first(one.pk)] = first(one.merged_into_id)
    pairs = PossibleDouble.objects.unscoped("nobody here exists").filter(score__gte=LIKELY)
    for pair in pairs.exclude(state=DoubleState.DIFFERENT).filter(agency_id=AGENCY):
        of[first(pair.other_id)] = first(pair.one_id)
    return {pk: first(pk) for pk in of}


def _places() -> dict[UUID, str]:
    rows = ResidenceSpan.objects.unscoped("nobody here exists").filter(until_on=None)
    return dict(rows.filter(place__isnull=False).values_list("person_id", "place__name"))


def _kin() -> dict[UUID, list[tuple[UUID, str]]]:
    found: defaultdict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    rows = Kinship.objects.unscoped("nobody here exists").order_by("pk")
    for child, relative, name in rows.values_list("child_id", "relative_id", "relative__name"):
        found[child].append((relative, name))
    return found


def _phones() -> dict[UUID, str]:
    rows = Phone.objects.unscoped("nobody here exists").filter(is_hidden=False)
    return {one.person_id: one.number for one in rows.order_by("-pk")}


def _plain(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(LIKE_A_FORMULA) else text
