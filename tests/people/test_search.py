"""Any scrap finds the child, for those who may find it and for nobody else."""

import datetime as dt

import pytest
from django.db import connection

from tests.conftest import AT, QINHUI, TODAY
from tonghu.access.actors import system
from tonghu.access.constants import ClosingKind
from tonghu.access.operations import grounds
from tonghu.access.sheets import Action
from tonghu.people.constants import NameKind, Relation
from tonghu.people.models import Child, SearchKey
from tonghu.people.operations import describing, families
from tonghu.people.policy import CHILDREN, FILE
from tonghu.people.search.find import find
from tonghu.people.search.index import index


@pytest.fixture
def known(xiaohai, wangyan, elsewhere, liumin):
    """Tan Xiaohai with a grandmother, a telephone and a number; two others beside him."""
    by = system(QINHUI)
    kin = families.add_relative(child=xiaohai, name="吴玉珍", relation=Relation.GM_P, by=by, at=AT)
    describing.note_phone(child=xiaohai, person=kin.relative, number="16132913198", by=by, at=AT)
    describing.note_identity_number(child=xiaohai, number="99900120150302001X", by=by, at=AT)
    describing.add_name(child=xiaohai, kind=NameKind.NICK, name="海海", by=by, at=AT)
    return xiaohai


@pytest.mark.parametrize(
    ("typed", "matched"),
    [
        ("谭小海", "name"),
        ("譚小海", "name"),
        ("谭", "name"),
        ("小海", "name"),
        ("海", "name"),
        ("海海", "name"),
        ("谭晓海", "sound"),
        ("tanxiaohai", "sound"),
        ("Tan Xiaohai", "sound"),
        ("tanxiao", "sound"),
        ("xiaohai", "sound"),
        ("txh", "initials"),
        ("tx", "initials"),
        ("吴玉珍", "kin"),
        ("玉珍", "kin"),
        ("wuyuzhen", "kin"),
        ("161 3291 3198", "phone"),
        ("+86 16132913198", "phone"),
        ("001X", "id"),
        ("001x", "id"),
    ],
)
def test_find_takes_any_scrap(typed, matched, known, liumin):
    assert [(one.child, one.by) for one in find(typed, liumin, on=TODAY)] == [(known, matched)]


def test_find_by_place_and_by_number(known, wangyan, liumin):
    assert {one.child for one in find("柳湾", liumin, on=TODAY)} == {known, wangyan}
    assert [one.child for one in find(known.number.lower(), liumin, on=TODAY)] == [known]


@pytest.mark.parametrize(
    "typed", ["", " ", "·", "%", "_%", "'", "赵钱孙", "99", "a" * 5000, "\x00"]
)
def test_find_answers_nonsense_with_nothing(typed, known, liumin):
    assert find(typed, liumin, on=TODAY) == []


@pytest.mark.parametrize("typed", ["肖宇安", "xiaoyuan", "xya", "青石"])
def test_find_hints_at_nobody_of_another_place(typed, known, elsewhere, liumin, qinhui):
    assert find(typed, liumin, on=TODAY) == []
    assert [one.child for one in find(typed, qinhui, on=TODAY)] == [elsewhere]


@pytest.mark.parametrize("typed", ["16132913198", "001X"])
def test_find_by_telephone_or_number_reaches_the_own_files_only(
    typed, known, liumin, yangfan, qinhui, zhanglan
):
    answers = {who: find(typed, who, on=TODAY) for who in (liumin, yangfan, qinhui, zhanglan)}

    assert {who for who, found in answers.items() if found} == {liumin, zhanglan}


def test_find_shows_nothing_of_a_file_that_is_closed_to_one(known, liumin):
    grounds.close_to(
        account=liumin.account,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=known.pk,
        words="是孩子的姑姑",
        by=system(QINHUI),
        at=AT,
    )

    for typed in ("谭小海", "txh", "吴玉珍", "16132913198", known.number):
        assert find(typed, liumin, on=TODAY) == []


def test_find_stands_at_its_limit_with_the_best_first(registered, team, liumin):
    for name in ("海小谭", "谭小海生", "谭小海"):
        registered(name, team)

    found = find("谭小海", liumin, on=TODAY, most=2)

    assert [one.child.person.name for one in found] == ["谭小海", "谭小海生"]


@pytest.mark.parametrize("few", [0, 400])
def test_find_answers_the_same_whether_it_carries_the_keys_over_or_not(
    few, registered, team, elsewhere, liumin, monkeypatch
):
    monkeypatch.setattr("tonghu.people.search.find.FEW", few)
    for name in ("海小谭", "谭小海生", "谭小海", "谭晓海"):
        registered(name, team)
    registered("谭小海", elsewhere.person.residences.unscoped("its place").get().place)

    found = [(one.child.person.name, one.by) for one in find("谭小海", liumin, on=TODAY)]

    assert found == [("谭小海", "name"), ("谭小海生", "name"), ("谭晓海", "sound")]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts its rows itself")
@pytest.mark.parametrize("who", ["liumin", "zhanglan", "qinhui"])
def test_find_never_walks_all_files_of_the_agency(who, known, request):
    rows = CHILDREN.rows(Action.FIND, Child.objects.all(), request.getfixturevalue(who), on=TODAY)

    keys = SearchKey.objects.unscoped("as a scrap that fits many").filter(key__startswith="n谭")
    plan = rows.filter(pk__in=keys.values("child_id")).explain()

    assert "SCAN people_child" not in plan
    assert "agency_id=?" not in plan.splitlines()[0]
    assert "people_child USING INDEX sqlite_autoindex_people_child_1 (person_id=?)" in plan


def test_index_follows_a_name_that_was_changed(known, liumin):
    describing.describe_child(
        child=known,
        name="覃小海",
        latin_name="",
        sex="M",
        born_on=dt.date(2015, 3, 2),
        precision="day",
        ethnicity="",
        by=liumin,
        at=AT,
    )

    assert [one.child for one in find("qinxiaohai", liumin, on=TODAY)] == [known]
    assert [one.child for one in find("谭小海", liumin, on=TODAY)] == [known], "the former name"


def test_index_is_what_the_file_says_after_every_operation(known):
    rows = SearchKey.objects.unscoped("what is kept").filter(child=known)
    before = set(rows.values_list("key", flat=True))

    rows.delete()
    index(known)

    assert set(rows.values_list("key", flat=True)) == before
    assert not any("1613291" in key or "999001" in key for key in before)
