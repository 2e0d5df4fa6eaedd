from pathlib import Path

import pytest

from tests.people.roster.making import separated, workbook
from tests.people.roster.reading import HEAD, HONG, LAN, MING, codes, kinds, names, read, told
from tonghu.people.roster.layout import Kind


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
