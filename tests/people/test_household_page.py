import re

import pytest
from django.urls import reverse

from tests.access.conftest import last_row
from tests.conftest import AT, FIRST_DAY, TODAY
from tonghu.access.looks import LOOKED
from tonghu.people.constants import Benefit, BenefitState, Relation
from tonghu.people.models import HouseholdMember
from tonghu.people.operations import benefits, families

WORDS_OF_ENGLISH = re.compile(r"[a-z]{3,}")


@pytest.fixture
def household(liumin, xiaohai):
    people = [
        families.add_relative(child=xiaohai, name=name, relation=relation, by=liumin, at=AT)
        for name, relation in (("高改香", Relation.GM_P), ("谭长青", Relation.FATHER))
    ]
    home = families.begin_household(
        child=xiaohai,
        members=[one.relative for one in people],
        from_on=FIRST_DAY,
        best_time="晚上",
        by=liumin,
        at=AT,
    )
    stays = HouseholdMember.objects.unscoped("tests")
    families.leave_household(
        child=xiaohai,
        member=stays.get(person=people[1].relative),
        until_on=FIRST_DAY,
        by=liumin,
        at=AT,
    )
    return home


def _get(client, child, household):
    return client.get(reverse("household", args=[child.pk, household.pk]))


def test_the_page_tells_who_lives_and_who_lived_here(liumin, xiaohai, household, signed_in):
    page = _get(signed_in(liumin), xiaohai, household)

    told = {
        key: [(one.name, [str(note) for note in one.notes]) for one in page.context[key]]
        for key in ("here", "gone")
    }
    assert sorted(told["here"]) == [("谭小海", []), ("高改香", ["祖母"])]
    assert told["gone"] == [("谭长青", ["父亲"])]
    assert last_row(LOOKED).about_id == xiaohai.pk


def test_no_english_is_left_on_the_chinese_page(liumin, xiaohai, household, signed_in):
    page = _get(signed_in(liumin), xiaohai, household).content.decode()

    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    told = re.sub(r"<svg.*?</svg>|<[^>]*>", " ", main, flags=re.S)
    assert WORDS_OF_ENGLISH.findall(told) == []


def test_it_opens_with_the_file_alone(
    yangfan, qinhui, hejing, liumin, xiaohai, wangyan, household, signed_in
):
    answers = {
        "a colleague": _get(signed_in(yangfan), xiaohai, household).status_code,
        "the head": _get(signed_in(qinhui), xiaohai, household).status_code,
        "the administrator": _get(signed_in(hejing), xiaohai, household).status_code,
        "through another child": _get(signed_in(liumin), wangyan, household).status_code,
    }

    assert answers == {
        "a colleague": 302,
        "the head": 302,
        "the administrator": 404,
        "through another child": 404,
    }


def test_the_list_is_narrowed_to_what_is_due_and_not_received(
    liumin, yangfan, xiaohai, wangyan, registered, team, signed_in
):
    theirs = registered("余若静", team, holder=yangfan)
    for child, state, by in (
        (xiaohai, BenefitState.PARTIAL, liumin),
        (wangyan, BenefitState.FULL, liumin),
        (theirs, BenefitState.ELIGIBLE_NOT_GIVEN, yangfan),
    ):
        benefits.check_benefit(
            child=child, benefit=Benefit.DIBAO, state=state, checked_on=TODAY, by=by, at=AT
        )

    page = signed_in(liumin).get(reverse("child-list"), {"view": "team", "benefit": "missing"})

    assert [one.name for one in page.context["lines"]] == ["谭小海"]
    assert [str(chip.label) for chip in page.context["chips"]] == ["该领没领到"]
