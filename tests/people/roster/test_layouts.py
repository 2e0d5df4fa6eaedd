import datetime as dt
from pathlib import Path

import pytest

from tests.people.roster.making import separated, workbook
from tonghu.people.roster.layout import Kind
from tonghu.people.roster.understanding import understand

ON = dt.date(2026, 11, 20)
HEAD = ["姓名", "性别", "出生日期", "联系电话"]
MING = ["王明", "男", "2015.3.2", "16314766651"]
HONG = ["李红", "女", "2017.5.6", "15400000002"]
LAN = ["张兰", "女", "2016.7.8", "15400000003"]


def read(content, **more):
    return understand(content, on=ON, **more)


def names(roster):
    return [line.fields.name for line in roster.lines]


def codes(roster):
    return [[reason.code for reason in line.reasons] for line in roster.lines]


def told(roster):
    return [(problem.row, problem.reason.code, problem.reason.text) for problem in roster.problems]


def kinds(roster):
    return [(skipped.row, skipped.kind) for skipped in roster.skipped]


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


@pytest.mark.parametrize("first", ["例", "示例", "样例", "例如"])
def test_an_example_row_is_no_child(first):
    roster = read(workbook([["序号", *HEAD], [first, *MING], [1, *HONG]]))

    assert names(roster) == ["李红"]
    assert kinds(roster)[1] == (2, Kind.EXAMPLE)


def test_hidden_and_crossed_out_rows_are_asked_about_and_kept():
    def dress(book, page):
        struck = book.add_format({"font_strikeout": True})
        page.set_row(1, None, None, {"hidden": True})
        for column, text in enumerate(HONG):
            page.write(2, column, text, struck)
        page.write(3, 3, LAN[3], struck)
        page.write_comment(3, 0, "与王明是姐弟")

    roster = read(workbook([HEAD, MING, HONG, LAN], dress=dress))

    assert names(roster) == ["王明", "李红", "张兰"]
    assert [[(r.code, r.field) for r in line.reasons] for line in roster.lines] == [
        [("HIDDEN_ROW", "row")],
        [("CROSSED_OUT", "row")],
        [("CROSSED_OUT", "phone")],
    ]
    assert [line.fields.phones for line in roster.lines] == ["16314766651", "15400000002", ""]
    assert roster.lines[2].further["comments"] == "与王明是姐弟"


def test_a_hidden_column_is_not_imported_unasked():
    def dress(_book, page):
        page.set_column(3, 3, None, None, {"hidden": True})

    roster = read(workbook([HEAD, MING], dress=dress))

    assert roster.lines[0].fields.phones == ""
    assert [(c.heading, c.field, c.why, c.offered) for c in roster.sheets[0].columns][3] == (
        "联系电话",
        "",
        "hidden",
        "phones",
    )


def test_a_hidden_sheet_is_not_imported_unasked():
    content = workbook([HEAD, MING], [HEAD, HONG], hidden=(1,))

    roster = read(content)

    assert names(roster) == ["王明"]
    assert [(s.name, s.imported, s.has_list) for s in roster.sheets] == [
        ("Sheet1", True, True),
        ("Sheet2", False, True),
    ]


def test_a_joined_cell_holds_for_each_row_it_reaches_over():
    def dress(book, page):
        page.merge_range(1, 3, 2, 3, "大坪村3组", book.add_format())

    roster = read(
        workbook(
            [
                ["姓名", "性别", "出生日期", "家庭住址"],
                [*MING[:3]],
                [*HONG[:3]],
                [*LAN[:3], "云岭村"],
            ],
            dress=dress,
        )
    )

    assert [line.fields.address for line in roster.lines] == ["大坪村3组", "大坪村3组", "云岭村"]


def test_the_second_row_of_a_child_with_two_carers_is_no_second_child():
    def dress(book, page):
        for column, text in enumerate(MING[:3]):
            page.merge_range(1, column, 2, column, text, book.add_format())

    head = [*HEAD, "监护人"]
    carers = [["", "", "", MING[3], "王建国"], ["", "", "", LAN[3], "李秀英"]]
    roster = read(workbook([head, *carers, [*HONG, "李强"]], dress=dress))

    assert names(roster) == ["王明", "李红"]
    assert kinds(roster)[1] == (3, Kind.FURTHER)


def test_as_above_takes_what_stands_above():
    roster = read(
        workbook(
            [
                [*HEAD, "家庭住址", "监护人"],
                [*MING, "大坪村3组", "王建国"],
                [*HONG[:3], "同上", "同上", "〃"],
                [*LAN[:3], "同上", "同上", "同上"],
            ]
        )
    )

    assert {(x.fields.phones, x.fields.address, x.fields.guardian) for x in roster.lines} == {
        ("16314766651", "大坪村3组", "王建国")
    }
    assert codes(roster) == [[], [], []]


def test_as_above_where_nothing_stands_above_is_asked_about():
    roster = read(workbook([[*HEAD, "家庭住址"], [*MING[:3], "同上", "同上"]]))

    reasons = roster.lines[0].reasons
    assert {(r.code, r.variant, r.field) for r in reasons} == {
        ("PHONE_BAD", "above", "phone"),
        ("COPY_UNCLEAR", "", "address"),
    }


def test_a_formula_without_a_result_is_asked_for_and_one_with_a_result_is_read():
    def dress(_book, page):
        page.write_formula(1, 3, "=A9", None, "")
        page.write_formula(2, 3, "=A9", None, "15400000002")
        page.write_formula(1, 2, "=DATE(2015,3,2)", None, 42065)

    roster = read(workbook([HEAD, [*MING[:2]], [*HONG[:3]]], dress=dress))

    assert codes(roster) == [["NO_RESULT"], []]
    assert [line.fields.phones for line in roster.lines] == ["", "15400000002"]
    assert roster.lines[0].fields.dob == "2015-03-02"


def test_a_text_that_begins_like_a_formula_stays_a_text():
    roster = read(separated([[*HEAD, "家庭住址"], [*MING, "=1+1"]]))

    assert roster.lines[0].fields.address == "=1+1"


def test_a_child_without_a_name_is_kept_and_asked_about():
    roster = read(workbook([HEAD, ["", "男", "2015.3.2", "16314766651"], HONG]))

    assert names(roster) == ["", "李红"]
    assert codes(roster) == [["NAME_PLACEHOLDER"], []]


def test_a_bad_row_never_stops_good_ones():
    roster = read(workbook([HEAD, ["？？", "？", "2015.2.30", "1"], HONG]))

    assert codes(roster)[1] == []
    assert set(codes(roster)[0]) == {
        "NAME_PLACEHOLDER",
        "SEX_MISSING",
        "DOB_IMPOSSIBLE",
        "PHONE_BAD",
    }


def test_birthday_and_sex_come_from_the_number_only_where_the_list_has_no_such_column():
    roster = read(
        workbook(
            [
                ["姓名", "身份证号", "联系电话"],
                ["王明", "999001201401187238", "16314766651"],
                ["李红", "99900120140118722X", "15400000002"],
            ]
        )
    )

    assert [(x.fields.sex, x.fields.dob) for x in roster.lines][1] == ("F", "2014-01-18")


def test_where_number_and_columns_disagree_both_stand_and_a_person_is_asked():
    roster = read(
        workbook(
            [
                ["姓名", "性别", "出生日期", "身份证号"],
                ["李红", "男", "2014.1.18", "99900120140118722X"],
                ["张兰", "女", "2014.1.19", "99900120140118722X"],
            ]
        )
    )

    assert [line.fields.id_number for line in roster.lines] == ["99900120140118722X"] * 2
    assert codes(roster)[0] == ["ID_SEX_MISMATCH"]
    assert codes(roster)[1][0] == "ID_DOB_MISMATCH"


def test_an_age_column_is_no_birthday():
    roster = read(workbook([["姓名", "性别", "年龄", "电话"], ["王明", "男", 9, "16314766651"]]))

    assert roster.lines[0].fields.dob == ""
    assert [(r.code, r.text) for r in roster.lines[0].reasons] == [("DOB_ONLY_AGE", "9")]


def test_columns_of_single_categories_are_put_together():
    roster = read(
        workbook(
            [
                [*HEAD, "是否留守", "低保", "残疾情况", "是否孤儿"],
                [*MING, "是", "√", "", "否"],
                [*HONG, "×", "", "", ""],
            ]
        )
    )

    assert [line.fields.categories for line in roster.lines] == ["DIFF_ECONOMIC|LEFT_BEHIND", ""]


def test_several_names_in_the_cell_of_one_are_several_children():
    roster = read(
        workbook([HEAD, ["王明、王红", "男、女", "2015.3.2、2017.5.6", "16314766651"], HONG])
    )

    assert [
        (x.row, x.child_no, x.fields.name, x.fields.sex, x.fields.dob) for x in roster.lines
    ] == [
        (2, 1, "王明", "M", "2015-03-02"),
        (2, 2, "王红", "F", "2017-05-06"),
        (3, 0, "李红", "F", "2017-05-06"),
    ]


def test_households_with_children_in_one_cell_are_counted():
    head = ["序号", "户主", "孩子信息", "孩子个数", "电话"]
    roster = read(
        separated(
            [
                head,
                ["1", "王强", "王明（男，2015.3.2）；王红（女，2017.5）", "2", "16314766651"],
                ["2", "李强", "李红 女 2017.5.6", "两个", "15400000002"],
                ["3", "张强", "", "1", "15400000003"],
                ["4", "赵强", "无", "0", "15400000004"],
                ["合计", "4户", "3人", "", ""],
            ]
        )
    )

    assert [(x.row, x.child_no) for x in roster.lines] == [(2, 1), (2, 2), (3, 1)]
    assert codes(roster) == [[], [], ["COUNT_MISMATCH"]]
    assert told(roster) == [(4, "COUNT_MISMATCH", "1")]


def test_moved_away_is_asked_about_wherever_it_is_written():
    roster = read(
        workbook(
            [
                [*HEAD, "备注"],
                [*MING, "已随父母搬走"],
                [f"{HONG[0]}（转学）", *HONG[1:], ""],
                [*LAN, "搬来本村"],
            ]
        )
    )

    assert codes(roster) == [["MOVED_AWAY"], ["MOVED_AWAY"], []]
    assert names(roster) == ["王明", "李红", "张兰"]


def test_the_marks_of_an_old_workbook_are_seen_as_those_of_a_new_one():
    # Written once with another program: row 2 hidden, row 3 crossed out, the last column hidden,
    # the phone of rows 6 and 7 one joined cell.
    roster = read((Path(__file__).parent / "marked.xls").read_bytes())

    assert names(roster) == ["王明", "李红", "张兰", "赵强", "钱一", "钱二"]
    assert codes(roster)[:4] == [["HIDDEN_ROW"], ["CROSSED_OUT"], [], ["DOB_MISSING"]]
    assert [line.fields.phones for line in roster.lines][4:] == ["16314766651"] * 2
    assert [(c.heading, c.why) for c in roster.sheets[0].columns][4] == ("备注", "hidden")


def test_rows_of_a_person_who_may_not_be_a_child_are_kept_and_asked_about():
    roster = read(workbook([HEAD, ["王明", "男", "1985.3.2", "16314766651"]]))

    assert (names(roster), codes(roster)) == (["王明"], [["DOB_IMPOSSIBLE"]])


def test_two_lists_side_by_side_are_both_read():
    head = HEAD[:3]
    roster = read(workbook([[*head, *head], [*MING[:3], *HONG[:3]], [*LAN[:3]], ["合计", "3人"]]))

    assert [(x.row, x.child_no, x.fields.name, x.fields.dob) for x in roster.lines] == [
        (2, 1, "王明", "2015-03-02"),
        (2, 2, "李红", "2017-05-06"),
        (3, 1, "张兰", "2016-07-08"),
    ]
    assert told(roster) == []


def test_a_total_told_in_a_sentence_is_held_against_the_list():
    roster = read(workbook([HEAD, MING, HONG, ["合计：3人，其中男1人，女2人"]]))

    assert told(roster) == [(4, "TOTAL_MISMATCH", "合计：3人，其中男1人，女2人")]


def test_a_date_alone_below_a_list_is_no_child():
    assert names(read(workbook([HEAD, MING, ["2025年9月10日"]]))) == ["王明"]


def test_a_list_with_english_headings_is_read():
    head = ["Name", "Sex", "Date of birth", "Guardian", "Relation to child", "Phone"]
    roster = read(workbook([head, ["王明", "M", "2015-03-02", "王强", "父亲", "16314766651"]]))

    fields = roster.lines[0].fields
    assert (fields.name, fields.guardian, fields.guardian_relation, fields.phones) == (
        "王明",
        "王强",
        "FATHER",
        "16314766651",
    )


def test_a_temporary_guardian_is_a_guardian_and_a_foreign_question_is_none_of_ours():
    roster = read(
        workbook(
            [["姓名", "性别", "出生日期", "临时监护人", "是否住校"], [*MING[:3], "王强", "是"]]
        )
    )

    assert roster.lines[0].fields.guardian == "王强"
    assert roster.lines[0].further == {}
