"""The page on which a newer list stands beside the files."""

import re

import pytest
from django.db.models import Q
from django.urls import reverse

from tests.conftest import AT, QINHUI, TODAY
from tests.people.bringing import brought, imported
from tests.people.test_roster_newer import FIRST, NEWER, called
from tonghu.access.actors import system
from tonghu.access.constants import ClosingKind
from tonghu.access.looks import LOOKED
from tonghu.access.models import JournalRow
from tonghu.access.operations import grounds
from tonghu.people.models import Phone, ResidenceSpan, RosterQuestion
from tonghu.people.operations import describing, hiding, registering
from tonghu.people.policy import FILE
from tonghu.people.takeover.answers import ARRIVED, DIFFERS, GONE


@pytest.fixture
def newer(team, liumin):
    imported(brought(liumin, FIRST, team), liumin)
    return imported(brought(liumin, NEWER, team), liumin)


def page_of(client, roster):
    return client.get(reverse("roster-changes", args=[roster.pk])).content.decode()


def questions(roster, code=DIFFERS):
    rows = RosterQuestion.objects.unscoped("a test looks").filter(roster=roster, code=code)
    return {one.field: one for one in rows}


def words_in(page):
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_both_values_of_each_change_stand_on_the_page(newer, liumin, signed_in):
    page = page_of(signed_in(liumin), newer)

    assert "多 1 个，少 1 个" in page
    for text in (
        "3组12号",
        "5组2号",
        "谭福生（祖父",
        "谭建军（父亲）",
        "16132913198",
        "16132913100",
    ):
        assert text in page, text
    assert "4 年级" in page
    assert "王燕曦" in page
    assert "马若曦" in page


def test_the_better_founded_side_is_chosen(newer, liumin, signed_in):
    page = page_of(signed_in(liumin), newer)

    asked = questions(newer)
    chosen = dict(re.findall(r'name="d-([^"]+)"\s+value="(\w+)" checked', page))
    assert chosen[str(asked["address"].pk)] == "take"
    assert len(chosen) == len(asked)


def test_what_is_chosen_is_written_down(newer, liumin, signed_in):
    client, asked = signed_in(liumin), questions(newer)
    said = {f"d-{one.pk}": "leave" for one in asked.values()}
    said[f"d-{asked['address'].pk}"] = "take"

    client.post(reverse("roster-decide", args=[newer.pk]), said)

    home = ResidenceSpan.objects.unscoped("a test looks").get(
        person=called("谭小海").pk, until_on=None
    )
    now = questions(newer)
    assert home.address == "5组2号"
    assert {name: one.answer for name, one in now.items()} == {
        name: "take" if name == "address" else "leave" for name in now
    }


@pytest.mark.parametrize("answer", ["take", "leave"])
def test_all_that_is_shown_is_decided_at_one_go(answer, newer, liumin, signed_in):
    client = signed_in(liumin)
    said = {f"d-{one.pk}": "take" for one in questions(newer).values()}

    client.post(reverse("roster-decide", args=[newer.pk]), said | {"all": answer})

    assert {one.answer for one in questions(newer).values()} == {answer}


def test_what_the_page_did_not_show_is_not_decided(newer, liumin, signed_in):
    signed_in(liumin).post(reverse("roster-decide", args=[newer.pk]), {"all": "take"})

    assert {one.answer for one in questions(newer).values()} == {""}


def test_who_is_gone_is_answered_on_the_page(newer, liumin, signed_in):
    client, gone = signed_in(liumin), questions(newer, GONE)["row"]

    client.post(
        reverse("roster-answer", args=[newer.pk]),
        {"question": gone.pk, "answer": "stays", "value": ""},
    )

    assert questions(newer, GONE)["row"].answer == "stays"
    assert "王燕曦" not in page_of(client, newer)


def test_who_is_new_is_left_out_and_taken_in_on_the_page(newer, liumin, signed_in):
    client, asked = signed_in(liumin), questions(newer, ARRIVED)["child"]
    number = called("马若曦").pk

    client.post(
        reverse("roster-answer", args=[newer.pk]), {"question": asked.pk, "answer": "leave"}
    )

    words = words_in(page_of(client, newer))
    assert "1 个孩子没有收" in words
    assert str(number) not in page_of(client, newer)
    client.post(reverse("roster-take-in", args=[newer.pk, asked.pk]))
    assert "没有收" not in words_in(page_of(client, newer))
    assert called("马若曦").person.name == "马若曦"


def test_all_new_children_are_kept_at_one_go(newer, liumin, signed_in):
    asked = questions(newer, ARRIVED)["child"]

    signed_in(liumin).post(
        reverse("roster-answer", args=[newer.pk]), {"question": [asked.pk], "answer": "take"}
    )

    assert questions(newer, ARRIVED)["child"].answer == "take"


def test_each_file_that_is_shown_is_on_record(newer, liumin, signed_in):
    page_of(signed_in(liumin), newer)

    rows = JournalRow.objects.unscoped("a test looks").filter(event=LOOKED)
    assert [row.about_id for row in rows] == [called("谭小海").pk]


def test_a_colleague_sees_nothing_of_a_file_that_is_not_hers(newer, liumin, yangfan, signed_in):
    for name in ("谭小海", "王燕曦"):
        registering.assign_child(
            child=called(name), worker=liumin.account, from_on=TODAY, by=system(QINHUI), at=AT
        )

    page = page_of(signed_in(yangfan), newer)

    assert "少 0 个，0 处有变化" in page
    for text in ("3组12号", "16132913198", "谭福生", "谭小海", "王燕曦"):
        assert text not in page, text
    looks = JournalRow.objects.unscoped("a test looks").filter(event=LOOKED)
    assert looks.count() == 0


def test_a_closed_file_is_in_no_difference_and_in_no_count(newer, liumin, signed_in):
    for name in ("谭小海", "王燕曦", "马若曦"):
        grounds.close_to(
            account=liumin.account,
            kind=ClosingKind.CONFLICT,
            target_kind=FILE,
            target_id=called(name).pk,
            words="是孩子的姑姑",
            by=system(QINHUI),
            at=AT,
        )

    page = page_of(signed_in(liumin), newer)

    assert "多 0 个，少 0 个，0 处有变化" in page
    assert [name for name in ("谭小海", "王燕曦", "马若曦") if name in page] == []


def test_a_hidden_telephone_or_address_is_on_neither_side(newer, liumin, signed_in):
    child, phones = called("谭小海"), Phone.objects.unscoped("a test")
    hiding.hide(
        child=child,
        address=True,
        phones=list(phones.filter(Q(person=child.pk) | Q(person__kin_of__child=child))),
        words="母亲正在申请人身安全保护令",
        by=liumin,
        at=AT,
    )

    page = page_of(signed_in(liumin), newer)

    assert "16132913198" not in page
    assert "3组12号" not in page


def test_of_an_identity_number_four_signs_are_shown(xiaohai, liumin, yangfan, team, signed_in):
    describing.note_identity_number(child=xiaohai, number="999001201503020017", by=liumin, at=AT)
    text = "姓名,性别,出生日期,身份证号\n谭小海,男,2015.3.2,999001201503020033\n"
    roster = imported(brought(yangfan, text, team), yangfan)

    page = page_of(signed_in(liumin), roster)

    assert "…0017" in page
    assert "…0033" in page
    assert "9990012015" not in page


def test_no_english_is_left_on_the_chinese_page(newer, liumin, signed_in):
    words = words_in(page_of(signed_in(liumin), newer))

    assert re.findall(r"[A-Za-z]{3,}", words) == []


@pytest.mark.parametrize("who", ["hejing", "qinhui", "hanxue", "stranger"])
def test_nobody_else_finds_the_page(who, newer, request, signed_in):
    client = signed_in(request.getfixturevalue(who))

    assert client.get(reverse("roster-changes", args=[newer.pk])).status_code == 404
