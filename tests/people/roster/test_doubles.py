import datetime as dt

import pytest

from tests.people.roster.making import workbook
from tonghu.people.roster.understanding import understand

HEAD = ["姓名", "性别", "出生日期", "身份证号", "监护人", "电话"]
MING = ["王明轩", "女", "2014.1.18", "99900120140118722X", "王建国", "16314766651"]


def read(*rows):
    return understand(workbook([HEAD, MING, *rows]), on=dt.date(2026, 11, 20)).lines


def asked(line):
    return [reason.code for reason in line.reasons if reason.code == "DUP_IN_ROSTER"]


@pytest.mark.parametrize(
    "again",
    [
        MING,
        ["王明轩", "女", "2014年1月18日", "", "王建国", ""],
        ["王明轩", "", "", "999001 20140118 722x", "", ""],
        ["王明宣", "女", "2014.1.18", "99900120140118722X", "王建国", ""],
    ],
)
def test_the_same_child_again_has_the_key_of_the_first_and_is_asked_about(again):
    first, second = read(again)

    assert second.person_key == first.person_key
    assert (asked(first), asked(second)) == ([], ["DUP_IN_ROSTER"])


@pytest.mark.parametrize(
    "again",
    [
        ["王明宣", "女", "2014.1.18", "", "王建国", "16314766651"],
        ["王明轩", "女", "2014年1月", "", "王建国", "16314766651"],
        ["王明轩", "女", "", "", "王建国", "16314766651"],
        ["王明轩", "女", "2014年1月", "", "王建国", ""],
        ["王明轩", "女", "2014.1.19", "", "王建国", "16314766651"],
        ["未取名", "女", "2014.1.18", "", "王建国", "16314766651"],
        ["李红", "女", "2014.1.18", "99900120140118722X", "李强", "15400000002"],
    ],
)
def test_a_likely_double_is_proposed_and_not_joined(again):
    first, second = read(again)

    assert second.person_key != first.person_key
    assert second.proposed == (first.person_key,)
    assert asked(second) == ["DUP_IN_ROSTER"]


@pytest.mark.parametrize(
    "other",
    [
        ["王子涵", "女", "2014.1.18", "", "王建国", "16314766651"],
        ["王明宣", "男", "2014.1.18", "", "王建国", "16314766651"],
        ["王明宣", "女", "2016.5.6", "", "王建国", "16314766651"],
        ["王明轩", "女", "2014.1.18", "", "王强", "15400000002"],
        ["王明轩", "女", "2016.5.6", "", "王建国", ""],
        ["王明宣", "女", "2014.1.18", "999001201401187246", "王建国", "16314766651"],
    ],
)
def test_brothers_sisters_and_namesakes_are_other_children(other):
    first, second = read(other)

    assert second.person_key != first.person_key
    assert (second.proposed, asked(second)) == ((), [])


def test_a_name_in_the_older_characters_is_the_same_name():
    first, second = read(["王明軒", "女", "2014.1.18", "", "王建國", ""])

    assert second.person_key == first.person_key
    assert second.fields.name == "王明軒"


def test_the_same_row_of_another_sheet_is_another_row():
    roster = understand(workbook([HEAD, MING], [HEAD, MING]), on=dt.date(2026, 11, 20))
    first, second = roster.lines

    assert second.person_key == first.person_key
    assert second.reasons[-1].variant == "sheet"


def test_children_of_one_cell_are_never_one_child():
    twins = "王明轩（女，2014.1.18）；王明宣（女，2014.1.18）"
    rows = [["户主", "孩子信息", "电话"], ["王强", twins, "16314766651"]]

    roster = understand(workbook(rows), on=dt.date(2026, 11, 20))

    assert [(line.proposed, asked(line)) for line in roster.lines] == [((), []), ((), [])]


def test_a_list_that_repeats_one_row_is_read_in_reasonable_time():
    roster = understand(workbook([HEAD, *[MING] * 5000]), on=dt.date(2026, 11, 20))

    assert {line.person_key for line in roster.lines} == {roster.lines[0].person_key}
    assert sum(len(line.proposed) for line in roster.lines) == 0


def test_a_list_that_repeats_a_likely_double_proposes_no_more_than_a_person_can_look_at():
    likely = ["王明轩", "女", "2014年1月", "", "王建国", ""]
    roster = understand(workbook([HEAD, *[likely] * 300]), on=dt.date(2026, 11, 20))

    assert max(len(line.proposed) for line in roster.lines) == 20
