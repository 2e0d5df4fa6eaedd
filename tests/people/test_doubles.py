"""Possible doubles: noted without a hint, decided by whoever answers for both files."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import AT, QINHUI, TODAY
from tonghu.access.actors import system
from tonghu.access.constants import ClosingKind
from tonghu.access.models import JournalRow
from tonghu.access.operations import grounds
from tonghu.access.queries import history_of
from tonghu.access.sheets import Action
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.people.constants import DoubleState, Precision
from tonghu.people.models import PossibleDouble
from tonghu.people.operations import doubles, registering
from tonghu.people.policy import DOUBLES, FILE
from tonghu.people.queries import possible_doubles_for


def pairs() -> list[PossibleDouble]:
    return list(PossibleDouble.objects.unscoped("what is kept").order_by("id"))


@pytest.fixture
def hidden_pair(elsewhere, team, liumin):
    """Liu Min registers a child that is on the list of a place of which she may not know."""
    mine = registering.register_child(
        name="肖宇安",
        sex="M",
        born_on=dt.date(2015, 3, 2),
        precision=Precision.DAY,
        place=team,
        registered_on=TODAY,
        by=liumin,
        at=AT,
    )
    (pair,) = pairs()
    return mine, pair


def test_double_outside_is_noted_for_who_answers_for_both_and_hinted_to_nobody(
    hidden_pair, elsewhere, liumin, zhanglan, qinhui, hejing
):
    mine, pair = hidden_pair

    assert {pair.one, pair.other} == {mine, elsewhere}
    assert list(possible_doubles_for(qinhui, on=TODAY)) == [pair]
    for by in (liumin, zhanglan, hejing):
        assert list(possible_doubles_for(by, on=TODAY)) == []
        assert list(DOUBLES.rows(Action.FIND, PossibleDouble.objects.all(), by, on=TODAY)) == []


def test_double_outside_leaves_no_trace_in_the_history_of_the_own_file(hidden_pair, liumin):
    mine, pair = hidden_pair

    told = [row.event for row in history_of(mine.pk, liumin, looks=False, on=TODAY)]

    row = JournalRow.objects.unscoped("what is on record").get(event="people.double.noted")
    assert (row.about_id, row.account_id) == (pair.pk, None)
    assert told == ["people.child.registered"]


def test_register_child_of_another_name_notes_nothing(xiaohai, wangyan, elsewhere):
    assert pairs() == []


def test_double_is_noted_once_whichever_comes_first(xiaohai, wangyan):
    by = system(QINHUI)

    first = doubles.note_possible_double(one=xiaohai, other=wangyan, score=20, by=by, at=AT)
    again = doubles.note_possible_double(one=wangyan, other=xiaohai, score=30, by=by, at=AT)

    assert first == again
    assert pairs() == [first]


def test_double_is_proposed_by_the_program_alone(xiaohai, wangyan, qinhui):
    with pytest.raises(Forbidden):
        doubles.note_possible_double(one=xiaohai, other=wangyan, score=20, by=qinhui, at=AT)

    assert pairs() == []


def test_twins_who_were_told_apart_are_not_proposed_again(xiaohai, wangyan, liumin):
    told = doubles.keep_apart(one=wangyan, other=xiaohai, by=liumin, at=AT)

    doubles.note_possible_double(one=xiaohai, other=wangyan, score=40, by=system(QINHUI), at=AT)

    assert pairs() == [told]
    assert (told.state, told.decided_by) == (DoubleState.DIFFERENT, liumin.account)
    assert list(possible_doubles_for(liumin, on=TODAY)) == []


def test_keep_apart_twice_is_on_record_once(xiaohai, wangyan, liumin):
    for _ in range(2):
        doubles.keep_apart(one=wangyan, other=xiaohai, by=liumin, at=AT)

    rows = JournalRow.objects.unscoped("what is on record")
    assert rows.filter(event="people.double.distinguished").count() == 1


def test_pair_that_is_left_open_stays_on_the_list(hidden_pair, qinhui):
    _mine, pair = hidden_pair

    left = doubles.leave_open(pair=pair, by=qinhui, at=AT)

    assert left.state == DoubleState.UNSURE
    assert list(possible_doubles_for(qinhui, on=TODAY)) == [pair]


def test_pair_of_which_one_is_hidden_cannot_be_decided(hidden_pair, elsewhere, liumin):
    mine, pair = hidden_pair

    with pytest.raises(Hidden):
        doubles.keep_apart(one=mine, other=elsewhere, by=liumin, at=AT)
    with pytest.raises(Hidden):
        doubles.leave_open(pair=pair, by=liumin, at=AT)
    pair.refresh_from_db()
    assert pair.state == DoubleState.OPEN


def test_pair_with_a_colleagues_file_is_not_the_workers_to_decide(
    registered, team, yangfan, xiaohai, liumin
):
    hers = registered("余若静", team, holder=yangfan)

    with pytest.raises(Forbidden):
        doubles.keep_apart(one=xiaohai, other=hers, by=liumin, at=AT)

    assert pairs() == []


def test_pair_with_a_closed_file_is_hidden_from_the_head_too(hidden_pair, elsewhere, qinhui):
    _mine, _pair = hidden_pair
    grounds.close_to(
        account=qinhui.account,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=elsewhere.pk,
        words="是孩子的姑姑",
        by=system(QINHUI),
        at=AT,
    )

    assert list(possible_doubles_for(qinhui, on=TODAY)) == []


@pytest.mark.parametrize("state", [DoubleState.SAME, DoubleState.DIFFERENT, DoubleState.UNSURE])
def test_pair_is_decided_by_somebody_or_not_at_all(state, hidden_pair):
    _mine, pair = hidden_pair
    pair.state = state

    with pytest.raises(IntegrityError), transaction.atomic():
        pair.save()
