"""What a list tells of a child that is not the reader's: nothing beyond its card (R22, R55)."""

import pytest
from django.urls import reverse

from tests.conftest import AT, QINHUI, TODAY
from tests.people.bringing import brought, everything, imported, lines_of, outcomes
from tonghu.access.actors import system
from tonghu.access.constants import ClosingKind
from tonghu.access.operations import grounds
from tonghu.people.constants import LineOutcome
from tonghu.people.operations import describing
from tonghu.people.policy import FILE
from tonghu.people.queries import lines_for, open_counts_for, open_questions_for

NUMBER, PHONE = "999001201503020017", "16132913198"
HEAD = "姓名,性别,出生日期,身份证号,监护人,与儿童关系,联系电话\n"
OTHER_NAME = f"{HEAD}谭小梅,男,2015.3.2,{{number}},谭福生,爷爷,{{phone}}\n"
SAME_NAME = f"{HEAD}谭小海,男,2015.3.2,999001201503020033,谭福生,爷爷,16132913100\n"
PAGES = ("roster", "roster-questions", "roster-undo")


@pytest.fixture
def known(xiaohai, liumin):
    describing.note_identity_number(child=xiaohai, number=NUMBER, by=liumin, at=AT)
    describing.note_phone(child=xiaohai, person=xiaohai.person, number=PHONE, by=liumin, at=AT)
    return xiaohai


@pytest.mark.parametrize(
    "said", [{"number": NUMBER, "phone": ""}, {"number": "", "phone": PHONE}], ids=str
)
def test_a_number_of_a_colleagues_child_does_not_show_in_what_becomes_of_a_line(
    said, known, yangfan, team
):
    roster = imported(brought(yangfan, OTHER_NAME.format(**said), team), yangfan)

    assert outcomes(roster) == [LineOutcome.NEW]


def test_the_number_of_an_own_child_does_show(known, liumin, team):
    text = OTHER_NAME.format(number=NUMBER, phone="")

    assert outcomes(imported(brought(liumin, text, team), liumin)) == [LineOutcome.KNOWN]


def test_a_colleagues_child_is_linked_and_nothing_is_written_to_its_file(known, yangfan, team):
    before = everything()

    roster = imported(brought(yangfan, SAME_NAME, team), yangfan)

    assert [(row.outcome, row.child) for row in lines_of(roster)] == [(LineOutcome.KNOWN, known)]
    assert everything() == before


def test_no_page_of_a_list_shows_what_a_colleagues_file_says(known, yangfan, team, signed_in):
    roster = imported(brought(yangfan, SAME_NAME, team), yangfan)

    pages = _pages(signed_in(yangfan), roster)

    assert [page for page in pages if "0017" in page or PHONE[-4:] in page] == []


def test_what_differs_is_asked_of_who_may_write_the_file(known, yangfan, liumin, team):
    roster = imported(brought(yangfan, SAME_NAME, team), yangfan)

    hers = [one.field for one in open_questions_for(liumin, roster, on=TODAY)]

    assert sorted(hers) == ["guardian", "id_number", "phones"]
    assert list(open_questions_for(yangfan, roster, on=TODAY)) == []
    assert open_counts_for(yangfan, [roster], on=TODAY, differences=True) == {}
    assert open_counts_for(liumin, [roster], on=TODAY, differences=True) == {roster.pk: 3}


def test_a_line_that_may_be_a_closed_child_is_no_line_at_all(
    known, yangfan, liumin, team, signed_in
):
    text = f"{HEAD}谭小海,男,2015,,,,\n王燕曦,男,2014.1.5,,,,\n"
    roster = imported(brought(liumin, text, team), liumin)
    told = [row.row for row in lines_for(yangfan, roster, on=TODAY)]
    _close(known, yangfan)

    pages = _pages(signed_in(yangfan), roster)

    assert told == [2, 3]
    assert [row.row for row in lines_for(yangfan, roster, on=TODAY)] == [3]
    assert list(open_questions_for(yangfan, roster, on=TODAY)) == []
    assert open_counts_for(yangfan, [roster], on=TODAY) == {}
    assert [page for page in pages if "谭小海" in page or known.number in page] == []


def test_of_a_colleagues_child_that_may_be_meant_the_card_is_shown(known, yangfan, team, signed_in):
    text = f"{HEAD}谭小海,男,2015,,,,\n"
    roster = imported(brought(yangfan, text, team), yangfan)

    page = signed_in(yangfan).get(reverse("roster-questions", args=[roster.pk])).content.decode()

    assert "2015-03-02" not in page
    assert "11 岁" in page


def _pages(client, roster):
    return [client.get(reverse(one, args=[roster.pk])).content.decode() for one in PAGES]


def _close(child, actor):
    grounds.close_to(
        account=actor.account,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=child.pk,
        words="是孩子的姨妈",
        by=system(QINHUI),
        at=AT,
    )
