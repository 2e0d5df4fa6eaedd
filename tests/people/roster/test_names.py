import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonghu.people.roster.cells.names import Carer, read_carer, read_child_name


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("王小明", "王小明"),
        (" 王 小明", "王小明"),
        ("王　明", "王明"),
        ("王  明 ", "王明"),
        ("王\n小明", "王小明"),
        ("欧阳 小 明", "欧阳小明"),
        ("張詩涵", "張詩涵"),
        ("王䶮", "王䶮"),
        ("王𠮷", "王𠮷"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽‧买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("Maria  Lopez", "Maria Lopez"),
        ("王小明（大）", "王小明"),
        ("*王小明", "王小明"),
    ],
)
def test_a_name_is_kept_as_this_list_spells_it(cell, name):
    read = read_child_name(cell)

    assert (read.name, read.doubt) == (name, None)


@pytest.mark.parametrize(
    ("cell", "nickname"),
    [
        ("王小明（小名：明明）", "明明"),
        ("王小明(小名明明)", "明明"),
        ("王小明（乳名:明明）", "明明"),
        ("王小明【小名：明 明】", "明明"),
        ("王小明（小名：明明", "明明"),
    ],
)
def test_a_nickname_in_brackets_is_taken_apart(cell, nickname):
    read = read_child_name(cell)

    assert (read.name, read.nickname) == ("王小明", nickname)


def test_a_former_name_and_a_remark_are_kept_apart():
    read = read_child_name("王小明（曾用名：王二狗）（转学）")

    assert (read.name, read.former, read.aside) == ("王小明", "王二狗", "转学")


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "未取名",
        "待取名",
        "无名",
        "王某",
        "王某某",
        "王××",
        "王xx",
        "王强之子",
        "李家老二",
        "不详",
        "3",
        3,
        "/",
        "宝宝",
        "（未取名）",
        "暂 无",
    ],
)
def test_a_word_that_is_no_name_leaves_it_empty(cell):
    read = read_child_name(cell)

    assert (read.name, read.doubt.code) == ("", "NAME_PLACEHOLDER")


@pytest.mark.parametrize("cell", ["王小?", "王小明2", "王□明"])
def test_a_name_with_strange_signs_is_asked_for(cell):
    read = read_child_name(cell)

    assert (read.name, read.doubt.code) == ("", "NAME_UNCLEAR")


@pytest.mark.parametrize(
    ("cell", "name", "relation"),
    [
        ("周秀国（父）", "周秀国", "FATHER"),
        ("周秀国(奶奶）", "周秀国", "GM_P"),
        ("周秀国（爷孙)", "周秀国", "GF_P"),
        ("周秀国 外婆", "周秀国", "GM_M"),
        ("外婆：周秀国", "周秀国", "GM_M"),
        ("舅舅 周秀国", "周秀国", "UNCLE_AUNT"),
        ("周秀国", "周秀国", ""),
        ("周 秀国", "周秀国", ""),
        ("奶奶", "", "GM_P"),
        ("", "", ""),
        ("无", "", ""),
    ],
)
def test_a_carer_is_read_with_the_relation_beside_the_name(cell, name, relation):
    assert read_carer(cell) == Carer(name, relation)


def test_a_relation_that_is_not_clear_is_asked_for():
    carer = read_carer("周秀国（祖孙）")

    assert (carer.name, carer.relation) == ("周秀国", "")
    assert (carer.doubt.code, carer.doubt.text) == ("RELATION_UNKNOWN", "祖孙")


@given(st.one_of(st.text(), st.integers(), st.floats(), st.dates(), st.booleans()))
def test_any_cell_gives_a_name_or_a_reason(cell):
    read = read_child_name(cell)

    assert bool(read.name) != bool(read.doubt)
    read_carer(cell)
