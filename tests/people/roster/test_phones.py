import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonghu.people.roster.cells.phones import read_phones

ONE, TWO = "16314766651", "15400000002"


@pytest.mark.parametrize(
    "cell",
    [
        ONE,
        int(ONE),
        float(ONE),
        "163 1476 6651",
        "163-1476-6651",
        "1631476 6651",
        "163.1476.6651",
        "１６３１４７６６６５１",
        "+86 16314766651",
        "+8616314766651",
        "86-16314766651",
        "8616314766651",
        "0086 163 1476 6651",
        "奶奶16314766651",
        "爸：16314766651",
        "16314766651（外婆）",
        "电话:16314766651",
        "16314766651 停机",
        "张三 16314766651",
        "'16314766651",
    ],
)
def test_a_number_is_read_in_every_grouping(cell):
    phones = read_phones(cell)

    assert (phones.numbers, phones.doubt) == ((ONE,), None)


@pytest.mark.parametrize(
    "cell",
    [
        f"{ONE}/{TWO}",
        f"{ONE}、{TWO}",
        f"{ONE}\n{TWO}",
        f"{ONE} {TWO}",
        f"{ONE}，{TWO}",
        f"{ONE}；{TWO}",
        f"{ONE}或{TWO}",
        f"{ONE}{TWO}",
        f"爸{ONE} 妈{TWO}",
        f"爸爸：{ONE}；妈妈：{TWO}",
        "163 1476 6651 154 0000 0002",
        "163-1476-6651/154-0000-0002",
        f"{ONE}(父) {TWO}(母)",
        f"{ONE}/{ONE}/{TWO}",
    ],
)
def test_two_numbers_in_a_cell_are_two(cell):
    phones = read_phones(cell)

    assert (phones.numbers, phones.doubt) == ((ONE, TWO), None)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0900-2234567", "0900-2234567"),
        ("09002234567", "0900-2234567"),
        ("0900 2234 567", "0900-2234567"),
        ("（0900）2234567", "0900-2234567"),
        ("029-82345678", "029-82345678"),
        ("010 62345678", "010-62345678"),
    ],
)
def test_a_fixed_line_keeps_its_area(cell, number):
    assert read_phones(cell).numbers == (number,)


@pytest.mark.parametrize("cell", ["", None, "无", "没有电话", "/", "暂无"])
def test_no_phone_is_no_fault(cell):
    assert (read_phones(cell).numbers, read_phones(cell).doubt) == ((), None)


@pytest.mark.parametrize(
    ("cell", "variant"),
    [
        ("1631476665", "short"),
        (1631476665, "short"),
        ("163147666511", "long"),
        ("26314766651", ""),
        ("163l4766651", ""),
        ("微信联系", ""),
        ("2234567", "short"),
        ("1.63E+10", ""),
        ("163 1476 665", "short"),
    ],
)
def test_a_number_that_is_not_whole_is_left_out_with_its_reason(cell, variant):
    phones = read_phones(cell)

    assert phones.numbers == ()
    assert (phones.doubt.code, phones.doubt.variant) == ("PHONE_BAD", variant)


def test_the_whole_number_beside_a_bad_one_stands():
    phones = read_phones(f"{ONE}、1540000000")

    assert (phones.numbers, phones.doubt.code) == ((ONE,), "PHONE_BAD")


@pytest.mark.parametrize("cell", ["同上", " 同上 ", "〃", '"'])
def test_as_above_is_seen(cell):
    assert read_phones(cell).same


@given(st.one_of(st.text(), st.integers(), st.floats(), st.dates(), st.booleans()))
def test_any_cell_gives_whole_numbers_only(cell):
    for number in read_phones(cell).numbers:
        assert re.fullmatch(r"1[3-9]\d{9}|0\d{2,3}-\d{7,8}", number, re.ASCII)


@given(st.text(alphabet="0123456789 -/、爸", max_size=40))
def test_no_digit_is_invented_and_none_out_of_order(cell):
    written = re.sub(r"\D", "", cell)

    for number in read_phones(cell).numbers:
        assert number.replace("-", "") in written
