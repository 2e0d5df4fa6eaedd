import datetime as dt
import json

import pytest

from tests.conftest import AT, QINHUI
from tests.people.bringing import (
    LIST,
    TODAY,
    answered,
    asked,
    brought,
    everything,
    imported,
    lines_of,
    outcomes,
)
from tonghu.access.actors import system
from tonghu.kernel.encryption import SealBroken
from tonghu.kernel.errors import Refused
from tonghu.people.constants import LineOutcome, RosterAnswer, RosterState
from tonghu.people.models import Child, Phone, Roster, RosterLine
from tonghu.people.operations import describing, rosters
from tonghu.people.operations.rosters import A_BATCH, NotNow
from tonghu.people.queries import children_for, lines_for, open_questions_for, rosters_for
from tonghu.people.roster.refusals import NotASpreadsheet
from tonghu.people.takeover.answers import DIFFERS, KNOWN_CHILD, NoSuchAnswer, NotUnderstood
from tonghu.people.takeover.said import line_of
from tonghu.people.tasks import import_whole

TWICE = """姓名,性别,出生日期,监护人,联系电话,民族
谭小海,男,2015.3.2,谭福生,16132913198,汉族
谭小海,男,2015.3.2,谭福生,16132913197,汉族
"""


def test_undo_takes_back_what_was_added_to_a_known_child(team, liumin, xiaohai):
    before = everything()
    roster = imported(brought(liumin, LIST, team), liumin)
    row = lines_of(roster)[0]

    rosters.undo_roster(roster=roster, by=liumin, at=AT)

    assert (row.outcome, row.child) == (LineOutcome.KNOWN, xiaohai)
    assert json.loads(row.made)["rows"] != []
    assert everything() == before


def test_undo_keeps_a_file_that_somebody_has_used_since(team, liumin):
    roster = imported(brought(liumin, LIST, team), liumin)
    used, unused, _held = (row.child for row in lines_of(roster))
    describing.note_phone(child=used, person=used.person, number="16132913100", by=liumin, at=AT)

    rosters.undo_roster(roster=roster, by=liumin, at=AT)

    assert list(children_for(liumin, on=TODAY)) == [used]
    assert [row.child for row in lines_of(roster)] == [used]
    assert not Child.objects.unscoped("a test looks").filter(pk=unused.pk).exists()


def test_undo_happens_once(team, liumin):
    roster = imported(brought(liumin, LIST, team), liumin)
    rosters.undo_roster(roster=roster, by=liumin, at=AT)

    with pytest.raises(NotNow):
        rosters.undo_roster(roster=roster, by=liumin, at=AT)


def test_an_import_that_was_cut_off_goes_on_without_doubling(team, liumin):
    names = [f"赵{chr(0x4E00 + n)}{chr(0x5200 + n)}" for n in range(A_BATCH + 20)]
    text = "姓名,性别,出生日期\n" + "".join(f"{name},男,2015.3.2\n" for name in names)
    roster = brought(liumin, text, team)
    begun = rosters.begin_import(roster=roster, by=liumin, at=AT)
    rosters.import_batch(roster=begun, by=liumin, at=AT)

    def cut_off(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_whole(begun, liumin, AT, cut_off)
    half = Child.objects.unscoped("a test looks").count()
    ended = import_whole(begun, liumin, AT)

    assert half == A_BATCH
    assert ended.state == RosterState.IMPORTED
    found = Child.objects.unscoped("a test looks").values_list("person__name", flat=True)
    assert sorted(found) == sorted(names)


def test_a_batch_that_fails_leaves_nothing(team, liumin):
    begun = rosters.begin_import(roster=brought(liumin, LIST, team), by=liumin, at=AT)
    before = everything()
    moved = lines_of(begun)
    RosterLine.objects.unscoped("a test moves what is sealed to another line").filter(
        pk=moved[2].pk
    ).update(said=moved[1].__dict__["said"])

    with pytest.raises(SealBroken):
        rosters.import_batch(roster=begun, by=liumin, at=AT)

    assert everything() == before
    assert set(outcomes(begun)) == {LineOutcome.WAITING}


def test_the_same_list_brought_by_two_comes_once(team, liumin, yangfan):
    first = brought(liumin, LIST, team)
    second = brought(yangfan, LIST, team)
    imported(first, liumin)
    imported(second, yangfan)

    assert first == second
    assert Child.objects.unscoped("a test looks").count() == 3


def test_a_list_may_come_again_after_it_was_undone(team, liumin):
    first = imported(brought(liumin, LIST, team), liumin)
    rosters.undo_roster(roster=first, by=liumin, at=AT)

    again = imported(brought(liumin, LIST, team), liumin)

    assert again != first
    assert outcomes(again) == [LineOutcome.NEW] * 3


def test_a_file_that_is_no_list_is_refused_and_leaves_nothing(team, liumin):
    with pytest.raises(NotASpreadsheet):
        brought(liumin, b"%PDF-1.7 \x00\x01 not a list", team)

    assert Roster.objects.unscoped("a test looks").count() == 0


@pytest.mark.parametrize("who", ["hejing", "qinhui", "hanxue", "gaoxiulan", "stranger"])
def test_a_list_is_brought_and_seen_by_the_team_of_the_place_alone(who, request, team, liumin):
    held = brought(liumin, LIST, team)
    actor = request.getfixturevalue(who)

    with pytest.raises(Refused):
        brought(actor, LIST + "谭小河,男,2014.3.2,,,,,\n", team)
    with pytest.raises(Refused):
        rosters.begin_import(roster=held, by=actor, at=AT)
    assert list(rosters_for(actor, on=TODAY)) == []
    assert list(lines_for(actor, held, on=TODAY)) == []
    assert list(open_questions_for(actor, held, on=TODAY)) == []
    assert list(Roster.objects.unscoped("nothing was left")) == [held]


def test_a_colleague_of_another_place_neither_sees_nor_brings_a_list(team, qingshi, liumin):
    own = brought(liumin, LIST, team)
    other = brought(system(QINHUI), LIST, qingshi)

    assert list(rosters_for(liumin, on=TODAY)) == [own]
    assert list(lines_for(liumin, other, on=TODAY)) == []
    with pytest.raises(Refused):
        rosters.undo_roster(roster=other, by=liumin, at=AT)
    with pytest.raises(Refused):
        brought(liumin, TWICE, qingshi)
    assert len(lines_of(other)) == 3


def test_a_blank_field_of_a_known_child_is_filled_and_blank_again_after_undo(team, liumin, xiaohai):
    before = everything()
    roster = imported(brought(liumin, TWICE, team), liumin)
    filled = lines_of(roster)[0].child

    rosters.undo_roster(roster=roster, by=liumin, at=AT)

    assert (filled, filled.person.ethnicity) == (xiaohai, "汉族")
    assert everything() == before


def test_a_child_the_importer_may_not_find_is_neither_linked_nor_hinted_at(
    team, qingshi, liumin, registered
):
    registered("马若曦", qingshi)
    outside = registered("谭小海", qingshi)
    describing.note_identity_number(
        child=outside, number="999001201503020017", by=system(QINHUI), at=AT
    )

    roster = imported(brought(liumin, LIST, team), liumin)

    assert outcomes(roster) == [LineOutcome.NEW] * 3
    assert outside not in [row.child for row in lines_of(roster)]
    codes = [one.code for one in open_questions_for(liumin, roster, on=TODAY)]
    assert KNOWN_CHILD not in codes


@pytest.mark.parametrize(
    ("answer", "outcome", "children"),
    [
        (RosterAnswer.SAME, LineOutcome.KNOWN, 1),
        (RosterAnswer.OTHER, LineOutcome.NEW, 2),
        (RosterAnswer.LEAVE, LineOutcome.REFUSED, 1),
    ],
)
def test_a_likely_child_waits_for_a_person(answer, outcome, children, team, liumin, xiaohai):
    before = everything()
    roster = imported(brought(liumin, "姓名,性别,出生日期\n谭小海,男,2015\n", team), liumin)
    waiting = outcomes(roster)
    proposed = asked(roster, KNOWN_CHILD).proposed

    answered(roster, KNOWN_CHILD, answer, by=liumin)

    assert (waiting, proposed) == ([LineOutcome.DECISION], xiaohai)
    assert outcomes(roster) == [outcome]
    assert len(children_for(liumin, on=TODAY)) == children
    rosters.undo_roster(roster=roster, by=liumin, at=AT)
    assert everything() == before


@pytest.mark.parametrize(
    ("answer", "outcome", "children", "phones"),
    [
        (RosterAnswer.SAME, LineOutcome.KNOWN, 1, 2),
        (RosterAnswer.OTHER, LineOutcome.NEW, 2, 2),
        (RosterAnswer.LEAVE, LineOutcome.REFUSED, 1, 1),
    ],
)
def test_a_child_that_stands_twice_is_linked_until_a_person_parts_the_lines(
    answer, outcome, children, phones, team, liumin
):
    before = everything()
    roster = imported(brought(liumin, TWICE, team), liumin)
    linked = outcomes(roster)

    answered(roster, "DUP_IN_ROSTER", answer, by=liumin)

    assert linked == [LineOutcome.NEW, LineOutcome.KNOWN]
    assert outcomes(roster) == [LineOutcome.NEW, outcome]
    assert len(children_for(liumin, on=TODAY)) == children
    assert Phone.objects.unscoped("a test looks").count() == phones
    rosters.undo_roster(roster=roster, by=liumin, at=AT)
    assert everything() == before


def test_a_choice_that_was_not_made_is_no_answer(team, liumin):
    text = "姓名,性别,出生日期\n谭小海,,2015.3.2\n"
    roster = imported(brought(liumin, text, team), liumin)

    with pytest.raises(NotUnderstood):
        answered(roster, "SEX_MISSING", RosterAnswer.VALUE, "", by=liumin)

    assert asked(roster, "SEX_MISSING").answer == ""


def test_a_line_without_a_name_waits_for_one(team, liumin):
    roster = imported(brought(liumin, "姓名,性别,出生日期\n待取名,男,2015.3.2\n", team), liumin)
    waiting = outcomes(roster)

    answered(roster, "NAME_PLACEHOLDER", RosterAnswer.VALUE, "谭小河", by=liumin)

    assert waiting == [LineOutcome.DECISION]
    assert [str(one.person) for one in children_for(liumin, on=TODAY)] == ["谭小河"]


def test_an_answer_fills_the_field_and_undo_takes_it_back(team, liumin):
    before = everything()
    roster = imported(brought(liumin, LIST, team), liumin)

    answered(roster, "DOB_IMPOSSIBLE", RosterAnswer.VALUE, "2015年2月28日", by=liumin)

    child = lines_of(roster)[1].child
    assert child.person.born_on == dt.date(2015, 2, 28)
    assert [one.code for one in open_questions_for(liumin, roster, on=TODAY)] == ["PHONE_BAD"]
    rosters.undo_roster(roster=roster, by=liumin, at=AT)
    assert everything() == before


def test_an_answer_that_cannot_be_read_is_refused_and_stays_open(team, liumin):
    roster = imported(brought(liumin, LIST, team), liumin)

    with pytest.raises(NotUnderstood):
        answered(roster, "DOB_IMPOSSIBLE", RosterAnswer.VALUE, "不知道", by=liumin)

    assert asked(roster, "DOB_IMPOSSIBLE").answer == ""


def test_a_question_has_its_own_answers_and_is_answered_once(team, liumin):
    roster = imported(brought(liumin, LIST, team), liumin)

    with pytest.raises(NoSuchAnswer):
        answered(roster, "PHONE_BAD", RosterAnswer.SAME, by=liumin)
    answered(roster, "PHONE_BAD", RosterAnswer.ASK, by=liumin)
    with pytest.raises(NoSuchAnswer):
        answered(roster, "PHONE_BAD", RosterAnswer.ASK, by=liumin)


def test_a_value_that_differs_is_asked_and_overwrites_only_when_taken(team, liumin, xiaohai):
    describing.note_identity_number(child=xiaohai, number="999001201503020017", by=liumin, at=AT)
    describing.describe_child(
        child=xiaohai,
        name="谭小海",
        latin_name="",
        sex="M",
        born_on=dt.date(2015, 3, 20),
        precision="day",
        ethnicity="",
        by=liumin,
        at=AT,
    )
    before = everything()
    roster = imported(brought(liumin, LIST, team), liumin)
    untouched = lines_of(roster)[0].child.person.born_on

    answered(roster, DIFFERS, RosterAnswer.TAKE, by=liumin)

    assert lines_of(roster)[0].outcome == LineOutcome.CHANGED
    assert untouched == dt.date(2015, 3, 20)
    assert lines_of(roster)[0].child.person.born_on == dt.date(2015, 3, 2)
    rosters.undo_roster(roster=roster, by=liumin, at=AT)
    assert everything() == before


def test_columns_are_read_as_a_person_said_and_the_source_remembers(team, liumin):
    text = "名字,性别,出生日期,外号名\n谭小海,男,2015.3.2,海娃\n"
    roster = brought(liumin, text, team)
    key = json.loads(roster.summary)["columns"][3]["key"]

    rosters.map_columns(roster=roster, fields={key: "nickname"}, sheets={}, by=liumin, at=AT)
    newer = brought(liumin, text + "谭小河,男,2014.3.2,河娃\n", team)

    assert [line_of(row).fields.nickname for row in lines_of(roster)] == ["海娃"]
    assert [line_of(row).fields.nickname for row in lines_of(newer)] == ["海娃", "河娃"]


def test_columns_of_an_imported_list_stay_as_they_are(team, liumin):
    roster = imported(brought(liumin, LIST, team), liumin)

    with pytest.raises(NotNow):
        rosters.map_columns(roster=roster, fields={}, sheets={}, by=liumin, at=AT)
