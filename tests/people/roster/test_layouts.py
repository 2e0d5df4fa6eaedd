import pytest

from tests.people.roster.making import separated, workbook
from tests.people.roster.reading import HEAD, HONG, LAN, MING, codes, kinds, names, read, told
from tonghu.people.roster.layout import Kind


@pytest.mark.parametrize(
    "content",
    [
        workbook([HEAD, MING, HONG]),
        separated([HEAD, MING, HONG]),
        separated([HEAD, MING, HONG], "utf-8-sig"),
        separated([HEAD, MING, HONG], "gb18030"),
        separated([HEAD, MING, HONG], "utf-16"),
        separated([HEAD, MING, HONG], mark=";"),
        separated([HEAD, MING, HONG], "gb18030", mark="\t"),
        separated([HEAD, MING, HONG], mark="|"),
    ],
)
def test_a_plain_list_is_read_from_every_kind_of_file(content):
    roster = read(content)

    assert names(roster) == ["王明", "李红"]
    assert [line.fields.dob for line in roster.lines] == ["2015-03-02", "2017-05-06"]
    assert [line.row for line in roster.lines] == [2, 3]
    assert codes(roster) == [[], []]


def test_titles_and_notes_are_no_children():
    roster = read(
        workbook(
            [
                ["大坪村儿童花名册"],
                ["填报单位：大坪村村委会", "", "填报时间：2025年9月"],
                [],
                HEAD,
                MING,
                [],
                HONG,
                ["注：出生日期以户口本为准。"],
                ["填表人：周桂兰", "", "审核人：李强"],
            ]
        )
    )

    assert names(roster) == ["王明", "李红"]
    assert kinds(roster) == [
        (1, Kind.TITLE),
        (2, Kind.TITLE),
        (4, Kind.HEADING),
        (8, Kind.NOTE),
        (9, Kind.SIGNATURE),
    ]


def test_a_list_that_begins_far_from_the_corner_is_found():
    roster = read(workbook([[], [], ["", "", "", *HEAD], ["", "", "", *MING]]))

    assert [(line.row, line.fields.phones) for line in roster.lines] == [(4, "16314766651")]


def test_columns_are_found_in_any_order_under_other_words():
    roster = read(
        workbook(
            [
                [
                    "手机号",
                    "孩子姓名",
                    "身份证号",
                    "生日",
                    "男/女",
                    "主要照料人",
                    "与孩子关系",
                    "现住址",
                ],
                ["16314766651", "王明", "", "2015年3月2日", "男孩", "王建国", "爷爷", "大坪村3组"],
            ]
        )
    )

    fields = roster.lines[0].fields
    assert (fields.name, fields.sex, fields.dob, fields.phones) == (
        "王明",
        "M",
        "2015-03-02",
        "16314766651",
    )
    assert (fields.guardian, fields.guardian_relation, fields.address) == (
        "王建国",
        "GF_P",
        "大坪村3组",
    )
    assert roster.lines[0].reasons == []


def test_two_rows_of_headings_are_joined_with_their_group():
    def dress(book, page):
        form = book.add_format()
        page.merge_range(0, 2, 0, 3, "父亲", form)
        page.merge_range(0, 4, 0, 6, "监护人", form)
        for column in (0, 1, 7):
            page.merge_range(0, column, 1, column, ["姓名", "性别", "出生"][column % 5], form)

    roster = read(
        workbook(
            [
                [],
                ["", "", "姓名", "电话", "姓名", "关系", "电话"],
                ["王明", "男", "王强", "15400000009", "王建国", "爷爷", "16314766651", "2015.3.2"],
            ],
            dress=dress,
        )
    )

    line = roster.lines[0]
    assert (line.fields.guardian, line.fields.guardian_relation) == ("王建国", "GF_P")
    assert (line.fields.phones, line.fields.dob) == ("16314766651", "2015-03-02")
    assert (line.further["father"], line.further["father_phone"]) == ("王强", "15400000009")


def test_groups_in_a_table_of_text_reach_to_the_next_one():
    roster = read(
        separated(
            [
                ["儿童姓名", "性别", "出生日期", "父亲", "", "监护人", "", "备注"],
                ["", "", "", "姓名", "电话", "姓名", "电话", ""],
                ["王明", "男", "2015.3.2", "王强", "15400000009", "王建国", "16314766651", "好"],
            ]
        )
    )

    line = roster.lines[0]
    assert (line.fields.guardian, line.fields.phones) == ("王建国", "16314766651")
    assert (line.further["father"], line.further["note"]) == ("王强", "好")


def test_groups_above_the_row_with_the_names_are_groups():
    def dress(book, page):
        form = book.add_format()
        page.merge_range(1, 0, 1, 2, "儿童基本信息", form)
        page.merge_range(1, 3, 1, 5, "监护人信息", form)

    roster = read(
        workbook(
            [
                ["大坪村台账"],
                [],
                ["姓名", "性别", "出生日期", "姓名", "关系", "电话"],
                ["王明", "男", "2015.3.2", "王建国", "爷爷", "16314766651"],
            ],
            dress=dress,
        )
    )

    fields = roster.lines[0].fields
    assert (fields.name, fields.guardian, fields.phones) == ("王明", "王建国", "16314766651")


def test_headings_repeated_on_each_page_are_no_children():
    roster = read(workbook([HEAD, MING, HEAD, HONG, HEAD, LAN]))

    assert names(roster) == ["王明", "李红", "张兰"]


def test_a_second_list_below_has_columns_of_its_own():
    roster = read(
        workbook(
            [
                HEAD,
                MING,
                [],
                ["另附"],
                ["电话", "出生年月", "学生姓名", "性别"],
                ["15400000002", "2017.5.6", "李红", "女"],
            ]
        )
    )

    assert names(roster) == ["王明", "李红"]
    assert [line.fields.phones for line in roster.lines] == ["16314766651", "15400000002"]


def test_classes_inside_a_sheet_give_grade_and_class():
    roster = read(
        workbook(
            [
                ["中心小学花名册"],
                ["二年级1班"],
                HEAD,
                MING,
                ["二年级2班"],
                HONG,
                ["三（1）班　班主任：高老师　人数：1"],
                HEAD,
                LAN,
            ]
        )
    )

    assert [(line.fields.grade, line.fields.room) for line in roster.lines] == [
        ("2", "1"),
        ("2", "2"),
        ("3", "1"),
    ]
    assert told(roster) == []


def test_a_class_with_another_number_than_its_title_says_is_told():
    roster = read(
        workbook([["三（1）班　人数：3"], HEAD, MING, HONG, ["三（2）班　人数：1"], HEAD, LAN])
    )

    assert told(roster) == [(1, "TOTAL_MISMATCH", "人数:3")]


def test_the_name_of_a_sheet_gives_grade_and_class():
    roster = read(workbook([HEAD, MING], [HEAD, HONG], names=("三年级2班", "四年级")))

    assert [(x.sheet, x.fields.grade, x.fields.room) for x in roster.lines] == [
        ("三年级2班", "3", "2"),
        ("四年级", "4", ""),
    ]


@pytest.mark.parametrize(
    "total",
    [
        ["合计", "2人"],
        ["合计：2人"],
        ["合计", "", "", "2"],
        ["总计", 2],
        ["共", "2名"],
        ["共2人"],
        ["小计", "2", "1", "1"],
        ["合　计", "2人"],
        ["合计", "2户", "2人"],
    ],
)
def test_a_total_that_agrees_is_passed_over(total):
    roster = read(workbook([HEAD, MING, HONG, total]))

    assert (names(roster), told(roster)) == (["王明", "李红"], [])


@pytest.mark.parametrize(
    ("total", "text"),
    [
        (["合计", "3人"], "3人"),
        (["合计：5"], "合计：5"),
        (["共", 7], "7"),
        (["小计", "3", "4"], "3"),
        (["合计", "3户", "2人"], "3户"),
    ],
)
def test_a_total_that_differs_is_told(total, text):
    roster = read(workbook([HEAD, MING, HONG, total]))

    assert told(roster) == [(4, "TOTAL_MISMATCH", text)]


def test_totals_of_parts_and_of_the_whole_are_each_held_against_their_own():
    roster = read(
        workbook([HEAD, MING, HONG, ["小计", "2人"], LAN, ["小计", "1人"], ["合计", "3人"]])
    )

    assert told(roster) == []
