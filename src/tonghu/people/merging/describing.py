"""Who the child is after two files came together: one value stands, the other stays known."""

from collections.abc import Collection
from typing import Any

from tonghu.people.constants import NameKind
from tonghu.people.merging.keeping import Kept
from tonghu.people.models import Child, IdentityNumber, Person, PersonName
from tonghu.people.naming import named


def join_numbers(survivor: Child, loser: Child, taken: Collection[str], kept: Kept) -> None:
    """Let the chosen identity number stand on the surviving file; the other one is set aside.

    Each file keeps its row; what the rows say is exchanged, since a file has one number.
    """
    rows = IdentityNumber.objects.unscoped("the merge asked the Rule of both files")
    ours, theirs = (rows.filter(person_id=one.pk).first() for one in (survivor, loser))
    if "identity" not in taken or ours is None or theirs is None:
        return
    first, second = ({"number": one.number, "last_four": one.last_four} for one in (ours, theirs))
    kept.change(ours, **second)
    kept.change(theirs, **first)


def join_persons(survivor: Child, loser: Child, taken: Collection[str], kept: Kept) -> None:
    """Let the chosen name, sex and birth stand; a name that does not stand becomes a former one.

    What one file does not know is taken from the other unasked.
    """
    ours, theirs = survivor.person, loser.person
    names = {ours.name, theirs.name}
    said: dict[str, Any] = {}
    for name in ("sex", "ethnicity"):
        if getattr(theirs, name) and (name in taken or not getattr(ours, name)):
            said[name] = getattr(theirs, name)
    if theirs.born_on and ("born" in taken or not ours.born_on):
        said |= {"born_on": theirs.born_on, "precision": theirs.precision}
    if "name" in taken:
        said |= {"name": theirs.name, "sort_key": named(ours, theirs.name)}
    if theirs.latin_name and ("name" in taken or not ours.latin_name):
        said["latin_name"] = theirs.latin_name
    kept.change(ours, **said)
    for name in sorted(names - {ours.name}):
        _also_called(ours, name, kept)


def _also_called(person: Person, name: str, kept: Kept) -> None:
    rows = PersonName.objects.unscoped("the merge asked the Rule of both files")
    if not rows.filter(person=person, name=name).exists():
        kept.make(
            PersonName(agency_id=person.agency_id, person=person, kind=NameKind.FORMER, name=name)
        )
