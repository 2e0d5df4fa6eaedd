"""The page of search and its command: whom they show, what they say, what is on record."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.utils import translation

from tests.access.conftest import events, last_row
from tests.conftest import AT, QINHUI, TODAY, TOLD_WHOSE
from tonghu.access.actors import system
from tonghu.config import cli
from tonghu.kernel.errors import Refused
from tonghu.people import words
from tonghu.people.constants import Precision
from tonghu.people.models import Person, ResidenceSpan
from tonghu.people.operations import describing
from tonghu.people.search import asking

SEARCHED = "access.record.searched"
THE_CHAINS_LOCK = 1 if connection.vendor == "postgresql" else 0


def asked(client, words: str):
    return client.get("/search/", {"q": words})


def test_search_page_says_age_place_holder_and_what_fits(xiaohai, liumin, signed_in):
    page = asked(signed_in(liumin), "谭晓海")

    (hit,) = page.context["hits"]
    assert (hit.name, hit.age, hit.place, hit.holder, hit.matched) == (
        "谭小海",
        "11 岁",
        "柳湾村",
        "刘敏",
        "读音相同",
    )
    assert "1 个孩子" in page.content.decode()
    assert f'href="/children/{xiaohai.pk}/"' in page.content.decode()


def test_search_page_of_a_child_nobody_holds_says_so(wangyan, liumin, signed_in):
    page = asked(signed_in(liumin), "王燕曦").content.decode()

    assert "还没有人负责" in page


@pytest.mark.parametrize(("who", "names"), [("liumin", []), ("qinhui", ["肖宇安"])])
def test_search_page_shows_whom_this_person_may_find(
    who, names, elsewhere, team, request, signed_in
):
    page = asked(signed_in(request.getfixturevalue(who)), "肖宇安")

    assert [hit.name for hit in page.context["hits"]] == names
    assert ("没有对得上的" in page.content.decode()) == (names == [])


@pytest.mark.parametrize("who", ["hejing", "hanxue"])
def test_search_page_shows_no_child_to_who_works_with_none(who, xiaohai, request, signed_in):
    client = signed_in(request.getfixturevalue(who))

    assert asked(client, "谭小海").context["hits"] == []
    assert 'id="search"' not in client.get("/").content.decode()


def test_search_is_offered_in_the_frame_of_who_works_with_children(liumin, signed_in):
    assert 'action="/search/"' in signed_in(liumin).get("/").content.decode()


def test_search_page_says_nothing_of_a_hidden_place(xiaohai, liumin, signed_in):
    rows = ResidenceSpan.objects.unscoped("its place").filter(person_id=xiaohai.pk)
    rows.update(place_is_hidden=True, place=None)

    (hit,) = asked(signed_in(liumin), "谭小海").context["hits"]

    assert hit.place == "另行约定"


def test_search_is_on_record_with_its_hits_and_its_words_sealed(xiaohai, liumin, signed_in):
    asked(signed_in(liumin), " 谭小海 ")

    row = last_row(SEARCHED)
    assert (row.account_id, row.subject_kind, row.fields) == (
        liumin.account_id,
        "people.child",
        "words hits",
    )
    assert "谭小海" not in row.sealed


@pytest.mark.parametrize("words", ["", " ", "·", "t", "12", "123"])
def test_search_that_is_too_short_asks_nothing_and_is_not_on_record(
    words, xiaohai, liumin, signed_in
):
    page = asked(signed_in(liumin), words)

    assert page.context["hits"] == []
    assert ("太短了" in page.content.decode()) == bool(words.strip())
    assert events().count(SEARCHED) == 0


def test_search_page_says_where_there_may_be_more(registered, team, liumin, signed_in):
    for _ in range(26):
        registered("谭小海", team)

    page = asked(signed_in(liumin), "谭")

    assert len(page.context["hits"]) == 25
    assert "可能还有更多" in page.content.decode()


@pytest.mark.parametrize("how_many", [1, 3])
def test_search_page_asks_the_same_however_many_it_finds(
    how_many, registered, team, liumin, signed_in, django_assert_num_queries
):
    for _ in range(how_many):
        registered("谭小海", team, holder=liumin)
    client = signed_in(liumin)

    with django_assert_num_queries(17 + TOLD_WHOSE + THE_CHAINS_LOCK):
        asked(client, "谭小海")


def test_search_page_keeps_what_was_typed_out_of_its_title(xiaohai, liumin, signed_in):
    title = asked(signed_in(liumin), "谭小海").content.decode().partition("</title>")[0]

    assert "谭" not in title


@pytest.mark.parametrize(
    ("born_on", "precision", "chinese", "english"),
    [
        (dt.date(2015, 3, 2), Precision.DAY, "11 岁", "11 years old"),
        (dt.date(2025, 6, 1), Precision.DAY, "1 岁", "1 year old"),
        (dt.date(2015, 6, 1), Precision.MONTH, "10 至 11 岁", "10 to 11 years old"),
        (dt.date(2026, 5, 1), Precision.ESTIMATED, "0 至 2 岁", "0 to 2 years old"),
        (None, "", "年龄不详", "age not known"),
    ],
)
def test_age_is_said_as_exactly_as_the_birth_date_is_known(born_on, precision, chinese, english):
    child = Person(name="谭小海", born_on=born_on, precision=precision)

    assert words.age(child.born_on, child.precision, TODAY) == chinese
    with translation.override("en"):
        assert words.age(child.born_on, child.precision, TODAY) == english


def test_search_command_prints_one_document_of_what_a_colleague_finds(
    xiaohai, elsewhere, liumin, capsys
):
    describing.note_identity_number(
        child=xiaohai, number="99900120150302001X", by=system(QINHUI), at=AT
    )

    code = cli.main(["search", "001X", "--as", "liumin", "--json"])

    said = json.loads(capsys.readouterr().out)
    assert code == 0
    assert [(one["name"], one["matched"]) for one in said["children"]] == [
        ("谭小海", "身份证号后四位")
    ]
    assert last_row(SEARCHED).account_id == liumin.account_id


def test_search_command_finds_nobody_whom_the_colleague_may_not_find(
    xiaohai, elsewhere, liumin, capsys
):
    cli.main(["search", "肖宇安", "--as", "liumin", "--json"])

    assert json.loads(capsys.readouterr().out)["children"] == []


def test_search_command_refuses_who_is_not_at_work(house):
    with pytest.raises(Refused):
        asking.search_as("谭小海", "nobody")
