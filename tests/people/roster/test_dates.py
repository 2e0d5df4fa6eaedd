import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonghu.people.roster.cells.dates import read_birth

ON = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    "cell",
    [
        "2015.3.2",
        "2015.03.02",
        "2015.3.2.",
        "２０１５．３．２",
        "2015-3-2",
        " 2015-3-2 ",
        "2015/03/02",
        "2015年3月2日",
        "2015年03月02日",
        "2015年3月2",
        "2015年3月2号",
        "2015 年 3 月 2 日",
        "2015年3月2日生",
        "2015.3.2出生",
        "公历2015年3月2日",
        "2015、3、2",
        "2015,3,2",
        "2015。3。2",
        "2015 3 2",
        "2015—3—2",
        "20150302",
        "２０１５０３０２",
        "'20150302",
        "2015-03-02 00:00:00",
        "2015/3/2 0:00",
        "15.3.2",
        "15年3月2日",
        "15/3/2",
        "二〇一五年三月二日",
        "二零一五年三月二日",
        "二○一五年三月二日",
        "42065",
        42065,
        42065.0,
        20150302,
        20150302.0,
        dt.date(2015, 3, 2),
        dt.datetime(2015, 3, 2, 8, 30),  # noqa: DTZ001 -- a cell knows no zone
    ],
)
def test_a_day_is_read_in_every_spelling(cell):
    birth = read_birth(cell, on=ON)

    assert (birth.value, birth.precision, birth.doubt) == ("2015-03-02", "day", None)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("二〇一五年十二月二十五日", "2015-12-25"),
        ("二〇一〇年十月十日", "2010-10-10"),
        ("二〇一〇年十一月三十日", "2010-11-30"),
        ("10.3.25", "2010-03-25"),
        ("3/25/2010", "2010-03-25"),
        ("3/25/10", "2010-03-25"),
        ("25/3/2010", "2010-03-25"),
        ("13/5/16", "2013-05-16"),
    ],
)
def test_a_day_with_one_possible_reading_is_read(cell, value):
    assert read_birth(cell, on=ON).value == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2015年3月", "2015-03"),
        ("2015年03月份", "2015-03"),
        ("2015.3", "2015-03"),
        ("2015-03", "2015-03"),
        ("2015/3", "2015-03"),
        ("15年3月", "2015-03"),
        ("201513", ""),
        ("201503", "2015-03"),
        (201503, "2015-03"),
        (2015.3, "2015-03"),
        (2015.12, "2015-12"),
        ("二〇一五年三月", "2015-03"),
    ],
)
def test_a_month_stays_a_month(cell, value):
    birth = read_birth(cell, on=ON)

    assert (birth.value, birth.precision) == (value, "month" if value else "")


@pytest.mark.parametrize("cell", ["2015", "2015年", 2015, 2015.0])
def test_a_year_stays_a_year(cell):
    birth = read_birth(cell, on=ON)

    assert (birth.value, birth.precision) == ("2015", "year")


@pytest.mark.parametrize(
    ("cell", "code", "variant"),
    [
        ("", "DOB_MISSING", ""),
        (None, "DOB_MISSING", ""),
        ("   ", "DOB_MISSING", ""),
        ("不详", "DOB_MISSING", ""),
        ("/", "DOB_MISSING", ""),
        ("2015.2.30", "DOB_IMPOSSIBLE", ""),
        ("2015.2.29", "DOB_IMPOSSIBLE", ""),
        ("2015年13月", "DOB_IMPOSSIBLE", ""),
        ("2015.0.2", "DOB_IMPOSSIBLE", ""),
        ("2015.00", "DOB_IMPOSSIBLE", ""),
        ("20150230", "DOB_IMPOSSIBLE", ""),
        ("15.2.30", "DOB_IMPOSSIBLE", ""),
        ("2027.3.2", "DOB_IMPOSSIBLE", "future"),
        ("1975.3.2", "DOB_IMPOSSIBLE", "adult"),
        ("农历2015年四月初六", "DOB_LUNAR", ""),
        ("2015年正月十五", "DOB_LUNAR", ""),
        ("2015年腊月初八", "DOB_LUNAR", ""),
        ("2015.3.2（农历）", "DOB_LUNAR", ""),
        ("阴历2015.3.2", "DOB_LUNAR", ""),
        ("2015年三月廿二", "DOB_LUNAR", ""),
        ("7岁", "DOB_ONLY_AGE", ""),
        ("７岁", "DOB_ONLY_AGE", ""),
        ("7周岁", "DOB_ONLY_AGE", ""),
        ("虚岁8岁", "DOB_ONLY_AGE", ""),
        ("3岁半", "DOB_ONLY_AGE", ""),
        ("约10岁", "DOB_ONLY_AGE", ""),
        ("十岁", "DOB_ONLY_AGE", ""),
        ("8个月", "DOB_ONLY_AGE", ""),
        (7, "DOB_ONLY_AGE", ""),
        ("7", "DOB_ONLY_AGE", ""),
        ("3/2/2015", "DOB_UNCLEAR", ""),
        ("10/3/05", "DOB_UNCLEAR", ""),
        ("15.3", "DOB_UNCLEAR", ""),
        (2015.1, "DOB_UNCLEAR", ""),
        ("201203", "DOB_UNCLEAR", ""),
        ("3月2日", "DOB_UNCLEAR", ""),
        ("属羊", "DOB_UNCLEAR", ""),
        ("2015年上半年", "DOB_UNCLEAR", ""),
        ("2015.3.2/2015.4.6", "DOB_UNCLEAR", ""),
        (dt.time(3, 2), "DOB_UNCLEAR", ""),
        (True, "DOB_UNCLEAR", ""),
    ],
)
def test_what_is_no_certain_day_stays_empty_with_its_reason(cell, code, variant):
    birth = read_birth(cell, on=ON)

    assert (birth.value, birth.precision) == ("", "")
    assert (birth.doubt.code, birth.doubt.field, birth.doubt.variant) == (code, "dob", variant)


def test_a_book_that_counts_from_1904_is_read_so():
    assert read_birth(40603, on=ON, from_1904=True).value == "2015-03-02"


@given(st.one_of(st.text(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.booleans()))
def test_any_cell_gives_a_day_or_a_reason(cell):
    birth = read_birth(cell, on=ON)

    assert bool(birth.value) != bool(birth.doubt)
    assert len(birth.value) == {"day": 10, "month": 7, "year": 4, "": 0}[birth.precision]


@given(
    st.dates(dt.date(2002, 1, 1), ON),
    st.sampled_from(
        [
            "{y}.{m}.{d}",
            "{y}年{m}月{d}日",
            "{y}-{m:02}-{d:02}",
            "{y}{m:02}{d:02}",
            " {y}/{m}/{d} ",
            "{y}，{m}，{d}",
        ]
    ),
)
def test_every_day_comes_back_from_its_spelling(day, spelling):
    cell = spelling.format(y=day.year, m=day.month, d=day.day)

    assert read_birth(cell, on=ON).value == day.isoformat()


@given(st.text(alphabet="0123456789.年月日/- 农历岁", max_size=14))
def test_no_digit_of_a_day_is_invented(cell):
    birth = read_birth(cell, on=ON)

    if birth.precision == "day" and len(cell.strip()) > 5:
        digits = {int(part) for part in birth.value.split("-")}
        written = "".join(sign if sign.isdigit() else " " for sign in cell).split()
        assert digits & {int(part) for part in written} or "".join(written).startswith(
            (birth.value.replace("-", ""), birth.value[2:].replace("-", ""))
        )
