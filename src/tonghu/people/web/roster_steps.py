"""The way of a list, from the file to what differs."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tonghu.people.models import Roster


def steps_of(found: Roster, *, compares: bool) -> list[tuple[str, str]]:
    """Return the way of a list; what lies behind is a link. A first list is beside no other."""
    way = [
        (_("Choose a file"), reverse("roster-list")),
        (_("Check how it was read"), reverse("roster", args=[found.pk])),
        (_("Import"), reverse("roster", args=[found.pk])),
        (_("Decide what is open"), reverse("roster-questions", args=[found.pk])),
    ]
    if compares:
        way.append((_("Beside what we have"), reverse("roster-changes", args=[found.pk])))
    return way
