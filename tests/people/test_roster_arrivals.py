"""New children of a newer list: kept, left out again whole, remembered, taken in after all."""

import pytest

from tests.conftest import AT, TODAY
from tests.people.bringing import brought, everything, imported, lines_of, outcomes
from tests.people.test_roster_newer import (
    FIRST,
    NEWER,
    asked_about,
    called,
    held_by,
    rosters_answer,
    stands,
)
from tonghu.people.constants import LineOutcome, RosterAnswer
from tonghu.people.differences import left_out_of
from tonghu.people.operations import roster_answers, rosters
from tonghu.people.operations.arriving import UsedSince
from tonghu.people.takeover.answers import ARRIVED, NoSuchAnswer


@pytest.fixture
def first(team, liumin):
    return imported(brought(liumin, FIRST, team), liumin)


@pytest.fixture
def newer(first, team, liumin):
    return imported(brought(liumin, NEWER, team), liumin)


def test_a_first_list_asks_of_nobody_whether_it_stays(first, liumin):
    assert asked_about(first, liumin, ARRIVED) == []


def test_a_new_child_that_is_refused_is_taken_out_whole(first, team, liumin):
    before = everything()
    newer = imported(brought(liumin, NEWER, team), liumin)
    asked = asked_about(newer, liumin, ARRIVED)

    rosters_answer(newer, asked, RosterAnswer.LEAVE, liumin)

    assert len(asked) == 1
    assert everything() == before
    assert outcomes(newer) == [LineOutcome.CHANGED, LineOutcome.REFUSED]
    assert asked_about(newer, liumin, ARRIVED) == []


def test_a_new_child_that_is_kept_stays_and_is_asked_about_no_more(newer, liumin):
    before = everything()

    rosters_answer(newer, asked_about(newer, liumin, ARRIVED), RosterAnswer.TAKE, liumin)

    assert everything() == before
    assert asked_about(newer, liumin, ARRIVED) == []


def test_who_was_refused_is_left_out_of_the_next_list_too(newer, team, liumin):
    rosters_answer(newer, asked_about(newer, liumin, ARRIVED), RosterAnswer.LEAVE, liumin)
    text = NEWER.replace("16132913101", "16132913102").replace("4组2号", "4组3号")

    again = imported(brought(liumin, text, team), liumin)

    assert outcomes(again)[1] == LineOutcome.REFUSED
    assert asked_about(again, liumin, ARRIVED) == []
    assert [one.line.pk for one in left_out_of(liumin, again, on=TODAY)] == [lines_of(again)[1].pk]


def test_who_was_refused_is_new_on_the_list_of_another_source(newer, team, liumin):
    rosters_answer(newer, asked_about(newer, liumin, ARRIVED), RosterAnswer.LEAVE, liumin)

    other = imported(brought(liumin, NEWER + "\n", team, source="学校"), liumin)

    assert outcomes(other)[1] == LineOutcome.NEW


def test_another_child_of_the_same_name_is_new(newer, team, liumin):
    rosters_answer(newer, asked_about(newer, liumin, ARRIVED), RosterAnswer.LEAVE, liumin)

    again = imported(brought(liumin, NEWER.replace("2016.7.1", "2014.1.9"), team), liumin)

    assert outcomes(again)[1] == LineOutcome.NEW


def test_who_was_refused_is_taken_in_after_all_and_undone_with_the_list(first, team, liumin):
    before = everything()
    newer = imported(brought(liumin, NEWER, team), liumin)
    told = _told_of(called("马若曦"))
    rosters_answer(newer, asked_about(newer, liumin, ARRIVED), RosterAnswer.LEAVE, liumin)

    roster_answers.take_in_after_all(
        question=left_out_of(liumin, newer, on=TODAY).get(), by=liumin, at=AT
    )

    assert _told_of(called("马若曦")) == told
    assert outcomes(newer) == [LineOutcome.CHANGED, LineOutcome.NEW]
    assert list(left_out_of(liumin, newer, on=TODAY)) == []
    rosters.undo_roster(roster=newer, by=liumin, at=AT)
    assert everything() == before


def test_who_is_taken_in_twice_at_once_is_taken_in_once(newer, liumin):
    rosters_answer(newer, asked_about(newer, liumin, ARRIVED), RosterAnswer.LEAVE, liumin)
    question = left_out_of(liumin, newer, on=TODAY).get()
    roster_answers.take_in_after_all(question=question, by=liumin, at=AT)

    with pytest.raises(NoSuchAnswer):
        roster_answers.take_in_after_all(question=question, by=liumin, at=AT)


def test_a_child_twice_on_the_list_goes_and_comes_with_both_its_lines(first, team, liumin):
    before = everything()
    text = NEWER + "马若曦,女,2016.7.1,马建国,父亲,16132913105,4组2号,三年级,留守,柳湾村\n"
    newer = imported(brought(liumin, text, team), liumin)
    stood = everything()

    rosters_answer(newer, asked_about(newer, liumin, ARRIVED), RosterAnswer.LEAVE, liumin)

    assert everything() == before
    assert outcomes(newer)[1:] == [LineOutcome.REFUSED] * 2
    roster_answers.take_in_after_all(
        question=left_out_of(liumin, newer, on=TODAY).get(), by=liumin, at=AT
    )
    assert outcomes(newer)[1:] == [LineOutcome.NEW, LineOutcome.KNOWN]
    assert {name: len(rows) for name, rows in everything().items()} == {
        name: len(rows) for name, rows in stood.items()
    }


def test_a_file_that_was_used_since_is_not_taken_out(newer, liumin):
    held_by(called("马若曦"), liumin)
    before = everything()

    with pytest.raises(UsedSince):
        rosters_answer(newer, asked_about(newer, liumin, ARRIVED), RosterAnswer.LEAVE, liumin)

    assert everything() == before
    assert outcomes(newer)[1] == LineOutcome.NEW


def test_who_stands_on_a_later_list_too_is_not_taken_out_by_the_earlier(newer, team, liumin):
    imported(brought(liumin, NEWER + "\n", team), liumin)

    with pytest.raises(UsedSince):
        rosters_answer(newer, asked_about(newer, liumin, ARRIVED), RosterAnswer.LEAVE, liumin)


def _told_of(child):
    return child.person.name, child.person.sex, child.person.born_on, stands(child)
