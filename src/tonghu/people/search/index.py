"""Writing the keys of a child anew when its file changes."""

from collections.abc import Iterable

from tonghu.people.models import Child, Kinship, PersonName, SearchKey
from tonghu.people.search.keys import of_likeness, of_name, of_relative


def keys_of(child: Child, names: Iterable[str], kin: Iterable[str]) -> set[str]:
    """Return all keys of a child with these further names and relatives."""
    person = child.person
    found = set(of_likeness(person.name, person.born_on))
    for name in (person.name, person.latin_name, *names):
        found.update(of_name(name))
    for name in kin:
        found.update(of_relative(name))
    return found


def index(child: Child) -> None:
    """Write the keys of one child so that they are what its file says, no more and no less."""
    names = PersonName.objects.unscoped("the index follows the file, whose Rule was asked").filter(
        person_id=child.pk
    )
    kin = Kinship.objects.unscoped("the index follows the file, whose Rule was asked").filter(
        child=child
    )
    wanted = keys_of(
        child,
        names.values_list("name", flat=True),
        kin.values_list("relative__name", flat=True),
    )
    rows = SearchKey.objects.unscoped("the index follows the file, whose Rule was asked").filter(
        child=child
    )
    held = dict(rows.values_list("key", "pk"))
    if stale := [pk for key, pk in held.items() if key not in wanted]:
        rows.filter(pk__in=stale).delete()
    SearchKey.objects.bulk_create(
        SearchKey(agency_id=child.agency_id, child=child, key=key)
        for key in sorted(wanted - held.keys())
    )
