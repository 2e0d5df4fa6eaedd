import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonghu.people.roster.cells.children import read_children, read_count


def told(cell):
    return [(child.read_name().name, child.sex, child.birth) for child in read_children(cell)]


MING, HONG = ("王明", "M", "2015.3.2"), ("王红", "F", "2017年5月")


@pytest.mark.parametrize(
    "cell",
    [
        "王明（男，2015.3.2）；王红（女，2017年5月）",
        "王明(男,2015.3.2)、王红(女,2017年5月)",
        "王明（男，2015.3.2） 王红（女，2017年5月）",
        "王明（男，2015.3.2）\n王红（女，2017年5月）",
        "王明（男，2015.3.2），王红（女，2017年5月）",
        "王明（男，2015.3.2）王红（女，2017年5月）",
        "王明 男 2015.3.2；王红 女 2017年5月",
        "王明 男 2015.3.2、王红（女，2017年5月）",
        "王明，男，2015.3.2；王红，女，2017年5月",
        "王明，男，2015.3.2，王红，女，2017年5月",
        "王明 男 2015.3.2 王红 女 2017年5月",
        "1、王明 男 2015.3.2；2、王红 女 2017年5月",
        "1.王明（男，2015.3.2）2.王红（女，2017年5月）",
        "①王明（男、2015.3.2）②王红（女、2017年5月）",
        "长子：王明 男 2015.3.2；次女：王红 女 2017年5月",
        "王明男2015.3.2；王红女2017年5月",
        "王明/男/2015.3.2；王红/女/2017年5月",
        "王 明（男，2015.3.2）；王　红（女，2017年5月）",
        "王明（2015.3.2，男）；王红（2017年5月，女）",
        "王明（男 2015.3.2）\r\n王红（女 2017年5月）",
        "王明（男2015.3.2）/王红（女2017年5月）",
        "王明【男，2015.3.2】；王红【女，2017年5月】",
        "王明（男，2015.3.2）；王红（女，2017年5月）；",
    ],
)
def test_two_children_are_read_however_they_are_parted(cell):
    assert told(cell) == [MING, HONG]


@pytest.mark.parametrize(
    ("cell", "children"),
    [
        ("王明", [("王明", "", "")]),
        ("王明、王红", [("王明", "", ""), ("王红", "", "")]),
        ("王明 王红", [("王明", "", ""), ("王红", "", "")]),
        ("王明(男,)", [("王明", "M", "")]),
        ("王明（男）、王红", [("王明", "M", ""), ("王红", "", "")]),
        ("王明（2015/03/02）", [("王明", "", "2015/03/02")]),
        ("王明（男，2015年 3月）", [("王明", "M", "2015年 3月")]),
        ("阿依古丽.买买提（女，2014.5）", [("阿依古丽·买买提", "F", "2014.5")]),
        ("王明（男，农历2015年四月初六）", [("王明", "M", "农历2015年四月初六")]),
        ("王明（男，7岁）", [("王明", "M", "7岁")]),
        ("未取名（男，2024.1）", [("", "M", "2024.1")]),
        ("李胜男（女，2015.3.2）", [("李胜男", "F", "2015.3.2")]),
        ("李胜男女2015.3.2", [("李胜男", "F", "2015.3.2")]),
        ("", []),
        ("无", []),
    ],
)
def test_a_cell_tells_no_more_than_it_says(cell, children):
    assert told(cell) == children


def test_a_nickname_a_number_and_a_remark_stand_with_their_child():
    child, other = read_children(
        "王明（小名：明明）（男，99900120140118722X，外地上学）；王红（女）"
    )

    name = child.read_name()

    assert (name.nickname, name.aside) == ("明明", "外地上学")
    assert (child.identity, other.identity) == ("99900120140118722X", "")


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("3", 3),
        (3, 3),
        (3.0, 3),
        ("3个", 3),
        ("三", 3),
        ("两个", 2),
        ("３人", 3),
        ("无", 0),
        ("", None),
        ("若干", None),
        ("共3人", 3),
    ],
)
def test_a_count_is_read_in_many_spellings(cell, count):
    assert read_count(cell) == count


@given(st.text(alphabet="王明红男女（），、；。.2015年月 \n/岁无①", max_size=40))
def test_any_cell_gives_children_and_never_fails(cell):
    for child in read_children(cell):
        assert child.name or child.is_told
        child.read_name()
