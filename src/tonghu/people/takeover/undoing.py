"""Taking back what a roster added; files that somebody has used since are kept."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from tonghu.access.models import JournalRow
from tonghu.people.models import (
    Child,
    HiddenField,
    IdentityNumber,
    Kinship,
    Person,
    Roster,
    RosterLine,
)
from tonghu.people.search.index import index
from tonghu.people.takeover.said import born
from tonghu.people.takeover.writing import ORDER, Made

_LAST_FIRST = [table._meta.label_lower for table in reversed(ORDER)]


def used_since(children: Iterable[UUID], roster: Roster) -> set[UUID]:
    """Return those of the files for which the journal tells more than rosters and looks.

    Only files that the roster itself opened are asked for, so all that happened was after it.
    """
    rows = JournalRow.objects.unscoped("has anybody worked with these files since")
    after = rows.filter(about_id__in=list(children), agency_id=roster.agency_id).exclude(
        Q(event__startswith="people.roster.") | Q(event__startswith="access.record.")
    )
    others = RosterLine.objects.unscoped("lines of other rosters that were linked since")
    linked = others.filter(child__in=list(children)).exclude(roster=roster)
    used = [*after.values_list("about_id", flat=True), *linked.values_list("child_id", flat=True)]
    return {pk for pk in used if pk is not None}


def take_back(rows: Iterable[RosterLine], kept: set[UUID]) -> None:
    """Remove what these lines added, the newest first; files in ``kept`` stay as they are."""
    for row in rows:
        child = row.child
        if child is None or child.pk in kept:
            continue
        made = Made.of_text(row.made)
        if made.opened:
            _close(child, made)
        else:
            _remove(made)
            _blank_again(child.person, made)
            index(child)


def _close(child: Child, made: Made) -> None:
    """Delete a file that the roster opened, and its relatives unless another file has them."""
    person = child.person
    child.delete()
    _remove(made)
    person.delete()


def _remove(made: Made) -> None:
    by_table: dict[str, list[str]] = {}
    for label, pk in made.rows:
        by_table.setdefault(label, []).append(pk)
    for label in _LAST_FIRST:
        if label not in by_table:
            continue
        rows: Any = apps.get_model(label).objects.unscoped("rows that this roster itself added")
        rows = rows.filter(pk__in=by_table[label]).exclude(pk__in=_hidden_since())
        if label == Person._meta.label_lower:
            ties = Kinship.objects.unscoped("is a relative on another file too")
            rows = rows.exclude(pk__in=ties.values("relative_id"))
        rows.delete()


def _hidden_since() -> "QuerySet":
    """Return the rows of which something was hidden: what they keep safe is not thrown away."""
    return HiddenField.objects.unscoped("rows that this roster itself added").values("row")


def _blank_again(person: Person, made: Made) -> None:
    """Bring back what stood in a field before, unless somebody has changed it since."""
    for name, (before, after) in made.filled.items():
        if name == "id_number":
            _number_again(person, before, after)
        elif name == "dob":
            if (person.born_on, person.precision) == born(after):
                person.born_on, person.precision = born(before)
        elif getattr(person, name) == after:
            setattr(person, name, before)
    if made.filled:
        person.save(update_fields=["sex", "ethnicity", "born_on", "precision"])


def _number_again(person: Person, before: str, after: str) -> None:
    rows = IdentityNumber.objects.unscoped("a number that this roster itself wrote over")
    for number in rows.filter(person=person):
        if number.number == after:
            number.number, number.last_four = before, before[-4:]
            number.save(update_fields=["number", "number_index", "last_four"])
