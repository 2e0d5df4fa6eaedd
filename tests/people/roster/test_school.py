import pytest

from tonghu.people.roster.cells.school import read_school, school_of_title


@pytest.mark.parametrize(
    ("title", "grade", "room"),
    [
        ("一（1）班　班主任：高老师　人数：16", "1", "1"),
        ("二年级1班", "2", "1"),
        ("二年级（3）班花名册", "2", "3"),
        ("三(2)班", "3", "2"),
        ("三2班", "3", "2"),
        ("五年级二班", "5", "2"),
        ("初一（2）班", "7", "2"),
        ("七年级3班", "7", "3"),
        ("高二1班", "11", "1"),
        ("6年级", "6", ""),
        ("云岭镇中心小学一年级学生花名册（2025—2026学年）", "1", ""),
        ("初中二年级", "8", ""),
        ("柳湾村留守儿童台账", "", ""),
        ("填报时间：2025年9月10日", "", ""),
        ("大班", "", ""),
        ("Sheet1", "", ""),
    ],
)
def test_a_title_tells_grade_and_class(title, grade, room):
    school = school_of_title(title)

    assert (school.grade, school.room) == (grade, room)


@pytest.mark.parametrize(
    ("grade", "room", "expected"),
    [
        ("三年级", "2班", ("3", "2")),
        ("3年级", "（2）班", ("3", "2")),
        ("三", "二", ("3", "2")),
        (3, 2, ("3", "2")),
        (3.0, "2", ("3", "2")),
        ("三（2）班", "", ("3", "2")),
        ("", "三(2)班", ("3", "2")),
        ("小学三年级", "", ("3", "")),
        ("初二", "1班", ("8", "1")),
        ("九年级", "", ("9", "")),
        ("高三", "", ("12", "")),
        ("幼儿园大班", "", ("", "")),
        ("学前", "", ("", "")),
        ("", "", ("", "")),
        ("辍学", "", ("", "")),
    ],
)
def test_cells_tell_grade_and_class(grade, room, expected):
    school = read_school(grade, room)

    assert ((school.grade, school.room), school.doubt) == (expected, None)


@pytest.mark.parametrize("grade", ["2019级", "十五", "重点", "15"])
def test_a_grade_that_cannot_be_told_is_asked_for(grade):
    school = read_school(grade, "")

    assert (school.grade, school.doubt.code) == ("", "GRADE_UNCLEAR")
