import pytest

from tonghu.people.roster.cells.lists import (
    category_of_header,
    category_of_title,
    read_categories,
    read_ethnicity,
    read_flag,
    read_relation,
    read_sex,
)


@pytest.mark.parametrize(
    ("cell", "sex"),
    [
        ("男", "M"),
        ("男 ", "M"),
        (" 女", "F"),
        ("男孩", "M"),
        ("女童", "F"),
        ("M", "M"),
        ("f", "F"),
        ("Ｆ", "F"),
        ("女儿", "F"),
        ("", ""),
        ("未知", ""),
        ("1", ""),
        (1, ""),
        ("男女", ""),
    ],
)
def test_a_sex_is_read_or_left_empty(cell, sex):
    assert read_sex(cell) == sex


@pytest.mark.parametrize(
    ("cell", "full"),
    [
        ("汉", "汉族"),
        ("汉族", "汉族"),
        (" 汉 族 ", "汉族"),
        ("维吾尔", "维吾尔族"),
        ("维族", "维吾尔族"),
        ("土家族", "土家族"),
        ("", ""),
        ("不详", ""),
        ("穿青人", "穿青人"),
    ],
)
def test_an_ethnic_group_is_written_in_full(cell, full):
    assert (read_ethnicity(cell).value, read_ethnicity(cell).doubt) == (full, None)


def test_an_unknown_ethnic_group_is_asked_for():
    assert read_ethnicity("中国").value == ""
    assert read_ethnicity("中国").doubt.code == "ETHNICITY_UNKNOWN"


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("留守", {"LEFT_BEHIND"}),
        ("留守（单）", {"LEFT_BEHIND"}),
        ("留守、低保", {"LEFT_BEHIND", "DIFF_ECONOMIC"}),
        ("留守，低保户", {"LEFT_BEHIND", "DIFF_ECONOMIC"}),
        ("留守 低保户；重病", {"LEFT_BEHIND", "DIFF_ECONOMIC", "DIFF_SELF"}),
        ("留守/低保+残障", {"LEFT_BEHIND", "DIFF_ECONOMIC", "DIFF_SELF"}),
        ("1.留守儿童 2.低保", {"LEFT_BEHIND", "DIFF_ECONOMIC"}),
        ("①事实无人抚养②低保", {"DE_FACTO_UNSUPPORTED", "DIFF_ECONOMIC"}),
        ("事实孤儿", {"DE_FACTO_UNSUPPORTED"}),
        ("残疾（听力三级）", {"DIFF_SELF"}),
        ("父母双亡", {"ORPHAN"}),
        ("", set()),
        ("无", set()),
        ("正常", set()),
    ],
)
def test_categories_are_read_in_many_spellings(cell, codes):
    read = read_categories(cell)

    assert (read.codes, read.doubts) == (codes, ())


@pytest.mark.parametrize(
    ("cell", "codes", "asked"),
    [
        ("留守、特殊", {"LEFT_BEHIND"}, ["特殊"]),
        ("半孤", set(), ["半孤"]),
        ("单亲 三类", set(), ["单亲", "三类"]),
        ("其他", set(), ["其他"]),
    ],
)
def test_a_new_spelling_is_asked_for_and_the_rest_stands(cell, codes, asked):
    read = read_categories(cell)

    assert read.codes == codes
    assert [(doubt.code, doubt.text) for doubt in read.doubts] == [
        ("CATEGORY_UNKNOWN", text) for text in asked
    ]


@pytest.mark.parametrize("cell", ["是", "√", "Y", "yes", "有", 1, "留守", "双留守"])
def test_a_yes_gives_the_category_of_its_column(cell):
    assert read_flag(cell, "LEFT_BEHIND").codes == {"LEFT_BEHIND"}


@pytest.mark.parametrize("cell", ["否", "", "×", "N", "无", 0, "不是"])
def test_a_no_gives_none(cell):
    read = read_flag(cell, "LEFT_BEHIND")

    assert (read.codes, read.doubts) == (frozenset(), ())


def test_neither_yes_nor_no_is_asked_for():
    assert [doubt.text for doubt in read_flag("待核", "LEFT_BEHIND").doubts] == ["待核"]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("是否留守", "LEFT_BEHIND"),
        ("是否为孤儿", "ORPHAN"),
        ("是否低保户", "DIFF_ECONOMIC"),
        ("留守儿童", "LEFT_BEHIND"),
        ("有无残疾", "DIFF_SELF"),
        ("是否住校", ""),
        ("姓名", ""),
    ],
)
def test_a_column_may_ask_for_one_category(heading, code):
    assert category_of_header(heading) == code


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("望江社区流动人口子女登记表", "MIGRANT"),
        ("柳湾村留守儿童花名册", "LEFT_BEHIND"),
        ("留守儿童和困境儿童台账", ""),
        ("留守儿童、流动儿童台账", ""),
        ("学生花名册", ""),
    ],
)
def test_a_title_names_a_category_only_when_it_names_one(title, code):
    assert category_of_title(title) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("父女", "FATHER"),
        ("妈", "MOTHER"),
        ("祖母", "GM_P"),
        ("姥爷", "GF_M"),
        ("外祖母", "GM_M"),
        ("大伯", "UNCLE_AUNT"),
        ("继母", "STEP"),
        ("奶奶（主要）", "GM_P"),
        ("", ""),
        ("邻居", "NEIGHBOUR"),
    ],
)
def test_a_relation_is_read_as_its_code(cell, code):
    assert (read_relation(cell).value, read_relation(cell).doubt) == (code, None)


@pytest.mark.parametrize("cell", ["祖孙", "夫妻", "监护人"])
def test_a_relation_with_two_readings_is_asked_for(cell):
    assert read_relation(cell).doubt.code == "RELATION_UNKNOWN"
