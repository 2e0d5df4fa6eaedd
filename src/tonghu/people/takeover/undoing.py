"""Taking back what a roster added; files that somebody has used since are kept."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from tonghu.access.models import JournalRow
from tonghu.kernel.operations import assign
from tonghu.people.models import (
    Child,
    HiddenField,
    IdentityNumber,
    Kinship,
    Person,
    Roster,
    RosterLine,
    RosterQuestion,
)
from tonghu.people.search.index import index
from tonghu.people.takeover.said import born
from tonghu.people.takeover.traces import undone
from tonghu.people.takeover.writing import ORDER, Made

_LAST_FIRST = [table._meta.label_lower for table in reversed(ORDER)]


def used_since(children: Iterable[UUID], roster: Roster) -> set[UUID]:
    """Return those of the files for which the journal tells more than rosters and looks.

    Only files that the roster itself opened are asked for, so all that happened was after it.
    """
    rows = JournalRow.objects.unscoped("has anybody worked with these files since")
    by_rosters = Q(event__startswith="people.roster.")
    after = rows.filter(about_id__in=list(children), agency_id=roster.agency_id).exclude(
        by_rosters | Q(event__startswith="access.record.")
    )
    # What accepting a difference wrote is on record under the events of the file itself.
    answers = rows.filter(by_rosters, act__in=set(after.values_list("act", flat=True)))
    after = after.exclude(act__in=set(answers.values_list("act", flat=True)))
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


def take_back_answers(questions: Iterable[RosterQuestion], kept: set[UUID]) -> None:
    """Remove what accepted differences wrote, the newest first; what was changed since stays."""
    for question in questions:
        child = question.proposed
        if child is None or not question.made or child.pk in kept:
            continue
        made = Made.of_text(question.made)
        _remove(made)
        _as_before(made)
        child.person.refresh_from_db()
        index(child)


def _as_before(made: Made) -> None:
    """Bring back rows that an accepted difference changed, column by column."""
    for label, pk, said in made.changed:
        rows: Any = apps.get_model(label).objects.unscoped("a row that this roster itself changed")
        row = rows.filter(pk=pk).first()
        if row is not None:
            assign(row, **undone(row, said))


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
