import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonghu.people.roster.cells.identity import check_mark, read_identity

ON = dt.date(2026, 11, 20)
WHOLE = "99900120140118722X"


@pytest.mark.parametrize(
    "cell",
    [
        WHOLE,
        "99900120140118722x",
        "999001 20140118 722X",
        "999001-20140118-722X",
        "９９９００１２０１４０１１８７２２Ｘ",
        " 99900120140118722X\n",
        "'99900120140118722X",
        '="99900120140118722X"',
        "99900120140118722×",
    ],
)
def test_a_number_is_read_in_every_spelling(cell):
    identity = read_identity(cell, on=ON)

    assert (identity.number, identity.birth, identity.sex) == (WHOLE, "2014-01-18", "F")
    assert identity.doubt is None


@pytest.mark.parametrize("cell", ["", None, "无", "暂无", "未办", "未上户口", "/", "—", "  "])
def test_no_number_is_no_fault(cell):
    assert read_identity(cell, on=ON) == read_identity("", on=ON)
    assert read_identity(cell, on=ON).doubt is None


@pytest.mark.parametrize(
    ("cell", "code", "variant"),
    [
        ("999001201401187221", "ID_CHECK_FAILS", ""),
        ("99900120140118722", "ID_CHECK_FAILS", "length"),
        ("999001140118722", "ID_CHECK_FAILS", "length"),
        (999001140118722, "ID_CHECK_FAILS", "length"),
        ("99900120140118722X1", "ID_CHECK_FAILS", "length"),
        ("E12345678", "ID_CHECK_FAILS", "length"),
        ("同上", "ID_CHECK_FAILS", "length"),
        (999001201401187000, "ID_PRECISION_LOST", ""),
        (9.99001201401187e17, "ID_PRECISION_LOST", ""),
        ("9.99001E+17", "ID_PRECISION_LOST", ""),
    ],
)
def test_a_number_that_does_not_hold_is_left_out_with_its_reason(cell, code, variant):
    identity = read_identity(cell, on=ON)

    assert (identity.number, identity.birth, identity.sex) == ("", "", "")
    assert (identity.doubt.code, identity.doubt.variant) == (code, variant)


def test_a_number_that_lost_digits_is_shown_with_what_is_left():
    assert read_identity(9.99001201401187e17, on=ON).doubt.text == "999001201401187000"


def test_noughts_at_the_end_tell_of_lost_digits_only_where_all_cells_are_texts():
    failing, holding = "999001201401197000", "999001201401187000"

    lost = [read_identity(number, on=ON, typed=False).doubt for number in (failing, holding)]

    assert [doubt.code for doubt in lost] == ["ID_PRECISION_LOST", "ID_PRECISION_LOST"]
    assert read_identity(failing, on=ON).doubt.code == "ID_CHECK_FAILS"
    assert read_identity(holding, on=ON).number == holding


@pytest.mark.parametrize("birth", ["20140230", "20270101", "20141301"])
def test_a_number_with_an_impossible_day_is_left_out(birth):
    body = f"999001{birth}722"

    identity = read_identity(body + check_mark(body), on=ON)

    assert (identity.number, identity.doubt.variant) == ("", "birth")


def test_an_area_no_place_has_is_only_remarked():
    body = "61010120140118722"

    assert read_identity(body + check_mark(body), on=ON).area_known
    assert not read_identity(WHOLE, on=ON).area_known


@given(
    st.dates(dt.date(2005, 1, 1), ON), st.integers(0, 999), st.integers(0, 16), st.integers(0, 9)
)
def test_a_wrong_digit_anywhere_is_seen(day, serial, at, digit):
    body = f"999001{day:%Y%m%d}{serial:03}"
    number = body + check_mark(body)
    spoilt = number[:at] + str(digit) + number[at + 1 :]

    read = read_identity(spoilt, on=ON).number

    assert read == (number if spoilt == number else "")


@given(st.one_of(st.text(), st.integers(), st.floats(), st.dates(), st.booleans()))
def test_any_cell_gives_a_number_that_holds_or_none(cell):
    number = read_identity(cell, on=ON).number

    assert number == "" or check_mark(number) == number[-1]
