"""Who may do what with a child's file, cell by cell, with children of others that could leak."""

import datetime as dt

import pytest

from tests.conftest import AT, QINHUI, TODAY
from tonghu.access.actors import system
from tonghu.access.constants import ClosingKind, ReasonCode
from tonghu.access.operations import grounds
from tonghu.access.sheets import Action, Answer
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden
from tonghu.people.models import Child
from tonghu.people.operations import registering, spans
from tonghu.people.policy import ASSIGNMENTS, CHILDREN, CONTACT_DATA, FILE
from tonghu.people.queries import children_for

A, R, F, H = Answer.ALLOW, Answer.REASON, Answer.FORBIDDEN, Answer.HIDDEN

# Columns: the own child, a colleague's, one nobody holds, one of another place.
TABLE = {
    ("liumin", Action.FIND): (A, A, A, H),
    ("liumin", Action.READ): (A, R, A, H),
    ("liumin", Action.WRITE): (A, F, A, H),
    ("liumin", Action.APPROVE): (F, F, F, H),
    ("liumin", Action.EXPORT): (R, F, F, H),
    ("yangfan", Action.FIND): (A, A, A, H),
    ("yangfan", Action.READ): (R, A, A, H),
    ("yangfan", Action.WRITE): (F, A, A, H),
    ("zhanglan", Action.FIND): (A, A, A, H),
    ("zhanglan", Action.READ): (A, R, A, H),
    ("zhanglan", Action.WRITE): (A, F, A, H),
    ("zhanglan", Action.APPROVE): (A, F, F, H),
    ("qinhui", Action.FIND): (A, A, A, A),
    ("qinhui", Action.READ): (R, R, R, R),
    ("qinhui", Action.WRITE): (F, F, F, F),
    ("qinhui", Action.APPROVE): (A, A, A, A),
    ("qinhui", Action.EXPORT): (R, R, R, R),
    ("hejing", Action.FIND): (H, H, H, H),
    ("hejing", Action.READ): (H, H, H, H),
    ("hejing", Action.WRITE): (H, H, H, H),
    ("hanxue", Action.FIND): (H, H, H, H),
    ("hanxue", Action.READ): (H, H, H, H),
    ("majing", Action.READ): (H, H, H, H),
    ("xuzhe", Action.READ): (H, H, H, H),
    ("luowen", Action.READ): (H, H, H, H),
    ("stranger", Action.FIND): (H, H, H, H),
    ("stranger", Action.READ): (H, H, H, H),
}


@pytest.fixture
def colleagues_child(registered, team, yangfan) -> Child:
    return registered("余若静", team, holder=yangfan)


@pytest.mark.parametrize(("who", "action"), TABLE, ids=lambda one: str(one))
def test_children_answers_each_role_as_the_policy_says(
    who, action, xiaohai, colleagues_child, wangyan, elsewhere, request
):
    actor = request.getfixturevalue(who)
    files = (xiaohai, colleagues_child, wangyan, elsewhere)

    answers = tuple(CHILDREN.judge(action, actor, file, on=TODAY) for file in files)

    assert answers == TABLE[who, action]


@pytest.mark.parametrize("who", ["liumin", "yangfan", "zhanglan", "qinhui", "hejing", "stranger"])
def test_children_list_holds_whom_the_answers_allow(
    who, xiaohai, colleagues_child, wangyan, elsewhere, request
):
    actor = request.getfixturevalue(who)
    files = (xiaohai, colleagues_child, wangyan, elsewhere)
    found = CHILDREN.rows(Action.FIND, Child.objects.all(), actor, on=TODAY)

    allowed = zip(files, TABLE[who, Action.FIND], strict=True)

    assert set(found) == {file for file, answer in allowed if answer is A}


@pytest.mark.parametrize("who", ["liumin", "yangfan", "zhanglan", "qinhui", "hejing", "stranger"])
def test_children_for_shows_no_fewer_than_the_rule_lets_through(
    who, xiaohai, colleagues_child, wangyan, elsewhere, request
):
    actor = request.getfixturevalue(who)
    found = CHILDREN.rows(Action.FIND, Child.objects.all(), actor, on=TODAY)

    assert set(children_for(actor, on=TODAY)) == set(found)


def test_contact_data_matches_no_search_beyond_the_own(liumin, xiaohai, colleagues_child):
    found = CONTACT_DATA.rows(Action.FIND, Child.objects.all(), liumin, on=TODAY)

    assert list(found) == [xiaohai]


def test_child_director_finds_the_children_of_her_village_on_the_day(
    gaoxiulan, registered, shiqiao, elsewhere, liuwan
):
    here, moved = registered("白慧玉", shiqiao), registered("白子", shiqiao)
    spans.move(child=moved, place=liuwan, address="", from_on=TODAY, by=system(QINHUI), at=AT)

    found = CHILDREN.rows(Action.FIND, Child.objects.all(), gaoxiulan, on=TODAY)

    assert list(found) == [here]
    assert CHILDREN.judge(Action.READ, gaoxiulan, here, on=TODAY) is F
    assert CHILDREN.judge(Action.READ, gaoxiulan, moved, on=TODAY) is H


def test_duty_that_ended_opens_nothing_from_the_next_day(liumin, yangfan, zhanglan, xiaohai):
    registering.assign_child(
        child=xiaohai, worker=yangfan.account, from_on=TODAY, by=system(QINHUI), at=AT
    )

    assert CHILDREN.judge(Action.READ, liumin, xiaohai, on=TODAY) is R
    assert CHILDREN.judge(Action.WRITE, liumin, xiaohai, on=TODAY - dt.timedelta(days=1)) is A
    assert CHILDREN.judge(Action.READ, yangfan, xiaohai, on=TODAY) is A


def test_reason_opens_a_colleagues_file_for_reading_to_the_end_of_the_day(liumin, colleagues_child):
    grounds.give_reason(
        target_kind=FILE,
        target_id=colleagues_child.pk,
        code=ReasonCode.COVER,
        words="杨帆请病假，家长来电",
        by=liumin,
        at=AT,
    )

    assert CHILDREN.judge(Action.READ, liumin, colleagues_child, on=TODAY) is A
    assert CHILDREN.judge(Action.WRITE, liumin, colleagues_child, on=TODAY) is F
    with clock.at(clock.end_of(TODAY)):
        assert CHILDREN.judge(Action.READ, liumin, colleagues_child, on=TODAY) is R


def test_kinship_closes_the_own_file_whatever_the_role(liumin, qinhui, xiaohai, wangyan):
    for actor in (liumin, qinhui):
        grounds.close_to(
            account=actor.account,
            kind=ClosingKind.CONFLICT,
            target_kind=FILE,
            target_id=xiaohai.pk,
            words="是孩子的姑姑",
            by=system(QINHUI),
            at=AT,
        )

    for actor in (liumin, qinhui):
        assert CHILDREN.judge(Action.READ, actor, xiaohai, on=TODAY) is H
        found = CHILDREN.rows(Action.FIND, Child.objects.all(), actor, on=TODAY)
        assert list(found) == [wangyan]


def test_worker_takes_a_file_that_nobody_holds_and_no_other(liumin, xiaohai, wangyan, yangfan):
    registering.assign_child(child=wangyan, worker=liumin.account, from_on=TODAY, by=liumin, at=AT)

    assert ASSIGNMENTS.judge(Action.WRITE, yangfan, wangyan, on=TODAY) is F
    assert CHILDREN.judge(Action.WRITE, yangfan, wangyan, on=TODAY) is F
    assert CHILDREN.judge(Action.WRITE, liumin, wangyan, on=TODAY) is A


@pytest.mark.parametrize("who", ["qinhui", "zhanglan"])
def test_nobody_but_a_social_worker_holds_a_file(who, xiaohai, request):
    by = request.getfixturevalue(who)

    with pytest.raises(Forbidden):
        registering.assign_child(child=xiaohai, worker=by.account, from_on=TODAY, by=by, at=AT)

    assert CHILDREN.judge(Action.READ, by, xiaohai, on=TODAY) == TABLE[who, Action.READ][0]
