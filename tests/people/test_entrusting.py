import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.access.conftest import last_row
from tests.conftest import AT, FIRST_DAY, TODAY
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.kernel.ids import new_id
from tonghu.people.constants import (
    CareArrangement,
    ContactWay,
    Fitness,
    ParentStatus,
    Relation,
)
from tonghu.people.definitions.facts import How
from tonghu.people.entrusting import fitness_of, is_left_without, missing_of
from tonghu.people.models import CareSpan
from tonghu.people.operations import entrusting, families, spans
from tonghu.people.work import open_for

NO = dict.fromkeys(("has_harmed", "is_addicted", "has_failed", "is_otherwise_unfit"), False)
DONE = {
    "confirmed_on": FIRST_DAY,
    "child_heard": True,
    "school_told_on": FIRST_DAY,
    "committee_told_on": FIRST_DAY,
    "weekly_contact": True,
    "contact_by": ContactWay.VIDEO,
    "contact_asked_on": TODAY,
}
WORDS_OF_ENGLISH = re.compile(r"[a-z]{3,}")


@pytest.fixture
def care(liumin, xiaohai) -> CareSpan:
    return _entrust(xiaohai, liumin)


def _entrust(child, by, **said):
    grandmother = families.add_relative(
        child=child, name="高改香", relation=Relation.GM_P, by=by, at=AT
    ).relative
    return spans.arrange_care(
        child=child,
        arrangement=CareArrangement.GRANDPARENT_P,
        carer=grandmother,
        is_entrusted=True,
        from_on=FIRST_DAY,
        by=by,
        at=AT,
        **said,
    )


def _missing(care, on=TODAY) -> list[str]:
    care.refresh_from_db()
    return [str(one) for one in missing_of(care, on)]


@pytest.mark.parametrize(
    ("barred", "is_able", "fitness"),
    [
        ((False, False, False, False), True, Fitness.FIT),
        ((False, True, None, False), True, Fitness.UNFIT),
        ((False, False, False, False), False, Fitness.UNFIT),
        ((None, False, False, False), True, Fitness.UNCHECKED),
        ((False, False, False, False), None, Fitness.UNCHECKED),
    ],
)
def test_one_barred_class_is_enough_and_an_open_answer_leaves_it_open(barred, is_able, fitness):
    assert fitness_of(barred, is_able=is_able) is fitness


def test_what_is_missing_goes_as_it_is_done(liumin, care):
    before = _missing(care)
    entrusting.note_entrusted_care(care=care, **DONE, by=liumin, at=AT)
    noted = _missing(care)
    entrusting.check_fitness(
        care=care, **NO, is_able=True, checked_on=TODAY, asked="村委会", by=liumin, at=AT
    )

    assert len(before) == 6
    assert noted == ["没核实能否照料"]
    assert _missing(care) == []
    assert (care.fitness, care.fitness_checked_by) == (Fitness.FIT, liumin.account)
    assert last_row("people.entrusted_carer.checked").about_id == care.child_id


def test_an_old_answer_about_contact_is_asked_for_again(liumin, care):
    entrusting.note_entrusted_care(care=care, **DONE, by=liumin, at=AT)
    entrusting.check_fitness(care=care, **NO, is_able=True, checked_on=TODAY, by=liumin, at=AT)

    assert _missing(care, TODAY + dt.timedelta(30)) == []
    assert _missing(care, TODAY + dt.timedelta(31)) == ["每周联系的情况超过 30 天没问过"]


def test_the_way_of_contact_goes_with_the_contact(liumin, care):
    entrusting.note_entrusted_care(
        care=care, **(DONE | {"weekly_contact": False}), by=liumin, at=AT
    )

    care.refresh_from_db()
    assert (care.weekly_contact, care.contact_by) == (False, "")


def test_care_sent_again_the_same_day_keeps_what_was_noted(liumin, xiaohai, care):
    entrusting.note_entrusted_care(care=care, **DONE, by=liumin, at=AT)

    spans.arrange_care(
        child=xiaohai,
        arrangement=CareArrangement.GRANDPARENT_M,
        carer=care.carer,
        is_entrusted=True,
        from_on=FIRST_DAY,
        by=liumin,
        at=AT,
    )

    care.refresh_from_db()
    assert (care.arrangement, care.confirmed_on, care.child_heard) == (
        CareArrangement.GRANDPARENT_M,
        FIRST_DAY,
        True,
    )


def test_care_that_is_not_entrusted_is_asked_nothing(liumin, xiaohai):
    care = spans.arrange_care(
        child=xiaohai,
        arrangement=CareArrangement.PARENT_BOTH,
        from_on=FIRST_DAY,
        by=liumin,
        at=AT,
    )

    with pytest.raises(entrusting.NotEntrusted):
        entrusting.note_entrusted_care(care=care, **DONE, by=liumin, at=AT)


@pytest.mark.parametrize(("who", "refusal"), [("yangfan", Forbidden), ("stranger", Hidden)])
def test_only_who_answers_for_the_file_notes_it(who, refusal, care, request):
    actor = request.getfixturevalue(who)

    with pytest.raises(refusal):
        entrusting.check_fitness(care=care, **NO, is_able=True, checked_on=TODAY, by=actor, at=AT)
    assert _missing(care)[0] == "没核实能否照料"


@pytest.mark.parametrize(
    ("arrangement", "mother", "without"),
    [
        (CareArrangement.GRANDPARENT_P, ParentStatus.WORKING_AWAY, True),
        (CareArrangement.PARENT_ONE, ParentStatus.WORKING_AWAY, False),
        (CareArrangement.GRANDPARENT_P, ParentStatus.HEALTHY, False),
    ],
)
def test_parents_away_who_entrusted_nobody_are_told_apart(arrangement, mother, without):
    father = How(ParentStatus.WORKING_AWAY, FIRST_DAY, since_known=True)
    other = How(mother, FIRST_DAY, since_known=True)

    assert is_left_without(CareSpan(arrangement=arrangement), father, other) is without
    assert not is_left_without(CareSpan(arrangement=arrangement), father, None)


def test_the_work_list_says_what_is_missing(liumin, yangfan, care, registered, team):
    _entrust(registered("余若静", team, holder=yangfan), yangfan)

    lists = {one.key: one.tasks for one in open_for(liumin, on=TODAY)}

    assert [task.who for task in lists["entrusted"]] == ["谭小海"]


def test_the_file_and_its_forms_in_chinese(liumin, xiaohai, care, signed_in):
    client = signed_in(liumin)
    client.post(
        reverse("fitness", args=[xiaohai.pk, care.pk]),
        {"checked_on": str(TODAY), "is_able": "yes", "is_addicted": "yes", "op_id": str(new_id())},
    )
    pages = [
        client.get(reverse("child", args=[xiaohai.pk])),
        client.get(reverse("fitness", args=[xiaohai.pk, care.pk])),
        client.get(reverse("entrusted-care", args=[xiaohai.pk, care.pk])),
    ]

    shown = pages[0].context["entrusted"]
    assert (shown.fitness, shown.checked) == (
        "属于四类不得受托的人",
        "2026年6月1日、刘敏核实",
    )
    assert pages[1].context["form"]["is_addicted"].value() == "yes"
    for page in pages:
        main = page.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
        told = re.sub(r"<svg.*?</svg>|<[^>]*>", " ", main, flags=re.S)
        assert WORDS_OF_ENGLISH.findall(told) == []


def test_the_forms_are_not_a_colleagues(yangfan, xiaohai, care, signed_in):
    client = signed_in(yangfan)
    names = ("fitness", "entrusted-care")

    answers = [client.get(reverse(one, args=[xiaohai.pk, care.pk])) for one in names]

    assert [one.status_code for one in answers] == [403, 403]
