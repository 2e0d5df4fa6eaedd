import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.casework.conftest import accepted, heard, judged
from tests.conftest import AT
from tests.people.test_hidden import SCHOOL, grandmother, hide_all
from tests.services.visited import said, visited
from tonghu.casework.constants import NotAccepted, RiskLevel
from tonghu.casework.operations import leads
from tonghu.kernel import clock
from tonghu.services.operations.contacts import correct_contact
from tonghu.services.operations.notes import add_note

__all__ = ["grandmother"]
LATER = AT + dt.timedelta(hours=2)


def page_of(case) -> str:
    return reverse("case", args=[case.pk])


def names(answer) -> list[str]:
    return [line.name for line in answer.context["lines"]]


@pytest.fixture
def three(case, liumin, yangfan, registered, team):
    """Cases of high and of medium risk that Liu Min holds, and one of Yang Fan, not judged."""
    judged(case, liumin, RiskLevel.L3_MEDIUM)
    high = judged(accepted(registered("谭小月", team, holder=liumin), liumin), liumin)
    other = accepted(registered("谭小星", team, holder=yangfan), yangfan)
    return case, high, other


def test_list_is_ones_own_first_and_the_greatest_danger_on_top(three, liumin, signed_in):
    client = signed_in(liumin)

    shown = {view: names(client.get(f"/cases/?view={view}")) for view in ("", "team", "closed")}

    assert shown == {
        "": ["谭小月", "谭小海"],
        "team": ["谭小月", "谭小星", "谭小海"],
        "closed": [],
    }


def test_list_is_narrowed_by_chips_that_take_themselves_away(three, liumin, signed_in):
    client = signed_in(liumin)

    def found(query):
        return names(client.get(f"/cases/?view=team&{query}"))

    page = client.get("/cases/?view=team&risk=L2_HIGH").content.decode()
    assert found("risk=L2_HIGH") == ["谭小月"]
    assert found("risk=unjudged&state=ASSESSMENT") == ["谭小星"]
    assert (found("state=ACTIVE"), len(found("risk=nonsense&state=x"))) == ([], 3)
    assert re.findall(r'href="(\?[^"]+)" aria-current="true">', page)[-1] == "?view=team"


def test_list_goes_on_after_a_page(three, liumin, signed_in, monkeypatch):
    monkeypatch.setattr("tonghu.casework.web.case_list.A_PAGE", 2)
    client = signed_in(liumin)

    first = client.get("/cases/?view=team")
    rest = client.get(f"/cases/?view=team&after={first.context['page'].more}")

    assert (names(first), names(rest)) == (["谭小月", "谭小星"], ["谭小海"])
    assert len(names(client.get("/cases/?view=team&after=x"))) == 2


def test_ended_cases_have_their_list(lead, liumin, signed_in):
    leads.decline(case=lead, instead=NotAccepted.CONSULT, reason="已答疑", by=liumin, at=AT)

    client = signed_in(liumin)

    shown = [names(client.get(f"/cases/?view={view}")) for view in ("mine", "closed")]
    assert shown == [[], ["谭小海"]]


def test_list_holds_nothing_of_others(three, qinhui, hanxue, stranger, signed_in):
    answers = {by: signed_in(by).get("/cases/?view=mine") for by in (qinhui, stranger)}

    assert names(answers[stranger]) == []
    assert [key.value for key, _label in answers[qinhui].context["views"]] == ["team", "closed"]
    assert "谭小海" not in signed_in(hanxue).get("/cases/").content.decode()


def test_facts_are_told_and_what_is_hidden_reads_by_arrangement(
    case, grandmother, liumin, signed_in
):
    client = signed_in(liumin)
    before = client.get(page_of(case)).content.decode()

    hide_all(case.child, grandmother, liumin)
    after = client.get(page_of(case)).content.decode()

    facts = [
        re.findall(r"<span>([^<]+)</span>", page.split('class="facts"')[1].split("</p>")[0])
        for page in (before, after)
    ]
    assert facts[0][:3] == ["男", SCHOOL, "柳湾村"]
    assert facts[1][:3] == ["男", "另行约定", "另行约定"]
    assert (SCHOOL in after, "柳湾" in after) == (False, False)


def test_a_note_stands_on_the_timeline_and_is_a_filter(case, liumin, signed_in):
    client, page = signed_in(liumin), page_of(case)

    client.post(
        reverse("note-new", args=[case.child_id]), {"words": "班主任说他笑了", "next": page}
    )

    told = [one.text for one, _news in client.get(f"{page}?kind=note").context["story"]]
    assert told == ["班主任说他笑了"]


def test_what_others_wrote_since_the_last_look_is_news(case, liumin, zhanglan, signed_in):
    page = page_of(case)
    first = signed_in(liumin).get(page).context["news"]
    with clock.at(LATER):
        visited(case.child, zhanglan, at=LATER, happened_at=AT)
        add_note(child=case.child, words="我自己记的", by=liumin, at=LATER)
    with clock.at(LATER + dt.timedelta(minutes=1)):
        client = signed_in(liumin)
        again = [client.get(page).context["news"] for _ in range(2)]
    with clock.at(LATER + dt.timedelta(minutes=9)):
        last = signed_in(liumin).get(page).context["news"]

    assert (first, again, last) == (0, [1, 1], 0)


def test_a_corrected_entry_is_struck_and_leads_to_itself(case, liumin, signed_in):
    contact = visited(case.child, liumin)
    newer = correct_contact(contact=contact, said=said(minutes=30), why="记错", by=liumin, at=AT)

    story = signed_in(liumin).get(f"{page_of(case)}?kind=contact").context["story"]

    assert {one.address: one.struck for one, _news in story} == {
        reverse("contact", args=[contact.pk]): True,
        reverse("contact", args=[newer.pk]): False,
    }


def test_pages_have_no_english(three, liumin, signed_in):
    visited(three[0].child, liumin)
    for address in ("/cases/", page_of(three[0]), "/week/"):
        page = signed_in(liumin).get(address).content.decode()
        words = re.sub(r"<script.*?</script>|<[^>]+>|&\w+;|[^\x00-\x7f]", " ", page, flags=re.S)
        assert {one for one in re.findall(r"[A-Za-z]{2,}", words) if not one.isupper()} <= {
            "English"
        }


def test_questions_of_the_case_page_do_not_grow_with_its_story(case, liumin, signed_in):
    client, asked = signed_in(liumin), []
    client.get(page_of(case))
    visited(case.child, liumin)

    for more in (0, 3):
        for n in range(more):
            contact = visited(case.child, liumin, happened_at=AT - dt.timedelta(hours=n + 2))
            correct_contact(contact=contact, said=said(), why="记错", by=liumin, at=AT)
            add_note(child=case.child, words=f"第{n}句", by=liumin, at=AT)
        with CaptureQueriesContext(connection) as captured:
            client.get(page_of(case))
        asked.append(len(captured))

    assert asked[0] == asked[1]


def test_list_asks_as_much_for_three_as_for_one(case, liumin, registered, team, signed_in):
    client, asked = signed_in(liumin), []
    client.get("/cases/")

    for more in ((), ("谭小月", "谭小星")):
        for name in more:
            heard(registered(name, team, holder=liumin), liumin)
        with CaptureQueriesContext(connection) as captured:
            client.get("/cases/")
        asked.append(len(captured))

    assert asked[0] == asked[1]
