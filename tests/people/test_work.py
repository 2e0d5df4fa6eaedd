import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.conftest import AT, FIRST_DAY, QINHUI, TODAY
from tests.people.bringing import a_list_of
from tonghu.access.actors import system
from tonghu.people import work
from tonghu.people.constants import (
    Benefit,
    BenefitState,
    CareArrangement,
    Category,
    ParentStatus,
    Precision,
    Relation,
)
from tonghu.people.models import Person
from tonghu.people.operations import benefits, doubles, families, spans
from tonghu.people.work import Task, WorkList, open_for
from tonghu.people.worklists import coming_of_age

WORDS_OF_ENGLISH = re.compile(r"[a-z]{3,}")


def _lists(by) -> dict[str, list[str]]:
    return {one.key: [task.who for task in one.tasks] for one in open_for(by, on=TODAY)}


def _check(child, state, by, **said):
    return benefits.check_benefit(
        child=child, benefit=Benefit.DIBAO, state=state, checked_on=FIRST_DAY, by=by, at=AT, **said
    )


def _alone(child, by):
    spans.arrange_care(
        child=child, arrangement=CareArrangement.ALONE, from_on=FIRST_DAY, by=by, at=AT
    )


def _father_in_custody(child, by):
    father = families.add_relative(
        child=child, name="谭长青", relation=Relation.FATHER, by=by, at=AT
    ).relative
    families.note_parent_status(
        child=child,
        parent=father,
        status=ParentStatus.IN_CUSTODY,
        from_on=FIRST_DAY,
        by=by,
        at=AT,
    )


def _disabled(child, by):
    spans.confirm_category(
        child=child,
        category=Category.DIFF_SELF,
        from_on=FIRST_DAY,
        reason="残疾证",
        by=by,
        at=AT,
    )


@pytest.fixture
def theirs(registered, team, yangfan):
    """Of each kind something on a colleague's file."""
    child = registered("余若静", team, holder=yangfan)
    _alone(child, yangfan)
    _father_in_custody(child, yangfan)
    _check(child, BenefitState.PARTIAL, yangfan, next_on=TODAY)
    return child


@pytest.fixture
def busy(liumin, xiaohai, wangyan, theirs):
    """Of each kind something on Liu Min's files."""
    _alone(xiaohai, liumin)
    _father_in_custody(xiaohai, liumin)
    _check(xiaohai, BenefitState.ELIGIBLE_NOT_GIVEN, liumin, next_on=TODAY)
    _check(wangyan, BenefitState.OTHER, liumin, next_on=TODAY)
    _disabled(xiaohai, liumin)
    doubles.note_possible_double(one=xiaohai, other=wangyan, score=18, by=system(QINHUI), at=AT)
    return xiaohai


def test_each_kind_of_open_thing_stands_on_its_list(liumin, busy):
    assert _lists(liumin) == {
        "alone": ["谭小海"],
        "not-arriving": ["谭小海"],
        "suggested": ["谭小海", "谭小海"],
        "doubles": ["谭小海"] if busy.pk < _pk("王燕曦") else ["王燕曦"],
        "to-ask-again": ["王燕曦"],
        "never-asked": ["谭小海"],
    }


def _pk(name):
    return Person.objects.unscoped("tests").get(name=name).pk


def test_a_supervisor_sees_those_of_her_workers(zhanglan, busy):
    assert {"alone", "not-arriving", "suggested"} <= _lists(zhanglan).keys()
    assert [key for key, names in _lists(zhanglan).items() if "余若静" in names] == []


def test_the_head_has_the_pairs_she_decides_and_no_more(qinhui, busy):
    assert list(_lists(qinhui)) == ["doubles"]


@pytest.mark.parametrize("who", ["hejing", "hanxue", "stranger"])
def test_nobody_else_has_anything_on_it(who, busy, request):
    assert _lists(request.getfixturevalue(who)) == {}


def test_questions_of_rosters_of_the_own_places_are_counted(liumin, team):
    a_list_of(QINHUI)

    assert "rosters" not in _lists(liumin)


@pytest.mark.parametrize(
    ("born_on", "precision", "told"),
    [
        (dt.date(2010, 6, 2), Precision.DAY, ["2026年6月2日满 16 岁"]),
        (dt.date(2010, 7, 31), Precision.DAY, ["2026年7月31日满 16 岁"]),
        (dt.date(2010, 8, 1), Precision.DAY, []),
        (dt.date(2010, 6, 1), Precision.DAY, []),
        (dt.date(2012, 6, 15), Precision.DAY, ["2026年6月15日满 14 岁"]),
        (dt.date(2008, 6, 15), Precision.DAY, ["2026年6月15日满 18 岁"]),
        (dt.date(2010, 6, 15), Precision.ESTIMATED, []),
    ],
)
def test_an_age_of_the_law_is_told_sixty_days_before(born_on, precision, told, liumin, xiaohai):
    rows = Person.objects.unscoped("tests").filter(pk=xiaohai.pk)
    rows.update(born_on=born_on, precision=precision)

    assert [task.what for task in coming_of_age(liumin, TODAY, 9)] == told


def test_a_child_of_sixteen_who_lives_alone_is_on_no_list_of_alarm(liumin, xiaohai):
    _alone(xiaohai, liumin)
    rows = Person.objects.unscoped("tests").filter(pk=xiaohai.pk)
    rows.update(born_on=dt.date(2010, 6, 1))

    assert "alone" not in _lists(liumin)


def test_a_list_shows_its_first_rows_and_says_that_there_are_more(liumin, monkeypatch):
    many = [Task(str(n), "", "/", "") for n in range(40)]
    monkeypatch.setattr(work, "_lists", {"x": WorkList("x", "", "", lambda by, on, n: many[:n])})

    (one,) = open_for(liumin, on=TODAY)

    assert ([task.who for task in one.tasks], one.there_are_more) == (
        [str(n) for n in range(work.A_LIST)],
        True,
    )


def test_the_page_and_today_show_the_own_and_nothing_of_others(liumin, busy, signed_in):
    client = signed_in(liumin)

    page = client.get(reverse("people-work"))
    cards = client.get(reverse("today")).context["cards"]

    assert (page.status_code, page.context["open"]) == (200, 7)
    assert "余若静" not in page.content.decode()
    owed = [one for one in cards if one.group != "first"]
    assert [(card.group, str(card.title), card.why) for card in owed] == [
        ("overdue", "没有成年人照顾的孩子", "谭小海"),
        ("today", "该领没领到", "谭小海"),
    ]


@pytest.mark.parametrize("who", ["hejing", "hanxue"])
def test_the_page_names_nobody_to_who_answers_for_no_file(who, busy, request, signed_in):
    page = signed_in(request.getfixturevalue(who)).get(reverse("people-work"))

    assert page.context["open"] == 0
    assert "谭小海" not in page.content.decode()


def test_no_english_is_left_on_the_chinese_page(liumin, busy, signed_in):
    page = signed_in(liumin).get(reverse("people-work")).content.decode()

    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    told = re.sub(r"<svg.*?</svg>|<[^>]*>", " ", main, flags=re.S)
    assert WORDS_OF_ENGLISH.findall(told) == []


def test_an_empty_list_says_what_will_stand_there(liumin, team, signed_in):
    page = signed_in(liumin).get(reverse("people-work"))

    assert "规则的建议、要回答的问题、到期的日子会列在这里。" in page.content.decode()
