import csv
import datetime as dt
import os
from collections import Counter
from pathlib import Path

import pytest

from tonghu.people.roster.understanding import understand

# The sample rosters lie beside the repository; a second working copy says where.
BESIDE = Path(__file__).resolve().parents[4] / "shared"
ROSTERS = Path(os.environ.get("TONGHU_SHARED", BESIDE)) / "data" / "rosters"
FILES = (
    "01_village_register.xlsx",
    "02_school_pupils.xls",
    "03_community_migrants.csv",
    "04_station_followup.xlsx",
)
FIELDS = (
    *("name", "nickname", "sex", "dob", "dob_precision", "id_number", "ethnicity", "categories"),
    *("guardian", "guardian_relation", "phones", "grade", "class", "address"),
)
ON = dt.date(2025, 9, 30)


def truth(name, kind):
    path = ROSTERS / "truth" / f"{Path(name).stem}.{kind}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def place(row):
    return row["sheet"], int(row["row"]), int(row["child_no"] or 0)


@pytest.fixture(scope="module", params=FILES)
def name(request):
    if not (ROSTERS / request.param).is_file():
        pytest.fail(f"The sample roster {ROSTERS / request.param} is missing: nothing was tested.")
    return request.param


@pytest.fixture(scope="module")
def roster(name):
    return understand((ROSTERS / name).read_bytes(), on=ON)


def test_every_line_of_a_sample_is_understood_field_by_field(name, roster):
    expected = {
        place(row): [row[field] for field in FIELDS] + [row["status"]]
        for row in truth(name, "clean")
    }

    understood = {
        (line.sheet, line.row, line.child_no): [
            *(line.fields.as_dict()[field] for field in FIELDS),
            line.status,
        ]
        for line in roster.lines
    }

    assert understood == expected


def test_every_decision_of_a_sample_is_asked_with_its_reason_and_no_other(name, roster):
    expected = Counter(
        (*place(row), row["field"], row["reason"]) for row in truth(name, "decisions")
    )

    asked = Counter(
        (line.sheet, line.row, line.child_no, reason.field, reason.code)
        for line in roster.lines
        for reason in line.reasons
    )
    asked.update(
        (problem.sheet, problem.row, 0, problem.reason.field, problem.reason.code)
        for problem in roster.problems
    )

    assert asked == expected


def test_lines_of_a_sample_are_taken_for_one_child_only_where_they_are(name, roster):
    person = {place(row): row["person"] for row in truth(name, "clean")}
    by_key = {}
    for line in roster.lines:
        by_key.setdefault(line.person_key, set()).add(person[line.sheet, line.row, line.child_no])

    joined = {key: people for key, people in by_key.items() if len(people) > 1}
    repeated = len(person) - len(set(person.values()))
    linked = sum(bool(line.proposed) for line in roster.lines) + len(roster.lines) - len(by_key)

    assert joined == {}
    assert linked == repeated


def test_the_first_decisions_show_what_the_cell_says(name, roster):
    # These are told by their own words in the truth, whatever stands in the cell.
    said_otherwise = {"DUP_IN_ROSTER", "COUNT_MISMATCH"}
    expected = Counter(
        (*place(row), row["cell_text"])
        for row in truth(name, "decisions")
        if row["reason"] not in said_otherwise
    )

    shown = Counter(
        (line.sheet, line.row, line.child_no, reason.text)
        for line in roster.lines
        for reason in line.reasons
        if reason.code not in said_otherwise
    )
    shown.update(
        (problem.sheet, problem.row, 0, problem.reason.text) for problem in roster.problems
    )

    assert shown == expected
