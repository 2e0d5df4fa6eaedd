"""'Already known?': who is likely the same child, among those whom one may find, and why."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.conftest import AT, QINHUI, TODAY
from tonghu.access.actors import system
from tonghu.people.constants import NameKind, Precision, Relation
from tonghu.people.operations import describing, families
from tonghu.people.search import likeness, weights
from tonghu.people.search.likeness import Described, alike
from tonghu.people.search.weights import Verdict

A, C, D, U = Verdict.AGREES, Verdict.CLOSE, Verdict.DIFFERS, Verdict.UNKNOWN
BORN = dt.date(2015, 3, 2)
XIAOHAI = Described("谭小海", "M", BORN, Precision.DAY)


@pytest.fixture
def known(xiaohai, wangyan, elsewhere):
    """Tan Xiaohai with a grandmother, her telephone, and a number."""
    by = system(QINHUI)
    kin = families.add_relative(child=xiaohai, name="吴玉珍", relation=Relation.GM_P, by=by, at=AT)
    describing.note_phone(child=xiaohai, person=kin.relative, number="16132913198", by=by, at=AT)
    describing.note_identity_number(child=xiaohai, number="99900120150302001X", by=by, at=AT)
    return xiaohai


def said(found, what):
    return [one.said[what] for one in found]


@pytest.mark.parametrize(
    ("described", "name", "born"),
    [
        (XIAOHAI, A, A),
        (replace(XIAOHAI, name="譚小海"), A, A),
        (replace(XIAOHAI, name="谭晓海"), C, A),
        (replace(XIAOHAI, name="谭小梅"), C, A),
        (replace(XIAOHAI, born_on=dt.date(2015, 3, 1), precision=Precision.MONTH), A, A),
        (replace(XIAOHAI, born_on=dt.date(2015, 2, 3)), A, C),
        (replace(XIAOHAI, born_on=dt.date(2015, 3, 5)), A, C),
        (replace(XIAOHAI, born_on=dt.date(2012, 6, 17)), A, D),
        (replace(XIAOHAI, born_on=None, precision=""), A, U),
        (replace(XIAOHAI, precision=Precision.ESTIMATED), A, U),
    ],
)
def test_alike_says_in_four_words_what_speaks_for_one_child(described, name, born, known, liumin):
    found = alike(described, liumin, on=TODAY)

    assert [one.child for one in found][:1] == [known]
    assert said(found, "name")[:1] == [name]
    assert said(found, "born")[:1] == [born]


def test_alike_holds_nobody_of_another_name_and_day_for_known(known, liumin):
    other = Described("赵钱孙", "M", dt.date(2012, 6, 17), Precision.DAY)

    assert alike(other, liumin, on=TODAY) == []


def test_alike_knows_a_child_by_a_former_name(known, liumin):
    describing.add_name(child=known, kind=NameKind.FORMER, name="覃大海", by=system(QINHUI), at=AT)

    found = alike(replace(XIAOHAI, name="覃大海"), liumin, on=TODAY)

    assert [(one.child, one.said["name"]) for one in found][:1] == [(known, A)]


def test_alike_compares_carer_and_place(known, team, qingshi, liumin):
    at_home = replace(XIAOHAI, carers=("吴玉真",), place=team.pk)
    moved = replace(XIAOHAI, carers=("李桂兰",), place=qingshi.pk)

    scores = [alike(who, liumin, on=TODAY)[0] for who in (at_home, moved)]

    assert [(one.said["carer"], one.said["place"]) for one in scores] == [(C, A), (D, D)]
    assert scores[0].score > scores[1].score


@pytest.mark.parametrize(
    ("who", "phone", "number"),
    [("liumin", A, A), ("zhanglan", A, A), ("yangfan", U, U), ("qinhui", U, U)],
)
def test_alike_compares_sealed_numbers_in_the_own_files_alone(who, phone, number, known, request):
    described = replace(XIAOHAI, phones=("+86 161 3291 3198",), identity="999001 20150302001x")

    found = alike(described, request.getfixturevalue(who), on=TODAY)

    assert [one.child for one in found] == [known]
    assert (said(found, "phone"), said(found, "id")) == ([phone], [number])


@pytest.mark.parametrize(("who", "many"), [("liumin", 1), ("yangfan", 0), ("qinhui", 0)])
def test_alike_finds_by_a_telephone_alone_in_the_own_files_alone(who, many, known, request):
    described = Described("赵钱孙", phones=("16132913198",))

    found = alike(described, request.getfixturevalue(who), on=TODAY)

    assert [one.child for one in found] == [known][:many]


def test_alike_tells_nothing_of_a_hidden_telephone(known, liumin):
    phone = known.kin.unscoped("her own").get().relative.phones.unscoped("her own").get()
    phone.is_hidden, phone.number = True, ""
    phone.save(update_fields=["is_hidden", "number", "number_index"])

    found = alike(replace(XIAOHAI, phones=("16132913198",)), liumin, on=TODAY)

    assert said(found, "phone") == [U]


def test_alike_hints_at_nobody_outside_however_likely(
    known, elsewhere, liumin, qinhui, other_house, stranger
):
    described = Described("肖宇安", "M", BORN, Precision.DAY)

    assert [one.child for one in alike(described, qinhui, on=TODAY)][:1] == [elsewhere]
    assert [one.child for one in alike(described, liumin, on=TODAY) if one.is_likely] == []
    assert alike(described, stranger, on=TODAY) == []


def test_alike_overlooks_nobody_behind_more_promising_ones_outside(
    registered, team, qingshi, liumin, monkeypatch
):
    monkeypatch.setattr(likeness, "A_BATCH", 2)
    for _ in range(5):
        registered("谭小海", qingshi)
    mine = registered("谭晓海", team)

    found = alike(XIAOHAI, liumin, on=TODAY)

    assert [one.child for one in found] == [mine]


def test_alike_stops_at_ten_with_the_likeliest_first(registered, team, liumin):
    for _ in range(11):
        registered("谭晓海", team)
    best = registered("谭小海", team)

    found = alike(XIAOHAI, liumin, on=TODAY)

    assert (len(found), found[0].child) == (10, best)


@pytest.mark.parametrize("described", [Described(), Described("·"), Described(" ", "F")])
def test_alike_asks_nothing_where_nothing_is_said(described, known, liumin):
    assert alike(described, liumin, on=TODAY) == []


def test_weights_put_close_between_agreeing_and_differing():
    for best, close, other in (
        (weights.NAME, weights.NAME_BY_SOUND, weights.NAME_BUT_ONE),
        (weights.NAME_BY_SOUND, weights.NAME_BUT_ONE, weights.OTHER_NAME),
        (weights.DAY, weights.NEAR_DAY, weights.OTHER_DAY),
        (weights.CARER, weights.CARER_BY_SOUND, weights.OTHER_CARER),
    ):
        assert best[1] > close[1] > other[1]


def test_weights_ask_a_person_about_a_name_and_a_day_and_not_about_one_of_them():
    assert weights.NAME[1] + weights.DAY[1] > weights.LIKELY
    assert weights.NAME_BY_SOUND[1] + weights.DAY[1] + weights.SEX[1] > weights.LIKELY
    assert weights.NAME[1] + weights.SEX[1] < weights.LIKELY
    assert weights.DAY[1] + weights.SEX[1] + weights.OTHER_NAME[1] < weights.LIKELY
