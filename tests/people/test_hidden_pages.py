import re

import pytest
from django.urls import reverse

from tests.access.conftest import last_row
from tests.conftest import AT
from tests.people.test_hidden import (
    ADDRESS,
    NUMBER,
    SCHOOL,
    SECRET,
    WHY,
    grandmother,
    hide_all,
    home_of,
    kept,
    phone_of,
)
from tonghu.access.journal import said_in
from tonghu.access.looks import LOOKED
from tonghu.access.models import Proposal
from tonghu.people.constants import HiddenKind
from tonghu.people.operations import describing

__all__ = ["grandmother"]
VALUES = (SECRET, NUMBER, SCHOOL)
LOOK = {"code": "ASSIGNED", "words": "送药上门"}


@pytest.fixture
def hidden(xiaohai, grandmother, liumin):
    hide_all(xiaohai, grandmother, liumin)
    return xiaohai


def leaked(answer) -> list[str]:
    page = answer.content.decode() + str(answer.headers)
    return [value for value in (*VALUES, "柳湾") if value in page]


def shown(client, child, kind=HiddenKind.RESIDENCE, **said):
    form = LOOK | {"what": kept(child, kind).pk} | said
    return client.post(reverse("hidden-show", args=[child.pk]), form)


def test_hiding_from_the_page_holds_at_once(xiaohai, grandmother, liumin, signed_in):
    client, address = signed_in(liumin), reverse("child-hide", args=[xiaohai.pk])
    form = {"address": "on", "phones": [phone_of(grandmother).pk], "words": WHY}

    answer = client.post(address, form)

    page = client.get(reverse("child", args=[xiaohai.pk])).content.decode()
    assert answer.status_code == 302
    assert (SECRET in page, NUMBER in page, "柳湾村" in page) == (False, False, True)
    assert page.count("另行约定") == 2


def test_the_file_of_a_hidden_child_reads_by_arrangement_for_everybody(
    hidden, liumin, zhanglan, signed_in
):
    pages = [signed_in(by).get(reverse("child", args=[hidden.pk])) for by in (liumin, zhanglan)]

    assert [leaked(page) for page in pages] == [[], []]
    assert [page.content.decode().count("另行约定") >= 3 for page in pages] == [True, True]


def test_card_of_the_list_and_of_the_search_name_no_hidden_place(hidden, yangfan, signed_in):
    client = signed_in(yangfan)

    listed = client.get(reverse("child-list"), {"view": "team"}).content.decode()
    found = client.get(reverse("search"), {"q": "谭小海"}).content.decode()

    row = re.search(r"<tr(?:(?!</tr>).)*谭小海.*?</tr>", listed, re.S)
    assert row is not None
    assert "另行约定" in row[0]
    assert "柳湾" not in row[0]
    assert "谭小海" in found
    assert "柳湾" not in found


def test_one_look_shows_one_value_for_a_minute(hidden, liumin, signed_in):
    answer = shown(signed_in(liumin), hidden)

    page = answer.content.decode()
    assert leaked(answer) == [SECRET, "柳湾"]  # the address itself begins with the village
    assert answer.headers["Refresh"] == f"60; url={reverse('child-hidden', args=[hidden.pk])}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert SECRET not in page.split("<main")[0]


def test_a_look_stands_in_the_journal_with_reason_and_without_value(hidden, liumin, signed_in):
    shown(signed_in(liumin), hidden)

    row = last_row(LOOKED)
    assert (row.subject_kind, row.fields, said_in(row).reason) == (
        "people.hiddenfield",
        "code",
        "送药上门",
    )


def test_asking_what_is_hidden_shows_no_value(hidden, liumin, zhanglan, qinhui, signed_in):
    pages = [
        signed_in(by).get(reverse("child-hidden", args=[hidden.pk]))
        for by in (liumin, zhanglan, qinhui)
    ]

    assert [(page.status_code, leaked(page)) for page in pages] == [(200, [])] * 3


@pytest.mark.parametrize("said", [{"words": ""}, {"words": "查"}, {"code": ""}, {"what": ""}])
def test_without_a_whole_reason_nothing_is_shown(said, hidden, liumin, signed_in):
    answer = shown(signed_in(liumin), hidden, **said)

    assert (answer.status_code, leaked(answer), "Refresh" in answer.headers) == (200, [], False)


@pytest.mark.parametrize("who", ["yangfan", "hejing", "gaoxiulan", "hanxue", "luowen", "stranger"])
@pytest.mark.parametrize("name", ["child-hidden", "hidden-show", "hidden-lift"])
def test_to_everybody_else_there_is_nothing_hidden_at_all(who, name, hidden, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    address = reverse(name, args=[hidden.pk])
    form = LOOK | {"what": kept(hidden, HiddenKind.RESIDENCE).pk}

    answer = client.get(address) if name == "child-hidden" else client.post(address, form)

    assert (answer.status_code, leaked(answer)) == (404, [])


def test_a_colleague_with_a_reason_reads_the_file_without_it(hidden, yangfan, signed_in):
    client = signed_in(yangfan)
    way = client.get(reverse("child", args=[hidden.pk])).headers["Location"]
    client.post(way, {"code": "COVER", "words": "刘敏请假，我替她"})

    page = client.get(reverse("child", args=[hidden.pk]))

    assert (page.status_code, leaked(page)) == (200, [])
    assert "查看隐藏信息" not in page.content.decode()


def test_two_persons_bring_it_back_through_the_pages(
    hidden, grandmother, liumin, zhanglan, signed_in
):
    field = kept(hidden, HiddenKind.RESIDENCE)
    signed_in(liumin).post(
        reverse("hidden-lift", args=[hidden.pk]),
        {"fields_hidden": [field.pk], "words": "判决已生效"},
    )
    proposal = Proposal.objects.unscoped("tests").get()
    second = signed_in(zhanglan)
    page = second.get(reverse("waiting", args=[proposal.pk]))

    second.post(reverse("waiting-decide", args=[proposal.pk]), {"confirm": "1"})

    assert leaked(page) == []
    assert home_of(hidden).address == SECRET


def test_pages_about_what_is_hidden_speak_chinese(hidden, liumin, signed_in):
    client = signed_in(liumin)
    names = ("child-hide", "child-hidden", "hidden-lift")
    pages = [client.get(reverse(name, args=[hidden.pk])) for name in names]
    pages.append(shown(client, hidden))

    for page in pages:
        main = re.search(r"<main.*?</main>", page.content.decode(), re.S)
        assert main is not None
        text = re.sub(r"<[^>]+>|&\w+;", " ", main[0]).replace(ADDRESS, "")
        assert re.findall(r"[A-Za-z]{3,}", re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}", "", text)) == []


def test_a_number_noted_again_stays_hidden(hidden, grandmother, liumin, signed_in):
    describing.note_phone(child=hidden, person=grandmother, number=NUMBER, by=liumin, at=AT)

    assert leaked(signed_in(liumin).get(reverse("child", args=[hidden.pk]))) == []
