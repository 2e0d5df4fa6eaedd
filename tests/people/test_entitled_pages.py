import re

import pytest
from django.urls import reverse

from tests.conftest import AT, FIRST_DAY, TODAY
from tonghu.kernel.ids import new_id
from tonghu.people.constants import Benefit, BenefitState, Category, ParentStatus, Relation
from tonghu.people.models import BenefitCheck, CategorySpan, Person
from tonghu.people.operations import benefits, families, spans
from tonghu.people.operations.suggestions import decline_suggestion
from tonghu.people.suggestions import declined_on, suggestions_for

RULE = "left-behind-2016"
WORDS_OF_ENGLISH = re.compile(r"[a-z]{3,}")  # numbers of files are capitals


@pytest.fixture
def left_behind(liumin, xiaohai):
    for name, relation in (("谭长青", Relation.FATHER), ("郑翠英", Relation.MOTHER)):
        parent = families.add_relative(
            child=xiaohai, name=name, relation=relation, by=liumin, at=AT
        ).relative
        families.note_parent_status(
            child=xiaohai,
            parent=parent,
            status=ParentStatus.WORKING_AWAY,
            from_on=FIRST_DAY,
            by=liumin,
            at=AT,
        )
    return xiaohai


@pytest.fixture
def poor(liumin, left_behind):
    spans.confirm_category(
        child=left_behind,
        category=Category.DIFF_ECONOMIC,
        from_on=FIRST_DAY,
        reason="低保家庭",
        by=liumin,
        at=AT,
    )
    return left_behind


def _held(child) -> list[tuple]:
    rows = CategorySpan.objects.unscoped("tests").filter(child=child).order_by("category")
    return [(row.category, row.rule, row.reason) for row in rows]


def _text(page) -> str:
    """What a reader sees of the main part of a page."""
    main = page.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"<svg.*?</svg>|<[^>]*>", " ", main, flags=re.S)


def _answer(client, child, answer, **said):
    told = {"rule": RULE, "from_on": str(FIRST_DAY), "reason": "都在外地", "op_id": str(new_id())}
    return client.post(reverse("suggestions", args=[child.pk]), told | {"answer": answer} | said)


def test_the_file_says_what_the_rules_say_and_why(liumin, left_behind, signed_in):
    page = signed_in(liumin).get(reverse("child", args=[left_behind.pk]))

    said = {str(one.title): (one.verdict, one.why) for one in page.context["rules_say"]}
    assert len(page.context["suggestions"]) == 1
    assert said["留守：父母双方外出，或一方外出另一方无监护能力；未满 16 岁"] == (
        "成立",
        "未满 16 岁；住在村里；父母都外出务工",
    )
    assert said["事实无人抚养：父母双方都在规定的情形里"][0] == "不成立"
    assert said["流动（统计口径）：跨乡镇、满 6 个月、未满 18 岁"][0] == "还说不准"


def test_a_suggestion_is_confirmed_with_its_rule_and_the_reason(liumin, left_behind, signed_in):
    answer = _answer(signed_in(liumin), left_behind, "confirm")

    assert answer.status_code == 302
    assert _held(left_behind) == [(Category.LEFT_BEHIND, RULE, "都在外地")]


def test_a_suggestion_is_left_aside_and_taken_up_again(liumin, left_behind, signed_in):
    client = signed_in(liumin)
    _answer(client, left_behind, "decline")
    rests = suggestions_for(liumin, left_behind, on=TODAY)
    (declined,) = declined_on(left_behind)

    client.post(
        reverse("suggestion-again", args=[left_behind.pk, declined.pk]), {"op_id": str(new_id())}
    )

    assert (_held(left_behind), rests) == ([], [])
    assert len(suggestions_for(liumin, left_behind, on=TODAY)) == 1


def test_a_category_that_holds_no_longer_is_ended_or_kept(liumin, left_behind, signed_in):
    span = spans.confirm_category(
        child=left_behind,
        category=Category.LEFT_BEHIND,
        from_on=FIRST_DAY,
        reason="父母外出",
        by=liumin,
        at=AT,
    )
    mother = Person.objects.unscoped("tests").get(name="郑翠英")
    families.note_parent_status(
        child=left_behind,
        parent=mother,
        status=ParentStatus.HEALTHY,
        from_on=TODAY,
        by=liumin,
        at=AT,
    )
    client = signed_in(liumin)
    page = client.get(reverse("suggestions", args=[left_behind.pk]))
    (card,) = page.context["cards"]

    key, day = str(new_id()), str(TODAY)
    answers = [
        _answer(client, left_behind, "confirm", op_id=key, span=str(span.pk), until_on=day)
        for _ in range(2)
    ]

    span.refresh_from_db()
    assert (card["begins"], card["form"]["span"].value()) == (False, str(span.pk))
    assert ([one.status_code for one in answers], span.until_on) == ([302, 302], TODAY)


def test_a_suggestion_sent_twice_is_answered_once(liumin, left_behind, signed_in):
    client, key = signed_in(liumin), str(new_id())

    answers = [_answer(client, left_behind, "confirm", op_id=key) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    assert len(_held(left_behind)) == 1


def test_an_answer_without_a_reason_comes_back_with_what_was_written(
    liumin, left_behind, signed_in
):
    page = _answer(signed_in(liumin), left_behind, "confirm", reason="", evidence="村委会证明")

    assert (page.status_code, _held(left_behind)) == (200, [])
    assert "村委会证明" in page.content.decode()


@pytest.mark.parametrize("rule", ["", "orphan-2010", "no-such-rule"])
def test_what_is_not_suggested_is_not_declined(rule, liumin, left_behind, signed_in):
    page = _answer(signed_in(liumin), left_behind, "decline", rule=rule)

    assert (page.status_code, declined_on(left_behind)) == (200, [])


def test_a_benefit_is_noted_in_fen_and_shown_in_yuan(liumin, poor, signed_in):
    client = signed_in(liumin)
    client.post(
        reverse("benefit-new", args=[poor.pk]),
        {
            "benefit": Benefit.DIBAO,
            "state": BenefitState.PARTIAL,
            "checked_on": str(TODAY),
            "monthly": "355.5",
            "due": "710",
            "received_from": str(FIRST_DAY),
            "asked": "村会计",
            "next_on": "2026-12-01",
            "op_id": str(new_id()),
        },
    )

    (check,) = BenefitCheck.objects.unscoped("tests")
    page = client.get(reverse("child", args=[poor.pk]))
    shown = {str(one.name): (str(one.state), one.notes) for one in page.context["benefits"]}
    assert (check.monthly, check.due, check.noted_by_id) == (35550, 71000, liumin.account_id)
    assert shown["最低生活保障"] == (
        "已纳入但未足额",
        [
            "每月 355.50 元、应领 710 元、从 2026年5月4日 起",
            "2026年6月1日核对，问的是村会计",
            "2026年12月1日再核对",
        ],
    )
    assert shown["家庭经济困难学生资助"][0] == "还没问过"


def test_asking_again_begins_with_the_last_answer(liumin, poor, signed_in):
    check = benefits.check_benefit(
        child=poor,
        benefit=Benefit.DIBAO,
        state=BenefitState.FULL,
        checked_on=FIRST_DAY,
        monthly=71000,
        by=liumin,
        at=AT,
    )

    page = signed_in(liumin).get(reverse("benefit-again", args=[poor.pk, check.pk]))
    form = page.context["form"]

    assert (form["benefit"].value(), form["monthly"].value()) == (Benefit.DIBAO, "710")
    assert form["checked_on"].value() == TODAY


@pytest.mark.parametrize("amount", ["-5", "五百", "1.234"])
def test_what_is_no_amount_is_said_at_its_field(amount, liumin, poor, signed_in):
    told = {
        "benefit": Benefit.DIBAO,
        "state": BenefitState.FULL,
        "checked_on": str(TODAY),
        "monthly": amount,
    }

    page = signed_in(liumin).post(reverse("benefit-new", args=[poor.pk]), told)

    assert list(page.context["form"].errors) == ["monthly"]
    assert BenefitCheck.objects.unscoped("tests").count() == 0


def test_pages_of_a_colleagues_file_are_not_hers(yangfan, poor, signed_in):
    client = signed_in(yangfan)

    answers = [client.get(reverse(n, args=[poor.pk])) for n in ("suggestions", "benefit-new")]

    assert [one.status_code for one in answers] == [403, 403]


def test_no_english_is_left_on_the_chinese_pages(liumin, poor, signed_in):
    client = signed_in(liumin)
    check = benefits.check_benefit(
        child=poor,
        benefit=Benefit.DIBAO,
        state=BenefitState.PARTIAL,
        checked_on=FIRST_DAY,
        next_on=TODAY,
        by=liumin,
        at=AT,
    )
    suggested = _text(client.get(reverse("suggestions", args=[poor.pk])))
    decline_suggestion(
        child=poor, category=Category.LEFT_BEHIND, reason="母亲在家", by=liumin, at=AT
    )
    pages = [
        client.get(reverse("child", args=[poor.pk])),
        client.get(reverse("suggestions", args=[poor.pk])),
        client.get(reverse("benefit-again", args=[poor.pk, check.pk])),
    ]

    texts = [suggested, *(_text(page) for page in pages)]
    assert [WORDS_OF_ENGLISH.findall(text) for text in texts] == [[], [], [], []]
