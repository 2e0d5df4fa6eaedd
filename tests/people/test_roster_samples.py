import csv
import json
from pathlib import Path

import pytest

from tests.conftest import AT
from tests.people.bringing import TODAY, brought, everything, imported, lines_of
from tests.people.roster.test_truth import FILES, ROSTERS, place, truth
from tonghu.people.constants import LineOutcome, RosterState
from tonghu.people.models import IdentityNumber, Kinship, PersonName, Phone, RosterQuestion
from tonghu.people.operations import rosters
from tonghu.people.queries import rosters_for
from tonghu.people.takeover.answers import DIFFERS, KNOWN_CHILD
from tonghu.people.takeover.said import born, line_of


@pytest.fixture
def samples(team, liumin):
    """The four sample rosters, imported one after the other."""
    found = {}
    for name in FILES:
        roster = brought(liumin, (ROSTERS / name).read_bytes(), team, source=name)
        found[name] = imported(roster, liumin)
    return found


@pytest.fixture
def children_at(samples):
    """The children of all lines, by file, sheet, row and place in the cell."""
    return {
        (Path(name).stem, row.sheet, row.row, row.child_no): row
        for name, roster in samples.items()
        for row in lines_of(roster)
    }


def test_every_ready_line_of_the_samples_is_taken_over_or_asks_who_it_is(samples):
    left = {
        (name, *place(row))
        for name, roster in samples.items()
        for row, line in zip(truth(name, "clean"), lines_of(roster), strict=True)
        if row["status"] == "READY" and line.child_id is None
    }
    asking = {
        (name, one.line.sheet, one.line.row, one.line.child_no)
        for name, roster in samples.items()
        for one in RosterQuestion.objects.unscoped("a test looks")
        .filter(roster=roster, code=KNOWN_CHILD)
        .select_related("line")
    }

    assert left <= asking
    assert len(left) <= 6


def test_a_new_child_says_what_its_line_says_field_by_field(samples):
    new = {
        (name, *place(row)): (row, line)
        for name, roster in samples.items()
        for row, line in zip(truth(name, "clean"), lines_of(roster), strict=True)
        if line.outcome == LineOutcome.NEW
    }

    wrong = [at for at, (row, line) in new.items() if _kept(line) != _expected(row)]

    assert len(new) > 450
    assert wrong == []


def _expected(row):
    day, precision = born(row["dob"])
    return {
        "name": row["name"],
        "sex": row["sex"],
        "born": (day, precision),
        "id_number": row["id_number"],
        "ethnicity": row["ethnicity"],
        "categories": set(filter(None, row["categories"].split("|"))),
        "guardian": {row["guardian"]} - {""},
        "phones": set(filter(None, row["phones"].split("|"))),
        "nickname": {row["nickname"]} - {""},
    }


def _kept(line):
    """What the line itself brought to the file, read from the tables."""
    child, made = line.child, json.loads(line.made)
    mine = {pk for _label, pk in made["rows"]}
    why = "a test compares what is kept"
    kin = Kinship.objects.unscoped(why).filter(child=child).select_related("relative")
    persons = [child.pk, *(tie.relative_id for tie in kin)]
    phones = Phone.objects.unscoped(why).filter(person__in=persons)
    guardian = line_of(line).fields.guardian
    names = PersonName.objects.unscoped(why).filter(person=child.pk, kind="nick")
    number = IdentityNumber.objects.unscoped(why).filter(person=child.pk, pk__in=mine).first()
    person = child.person
    at_first = made["filled"]
    return {
        "name": person.name,
        "sex": at_first.get("sex", ["", ""])[1],
        "born": born(at_first.get("dob", ["", ""])[1]),
        "id_number": number.number if number else "",
        "ethnicity": at_first.get("ethnicity", ["", ""])[1],
        "categories": {
            span.category for span in child.categories.unscoped(why) if str(span.pk) in mine
        },
        "guardian": {tie.relative.name for tie in kin if tie.relative.name == guardian},
        "phones": set(filter(None, line_of(line).fields.phones.split("|")))
        & {phone.number for phone in phones},
        "nickname": {one.name for one in names if str(one.pk) in mine},
    }


def test_every_decision_of_the_samples_is_asked_and_none_imported_silently(samples):
    for name, roster in samples.items():
        questions = RosterQuestion.objects.unscoped("a test looks").filter(roster=roster)
        found = sorted(
            (one.line.row if one.line else 0, one.field, one.code)
            for one in questions.exclude(code__in=[KNOWN_CHILD, DIFFERS]).select_related("line")
        )
        expected = sorted(
            (
                0 if row["reason"] == "TOTAL_MISMATCH" else int(row["row"]),
                row["field"],
                row["reason"],
            )
            for row in truth(name, "decisions")
        )

        assert _without_place(found) == _without_place(expected)


def _without_place(rows):
    """A mismatch of counts concerns a cell of several children, or no line at all."""
    return sorted((field, code) for _row, field, code in rows)


def test_no_two_different_children_of_the_samples_are_joined(children_at):
    person = {
        (Path(name).stem, *place(row)): row["person"]
        for name in FILES
        for row in truth(name, "clean")
    }
    people = {}
    for at, line in children_at.items():
        if line.child_id:
            people.setdefault(line.child_id, set()).add(person[at])

    assert [found for found in people.values() if len(found) > 1] == []


def test_pairs_across_the_samples_are_linked_or_proposed(children_at):
    with (ROSTERS / "truth" / "cross_roster.csv").open(encoding="utf-8") as lines:
        pairs = list(csv.DictReader(lines))
    missed = [pair for pair in pairs if not _is_told(pair, children_at)]

    assert len(pairs) > 40
    assert len(missed) <= 0.05 * len(pairs), missed


def _is_told(pair, children_at):
    one, other = (
        children_at[
            pair[f"roster_{side}"],
            pair[f"sheet_{side}"],
            int(pair[f"row_{side}"]),
            int(pair[f"child_{side}"] or 0),
        ]
        for side in "ab"
    )
    if one.child_id and one.child_id == other.child_id:
        return True
    asked = RosterQuestion.objects.unscoped("a test looks").filter(line__in=[one, other])
    proposed = set(asked.values_list("proposed_id", flat=True)) - {None}
    return bool(proposed & {one.child_id, other.child_id}) or bool(
        asked.filter(field="row").exclude(code=DIFFERS)
    )


def test_undo_of_the_samples_leaves_the_database_as_it_was(team, liumin, xiaohai, wangyan):
    before = everything()
    done = [
        imported(brought(liumin, (ROSTERS / name).read_bytes(), team, source=name), liumin)
        for name in FILES
    ]
    in_between = everything()

    for roster in reversed(done):
        rosters.undo_roster(roster=roster, by=liumin, at=AT)

    assert in_between != before
    assert everything() == before
    assert lines_of(done[0]) == []
    assert [one.state for one in rosters_for(liumin, on=TODAY)] == [RosterState.UNDONE] * 4
    assert [one.summary for one in rosters_for(liumin, on=TODAY)] == [""] * 4
