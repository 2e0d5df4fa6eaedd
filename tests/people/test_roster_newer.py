"""A newer list of the same source: what is new, gone or changed, and what a person decides."""

import json

import pytest

from tests.conftest import AT, QINHUI, TODAY
from tests.people.bringing import answered, brought, everything, imported, lines_of, outcomes
from tonghu.access.actors import system
from tonghu.access.models import JournalRow
from tonghu.kernel.errors import Forbidden
from tonghu.people.constants import LineOutcome, RosterAnswer
from tonghu.people.models import (
    CategorySpan,
    Child,
    HukouSpan,
    Kinship,
    Phone,
    ResidenceSpan,
    RosterQuestion,
    SchoolSpan,
)
from tonghu.people.operations import describing, registering, roster_answers, rosters, spans
from tonghu.people.operations.accepting import NobodyHoldsIt
from tonghu.people.queries import open_questions_for
from tonghu.people.takeover.answers import ARRIVED, DIFFERS, GONE, NoSuchAnswer

HEAD = "姓名,性别,出生日期,监护人,与儿童关系,联系电话,家庭住址,年级,类别,户籍所在地\n"
FIRST = (
    f"{HEAD}谭小海,男,2015.3.2,谭福生,爷爷,16132913198,3组12号,四年级,留守,柳湾村\n"
    "王燕曦,女,2016.5.1,王建国,父亲,16132913199,4组1号,三年级,留守,柳湾村\n"
)
NEWER = (
    f"{HEAD}谭小海,男,2015.3.2,谭建军,父亲,16132913100,5组2号,五年级,留守、低保,枣园村\n"
    "马若曦,女,2016.7.1,马建国,父亲,16132913101,4组2号,三年级,留守,柳湾村\n"
)
CHANGED = ["address", "grade", "guardian", "hukou", "phones"]


@pytest.fixture
def first(team, liumin):
    return imported(brought(liumin, FIRST, team), liumin)


@pytest.fixture
def newer(first, team, liumin):
    return imported(brought(liumin, NEWER, team), liumin)


def called(name):
    return Child.objects.unscoped("a test looks").get(person__name=name)


def asked_about(roster, by, code=DIFFERS):
    return list(open_questions_for(by, roster, on=TODAY).filter(code=code))


def decided(roster, by, field, answer):
    question = next(one for one in asked_about(roster, by) if one.field == field)
    rosters_answer(roster, [question], answer, by)


def rosters_answer(roster, questions, answer, by, value=""):
    roster_answers.answer_questions(
        roster=roster, questions=questions, answer=answer, value=value, by=by, at=AT
    )


def test_a_newer_list_asks_what_changed_and_writes_nothing_over(newer, liumin):
    said = {one.field: json.loads(one.asked)["text"] for one in asked_about(newer, liumin)}

    assert outcomes(newer) == [LineOutcome.CHANGED, LineOutcome.NEW]
    assert {name: said[name] for name in CHANGED} == {
        "address": "5组2号",
        "grade": "5|",
        "guardian": "谭建军|FATHER",
        "hukou": "枣园村",
        "phones": "16132913100",
    }
    assert _home(called("谭小海")).address == "3组12号"
    assert Phone.objects.unscoped("a test looks").count() == 3


def test_the_same_list_once_more_changes_and_asks_nothing(first, team, liumin):
    before = everything()

    again = imported(brought(liumin, FIRST + "\n", team), liumin)

    assert outcomes(again) == [LineOutcome.KNOWN] * 2
    assert list(open_questions_for(liumin, again, on=TODAY)) == []
    assert everything() == before


def test_what_the_last_list_said_already_is_no_change(first, team, liumin):
    child = called("谭小海")
    spans.move(child=child, place=team, address="9组9号", from_on=TODAY, by=liumin, at=AT)
    text = NEWER.replace("5组2号", "3组12号").replace("16132913100", "16132913198、16132913100")

    newer = imported(brought(liumin, text, team), liumin)

    said = {one.field: json.loads(one.asked)["text"] for one in asked_about(newer, liumin)}
    assert "address" not in said
    assert said["phones"] == "16132913100"


@pytest.mark.parametrize("address", ["柳湾村3组12号", "3组 12号"])
def test_an_address_with_the_places_name_is_the_same_address(address, first, team, liumin):
    newer = imported(brought(liumin, FIRST.replace("3组12号", address), team), liumin)

    assert asked_about(newer, liumin) == []


def test_a_list_of_another_source_asks_of_no_change(first, team, liumin):
    other = imported(brought(liumin, NEWER, team, source="学校"), liumin)

    assert asked_about(other, liumin) == []
    assert asked_about(other, liumin, GONE) == []


@pytest.mark.parametrize("field", CHANGED)
def test_what_is_accepted_is_written_and_undone_whole(field, first, team, liumin):
    before = everything()
    newer = imported(brought(liumin, NEWER, team), liumin)
    child = called("谭小海")

    decided(newer, liumin, field, RosterAnswer.TAKE)

    assert (
        stands(child)[field]
        == {
            "address": "5组2号",
            "grade": "5",
            "guardian": ["谭建军", "谭福生"],
            "hukou": "枣园村",
            "phones": 2,
        }[field]
    )
    assert everything() != before
    rosters.undo_roster(roster=newer, by=liumin, at=AT)
    assert everything() == before


def test_all_that_changed_is_accepted_at_one_go_and_undone_whole(first, team, liumin):
    before = everything()
    newer = imported(brought(liumin, NEWER, team), liumin)

    rosters_answer(newer, asked_about(newer, liumin), RosterAnswer.TAKE, liumin)

    assert asked_about(newer, liumin) == []
    held = CategorySpan.objects.unscoped("a test looks").filter(child=called("谭小海"))
    assert sorted(held.values_list("category", flat=True)) == ["DIFF_ECONOMIC", "LEFT_BEHIND"]
    rosters.undo_roster(roster=newer, by=liumin, at=AT)
    assert everything() == before


def test_what_somebody_changed_since_is_not_taken_back(newer, liumin):
    decided(newer, liumin, "address", RosterAnswer.TAKE)
    child = called("谭小海")
    ResidenceSpan.objects.unscoped("a test").filter(person=child.pk, until_on=None).update(
        address="6组1号"
    )

    rosters.undo_roster(roster=newer, by=liumin, at=AT)

    assert _home(child).address == "6组1号"


def test_what_is_accepted_is_on_record_as_the_files_own(newer, liumin):
    decided(newer, liumin, "address", RosterAnswer.TAKE)

    rows = JournalRow.objects.unscoped("a test looks").filter(about_id=called("谭小海").pk)
    last = list(rows.order_by("-seq")[:3])
    assert [row.event for row in last] == [
        "people.roster.question_answered",
        "people.roster.difference_accepted",
        "people.residence.begun",
    ]
    assert {row.account_id for row in last} == {liumin.account_id}


def test_what_was_refused_is_not_asked_again_for_the_same_value(newer, team, liumin):
    rosters_answer(newer, asked_about(newer, liumin), RosterAnswer.LEAVE, liumin)

    same = imported(brought(liumin, NEWER + "\n", team), liumin)
    other = imported(brought(liumin, NEWER.replace("5组2号", "7组3号"), team), liumin)

    assert outcomes(same) == [LineOutcome.KNOWN] * 2
    assert asked_about(same, liumin) == []
    assert [one.field for one in asked_about(other, liumin)] == ["address"]


def test_who_is_not_on_the_newer_list_is_asked_about_and_keeps_the_file(newer, liumin):
    gone = asked_about(newer, liumin, GONE)

    assert [one.proposed for one in gone] == [called("王燕曦")]
    assert json.loads(gone[0].asked) == {
        "text": "王燕曦",
        "variant": "",
        "values": {"row": "3", "sheet": "", "on": "2026-06-01"},
    }
    assert _home(called("王燕曦")).until_on is None


def test_who_may_be_another_line_of_the_list_is_not_gone(first, team, liumin):
    text = f"{HEAD}谭小海,男,2015.3.2,,,,,,,\n王燕曦,女,2016,,,,,,,\n"
    newer = imported(brought(liumin, text, team), liumin)
    before = asked_about(newer, liumin, GONE)

    answered(newer, "KNOWN_CHILD", RosterAnswer.OTHER, by=liumin)

    assert before == []
    assert [str(one.proposed.person) for one in asked_about(newer, liumin, GONE)] == ["王燕曦"]


def test_who_has_moved_away_lives_elsewhere_from_today_and_back_after_undo(first, team, liumin):
    child = called("王燕曦")
    held_by(child, liumin)
    before = everything()
    newer = imported(brought(liumin, NEWER, team), liumin)

    rosters_answer(
        newer, asked_about(newer, liumin, GONE), RosterAnswer.MOVED, liumin, "随父母去了宝鸡"
    )

    assert (_home(child).place, _home(child).address) == (None, "随父母去了宝鸡")
    rosters.undo_roster(roster=newer, by=liumin, at=AT)
    assert everything() == before


def test_a_child_nobody_holds_does_not_move_out_of_sight(newer, liumin, team):
    with pytest.raises(NobodyHoldsIt):
        rosters_answer(newer, asked_about(newer, liumin, GONE), RosterAnswer.MOVED, liumin)

    assert _home(called("王燕曦")).place == team
    assert len(asked_about(newer, liumin, GONE)) == 1


@pytest.mark.parametrize("answer", [RosterAnswer.STAYS, RosterAnswer.LOOK])
def test_other_answers_about_who_is_gone_write_nothing(answer, newer, liumin):
    before = everything()

    rosters_answer(newer, asked_about(newer, liumin, GONE), answer, liumin)

    assert everything() == before
    assert asked_about(newer, liumin, GONE) == []


def test_another_list_under_the_same_name_asks_about_nobody(first, team, liumin):
    text = f"{HEAD}马若曦,女,2016.7.1,马建国,父亲,16132913101,4组2号,三年级,留守,柳湾村\n"

    other = imported(brought(liumin, text, team), liumin)

    assert asked_about(other, liumin, GONE) == []


def test_what_two_decide_at_once_is_decided_once(newer, liumin, zhanglan):
    seen_by_both = asked_about(newer, liumin)
    rosters_answer(newer, seen_by_both, RosterAnswer.TAKE, liumin)
    before = everything()

    with pytest.raises(NoSuchAnswer):
        rosters_answer(newer, seen_by_both, RosterAnswer.LEAVE, zhanglan)

    assert everything() == before


@pytest.mark.parametrize("code", [ARRIVED, DIFFERS, GONE])
def test_a_colleague_may_not_decide_about_a_file_that_is_not_hers(code, newer, liumin, yangfan):
    for name in ("谭小海", "王燕曦", "马若曦"):
        held_by(called(name), liumin)
    question = asked_about(newer, liumin, code)[0]

    with pytest.raises(Forbidden):
        rosters_answer(newer, [question], _first_answer(code), yangfan)

    assert asked_about(newer, yangfan, code) == []
    rows = RosterQuestion.objects.unscoped("a test looks")
    assert rows.get(pk=question.pk).answer == ""


def test_a_colleagues_child_on_a_newer_list_is_asked_of_the_colleague(first, team, liumin, yangfan):
    held_by(called("谭小海"), liumin)

    newer = imported(brought(yangfan, NEWER, team), yangfan)

    assert outcomes(newer) == [LineOutcome.KNOWN, LineOutcome.NEW]
    assert asked_about(newer, yangfan) == []
    assert {one.field for one in asked_about(newer, liumin)} >= set(CHANGED)


def test_a_file_the_list_opened_is_not_used_by_accepting_a_difference(team, liumin):
    twice = (
        "姓名,性别,出生日期,监护人,联系电话,民族\n"
        "谭小海,男,2015.3.2,谭福生,16132913198,汉族\n"
        "谭小海,男,2015.3.2,谭福生,16132913198,回族\n"
    )
    before = everything()
    roster = imported(brought(liumin, twice, team), liumin)
    decided(roster, liumin, "ethnicity", RosterAnswer.TAKE)

    rosters.undo_roster(roster=roster, by=liumin, at=AT)

    assert everything() == before


def test_undo_of_the_first_list_keeps_whom_the_newer_one_names(newer, first, liumin):
    rosters.undo_roster(roster=first, by=liumin, at=AT)

    found = Child.objects.unscoped("a test looks").values_list("person__name", flat=True)
    assert sorted(found) == ["谭小海", "马若曦"]
    assert lines_of(newer)[0].child == called("谭小海")
    describing.note_phone(
        child=called("谭小海"),
        person=called("谭小海").person,
        number="16132913155",
        by=liumin,
        at=AT,
    )


def _first_answer(code):
    return RosterAnswer.STAYS if code == GONE else RosterAnswer.TAKE


def held_by(child, actor):
    registering.assign_child(
        child=child, worker=actor.account, from_on=TODAY, by=system(QINHUI), at=AT
    )


def _home(child):
    rows = ResidenceSpan.objects.unscoped("a test looks")
    return rows.select_related("place").get(person=child.pk, until_on=None)


def stands(child):
    kin = Kinship.objects.unscoped("a test looks").filter(child=child)
    people = [child.pk, *kin.values_list("relative_id", flat=True)]
    hukou = HukouSpan.objects.unscoped("a test looks")
    schooling = SchoolSpan.objects.unscoped("a test looks").filter(child=child)
    return {
        "address": _home(child).address,
        "grade": schooling.get(until_on=None).grade,
        "guardian": sorted(kin.values_list("relative__name", flat=True)),
        "hukou": hukou.get(person=child.pk, until_on=None).region,
        "phones": Phone.objects.unscoped("a test looks").filter(person__in=people).count(),
    }
