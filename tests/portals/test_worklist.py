# ruff: noqa: F811 -- fixtures are asked for by the names they are imported under
import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.casework.conftest import accepted, heard, judged
from tests.casework.planned import SAFE
from tests.conftest import AT, TODAY
from tests.people.conftest import (  # noqa: F401 -- fixtures are found by their names
    elsewhere,
    liuwan,
    qingshi,
    registered,
    shiqiao,
    team,
    wangyan,
    xiaohai,
)
from tests.services.visited import visited
from tonghu.casework.constants import RiskLevel
from tonghu.casework.operations.safety import write_safety_plan
from tonghu.kernel import clock
from tonghu.services.constants import Safety
from tonghu.services.operations.appointments import arrange

LATER = AT + dt.timedelta(days=5)


@pytest.fixture
def case(xiaohai, liumin):
    """Tan Xiaohai at high risk, how it stays safe agreed: to be met within three days."""
    case = judged(accepted(xiaohai, liumin), liumin, RiskLevel.L2_HIGH)
    write_safety_plan(case=case, **SAFE, by=liumin, at=AT)
    return case


def lots(answer) -> list[tuple[str, list[str]]]:
    return [(lot.heading, [str(one.title) for one in lot.rows]) for lot in answer.context["lots"]]


def counts(answer) -> dict[str, int]:
    return {str(key): count for key, _name, count in answer.context["tabs"]}


def test_what_is_late_stands_first_with_its_rule_and_one_filled_verb(case, liumin, signed_in):
    with clock.at(LATER):
        answer = signed_in(liumin).get("/")

    page = answer.content.decode()
    assert lots(answer) == [("已逾期", ["谭小海"])]
    assert ("刘敏，有 1 件已逾期" in page, "先看谭小海" in page) == (True, True)
    assert ("逾期 2 天" in page, "高风险" in page) == (True, True)
    assert re.findall(r'class="btn p"\s+href="([^"]+)"', page) == [
        f"{reverse('contact-new', args=[case.child_id])}?next={reverse('case', args=[case.pk])}"
    ]


def test_of_what_is_late_the_greatest_danger_stands_first(
    case, wangyan, liumin, yangfan, registered, team, signed_in
):
    calm = registered("谭小月", team, holder=liumin)
    heard(calm, liumin, heard_on=TODAY - dt.timedelta(days=20))

    with clock.at(LATER):
        shown = lots(signed_in(liumin).get("/"))

    assert shown == [("已逾期", ["谭小海", "谭小月"])]


def test_what_is_arranged_stands_on_its_day_also_without_a_case(
    case,
    liumin,
    registered,
    team,
    signed_in,
):
    other = registered("谭小月", team, holder=liumin)
    arrange(child=case.child, on=TODAY, what="看作业", time=dt.time(16), by=liumin, at=AT)
    arrange(child=other, on=TODAY, what="陪去学校", by=liumin, at=AT)

    answer = signed_in(liumin).get("/")

    page = answer.content.decode()
    assert lots(answer) == [("今天", ["谭小海", "谭小月"]), ("接下来几天", ["谭小海"])]
    assert ("刘敏，今天有 2 件事" in page, "16:00" in page, "柳湾村" in page) == (True, True, True)


def test_a_visit_clears_the_desk(case, liumin, signed_in):
    visited(case.child, liumin)

    assert lots(signed_in(liumin).get("/")) == [("接下来几天", ["谭小海"])]


def test_supervisor_sees_her_team_and_the_worker_her_own(
    case, liumin, yangfan, zhanglan, signed_in
):
    answers = {by: signed_in(by).get("/") for by in (liumin, yangfan, zhanglan)}
    team_of = signed_in(zhanglan).get("/?view=team")

    assert counts(answers[liumin]) == {"mine": 1, "team": 1, "quiet": 0}
    assert counts(answers[yangfan]) == {"mine": 0, "team": 0, "quiet": 0}
    assert counts(answers[zhanglan]) == {"mine": 0, "team": 1, "review": 0, "quiet": 0}
    assert [names for _heading, names in lots(team_of)] == [["谭小海"]]
    assert "刘敏" in team_of.content.decode()


def test_nobody_outside_has_lists_or_names(case, hanxue, qinhui, hejing, stranger, signed_in):
    for by in (hanxue, qinhui, hejing, stranger):
        for view in ("mine", "team", "review", "quiet"):
            page = signed_in(by).get(f"/?view={view}")
            assert "谭小海" not in page.content.decode()

    assert signed_in(hanxue).get("/?view=team").context["tabs"] == []


def test_children_nobody_met_are_listed_by_days(case, liumin, signed_in):
    client = signed_in(liumin)
    visited(case.child, liumin)

    with clock.at(AT + dt.timedelta(days=10)):
        client = signed_in(liumin)
        shown = [
            [names for _heading, names in lots(client.get(f"/?view=quiet&days={days}"))]
            for days in ("10", "11", "x", "99999999999")
        ]

    assert shown == [[["谭小海"]], [], [], []]


def test_what_was_begun_is_offered_to_its_author_alone(case, liumin, yangfan, signed_in):
    client, page = signed_in(liumin), reverse("contact-new", args=[case.child_id])
    client.post(reverse("draft", args=[case.child_id, "contact"]), {"happened": "写到一半"})

    answers = {by: signed_in(by).get("/") for by in (liumin, yangfan)}

    offered = {by: [one.address for one in answers[by].context["cards"]] for by in answers}
    assert (page in offered[liumin], page in offered[yangfan]) == (True, False)
    assert ("今天 10:00" in answers[liumin].content.decode()) is True


def test_what_worries_waits_for_the_supervisor(case, liumin, zhanglan, signed_in):
    contact = visited(case.child, liumin, safety=Safety.DANGER)

    answer = signed_in(zhanglan).get("/?view=review")

    assert counts(answer)["review"] == 1
    assert [one.address for lot in answer.context["lots"] for one in lot.rows] == [
        reverse("contact", args=[contact.pk])
    ]
    assert "review" not in counts(signed_in(liumin).get("/?view=review"))


def test_page_has_no_english(case, zhanglan, signed_in):
    for view in ("mine", "team", "review", "quiet"):
        page = signed_in(zhanglan).get(f"/?view={view}").content.decode()
        words = re.sub(r"<script.*?</script>|<[^>]+>|&\w+;|[^\x00-\x7f]", " ", page, flags=re.S)
        assert set(re.findall(r"[A-Za-z]{2,}", words)) <= {"English"}


@pytest.mark.parametrize("address", ["/", "/?view=team", "/?view=quiet&days=1", "/week/"])
def test_questions_are_as_many_for_three_cases_as_for_one(
    address,
    case,
    liumin,
    registered,
    team,
    signed_in,
):
    client = signed_in(liumin)
    asked = []
    client.get(address)

    for names in ((), ("谭小月", "谭小星")):
        for name in names:
            child = registered(name, team, holder=liumin)
            judged(accepted(child, liumin), liumin, RiskLevel.L2_HIGH)
            visited(child, liumin)
            arrange(child=child, on=TODAY, what="看作业", by=liumin, at=AT)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(address)
        asked.append(len(captured))

    assert asked[0] == asked[1]


def test_week_shows_its_days_and_the_next_one(case, liumin, yangfan, signed_in):
    arrange(child=case.child, on=TODAY, what="看作业", time=dt.time(16), by=liumin, at=AT)
    client = signed_in(liumin)

    def days(asked):
        shown = client.get(f"/week/?from={asked}").context["days"]
        return {str(day): [one.title for one in lines] for day, lines in shown if lines}

    assert days("") == {"2026-06-01": ["谭小海"], "2026-06-04": ["谭小海"]}
    assert days("2026-06-08") == {}
    assert days("1900-01-01") == days("nonsense") == days("")
    assert "谭小海" not in signed_in(yangfan).get("/week/").content.decode()


def test_week_of_others_is_empty(case, hanxue, qinhui, signed_in):
    counts_of = [signed_in(by).get("/week/").context["count"] for by in (hanxue, qinhui)]

    assert counts_of == [0, 0]


def test_lead_of_a_child_in_danger_is_due_at_once(xiaohai, liumin, signed_in):
    heard(xiaohai, liumin, in_danger=True)

    assert lots(signed_in(liumin).get("/")) == [("今天", ["谭小海"])]
