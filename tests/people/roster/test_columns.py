import datetime as dt
import json

import pytest

from tests.people.roster.making import workbook
from tonghu.people.roster.columns import ColumnMap, propose
from tonghu.people.roster.reasons import SENTENCES, Reason
from tonghu.people.roster.understanding import RosterReader, understand

ON = dt.date(2026, 11, 20)
HEAD = ["姓名", "男女", "出生日期", "包保电话", "暗号", "分组"]
ROWS = [
    ["王明", "男", "2015.3.2", "16314766651", "男", "留守"],
    ["李红", "女", "2017.5.6", "15400000002", "女", "低保"],
    ["张兰", "女", "2016.7.8", "15400000003", "女", "留守"],
]


def test_a_column_is_proposed_with_its_reason():
    columns = propose([("", heading) for heading in HEAD], ROWS)

    assert [(column.field, column.why, column.sure) for column in columns] == [
        ("name", "exact", True),
        ("sex", "exact", True),
        ("dob", "exact", True),
        ("", "left_out", True),
        ("", "values", False),
        ("", "unknown", False),
    ]
    assert columns[4].offered == "sex"


def test_what_a_person_chose_is_kept_as_plain_data_and_applied_again_in_another_order():
    proposed = understand(workbook([HEAD, *ROWS]), on=ON).column_map.as_json()
    for column in proposed["columns"]:
        if column["heading"] == "包保电话":
            column["field"] = "phones"
        if column["heading"] == "分组":
            column["field"] = "categories"
    chosen = ColumnMap.of_json(json.loads(json.dumps(proposed)))
    turned = [list(reversed(row)) for row in [HEAD, *ROWS]]

    lines = understand(workbook(turned), on=ON, column_map=chosen).lines

    assert [(x.fields.name, x.fields.phones, x.fields.categories) for x in lines] == [
        ("王明", "16314766651", "LEFT_BEHIND"),
        ("李红", "15400000002", "DIFF_ECONOMIC"),
        ("张兰", "15400000003", "LEFT_BEHIND"),
    ]


def test_the_next_list_of_a_source_is_recognised_by_its_headings_only():
    first = understand(workbook([HEAD, *ROWS]), on=ON).column_map.fingerprint
    turned = understand(workbook([list(reversed(HEAD)), list(reversed(ROWS[0]))]), on=ON)
    other = understand(workbook([[*HEAD[:5], "组别"], ROWS[0]]), on=ON)

    assert turned.column_map.fingerprint == first
    assert other.column_map.fingerprint != first


def test_a_person_may_leave_a_sheet_out_and_take_a_hidden_one():
    content = workbook([HEAD, ROWS[0]], [HEAD, ROWS[1]], hidden=(1,))
    chosen = ColumnMap(sheets={"Sheet1": False, "Sheet2": True})

    assert [x.fields.name for x in understand(content, on=ON, column_map=chosen).lines] == ["李红"]


def test_a_field_is_left_to_its_best_column_and_the_other_is_shown():
    columns = propose([("", "姓名"), ("", "监护人"), ("", "户主"), ("", "姓名")], ROWS)

    assert [(c.field, c.why, c.offered) for c in columns] == [
        ("name", "exact", ""),
        ("guardian", "exact", ""),
        ("", "double", "guardian"),
        ("", "double", "name"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        {"version": 2, "columns": []},
        {"version": 1, "columns": [{"heading": "姓名", "field": "password"}]},
        {"version": 1, "columns": [{"heading": "姓名", "field": "category:"}]},
    ],
)
def test_a_map_that_names_no_field_of_ours_is_not_taken(data):
    with pytest.raises(ValueError, match=r"a column map of version|no field"):
        ColumnMap.of_json(data)


def test_progress_is_told_and_may_stop_the_reading():
    heard = []
    content = workbook([HEAD, *ROWS * 400])

    understand(content, on=ON, progress=heard.append)
    reader = RosterReader(content, on=ON, progress=lambda _rows: next(iter(())))

    assert heard == [500, 1000]
    with pytest.raises(RuntimeError):
        list(reader.lines())


def test_every_reason_has_a_sentence_and_comes_back_from_plain_data():
    values = (("said", "3"), ("found", "2"), ("row", "7"), ("sheet", "a"))
    reasons = [
        Reason(code, "row", "x", variant, values)
        for code, _dot, variant in (key.partition(".") for key in SENTENCES)
    ]

    for reason in reasons:
        assert "{" not in reason.sentence
        assert Reason.of_json(json.loads(json.dumps(reason.as_json()))) == reason


def test_a_roster_is_plain_data_for_outside_checks():
    told = json.loads(json.dumps(understand(workbook([HEAD, ROWS[0]]), on=ON).as_json()))

    child = told["children"][0]
    assert (child["row"], child["child_no"], child["status"]) == (2, None, "READY")
    assert child["fields"]["class"] == ""
    assert (child["fields"]["name"], child["fields"]["dob_precision"]) == ("王明", "day")
