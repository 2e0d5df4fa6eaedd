import datetime as dt

import pytest
from django.urls import reverse

from tests.casework.test_report_pages import latin
from tests.casework.test_reports import told_of
from tests.conftest import AT, TODAY
from tonghu.access.sheets import NeedsReason
from tonghu.casework.due import due_in
from tonghu.casework.harm import Notified
from tonghu.casework.incidents import (
    conference_for,
    decisions_of,
    incident_for,
    members_of,
    notices_of,
)
from tonghu.casework.models import Conference, ConferenceDecision, Incident
from tonghu.casework.moving import ReasonMissing
from tonghu.casework.operations import incidents
from tonghu.kernel.errors import Forbidden, Hidden

WHAT = "课间从台阶摔下，额头缝三针"
FRIDAY = TODAY + dt.timedelta(days=4)


def happened(case, by, **also):
    said = {
        "harm": "INJURY",
        "happened_at": AT,
        "place": "柳湾小学操场",
        "hurt": "谭小海，额头裂伤",
        "what": WHAT,
    } | also
    return incidents.record_incident(case=case, said=incidents.Happened(**said), by=by, at=AT)


def met(case, by, **also):
    said = {
        "held_on": TODAY,
        "members": [by.account],
        "discussed": "返校后的接送",
        "outside": "班主任赵老师",
        "decided": [incidents.Decided("每天接送", "奶奶", FRIDAY)],
    } | also
    return incidents.hold_conference(case=case, said=incidents.Met(**said), by=by, at=AT)


def owed(case, icon):
    return [one.on for one in due_in([case], on=TODAY) if one.icon == icon]


def test_an_incident_stands_sealed_and_supervisor_and_head_know_at_once(
    liumin, zhanglan, qinhui, case
):
    incident = happened(case, liumin)

    row = Incident.objects.unscoped("tests").values_list("what", flat=True).get()
    assert WHAT not in row
    assert told_of(incident) == {"张岚", "秦慧"}
    assert owed(case, "alert-triangle") == [dt.date(2026, 6, 4)]


def test_who_was_told_stands_with_its_time(liumin, case):
    incident = happened(case, liumin)

    incidents.note_notified(
        incident=incident, whom=Notified.GUARDIAN, told_at=AT, words="马上赶来", by=liumin, at=AT
    )

    said = [(one.whom, one.told_at) for one in notices_of(incident, liumin, on=TODAY)]
    assert said == [("guardian", AT)]


def test_somebody_else_looks_back_on_it(liumin, zhanglan, case):
    incident = happened(case, liumin)
    with pytest.raises(Forbidden):
        incidents.review_incident(incident=incident, finding="没事", by=liumin, at=AT)

    incidents.review_incident(incident=incident, finding="台阶加护栏", by=zhanglan, at=AT)

    assert (incident.reviewed_by, owed(case, "alert-triangle")) == (zhanglan.account, [])
    with pytest.raises(incidents.DoneBefore):
        incidents.review_incident(incident=incident, finding="再看", by=zhanglan, at=AT)


def test_what_is_said_of_an_incident_has_happened(liumin, case):
    with pytest.raises(incidents.LaterThanNow):
        happened(case, liumin, happened_at=AT + dt.timedelta(minutes=5))
    with pytest.raises(ReasonMissing):
        happened(case, liumin, what=" ")


def test_a_decision_is_owed_until_somebody_says_what_came_of_it(liumin, case):
    conference = met(case, liumin)
    decision = decisions_of(conference, liumin, on=TODAY)[0]
    assert owed(case, "users-group") == [FRIDAY]

    incidents.finish_decision(decision=decision, words="已接送两周", by=liumin, at=AT)

    assert owed(case, "users-group") == []
    with pytest.raises(incidents.DoneBefore):
        incidents.finish_decision(decision=decision, words="再说", by=liumin, at=AT)


def test_only_colleagues_are_members_and_a_decision_names_who(liumin, stranger, case):
    conference = met(case, liumin, members=[liumin.account, stranger.account])

    assert members_of(conference, liumin, on=TODAY) == [liumin.account.called]
    with pytest.raises(ReasonMissing):
        met(case, liumin, decided=[incidents.Decided("接送", " ", FRIDAY)])
    assert Conference.objects.unscoped("tests").count() == 1


def test_the_team_gives_a_reason_and_others_find_nothing(liumin, yangfan, hanxue, case):
    incident, conference = happened(case, liumin), met(case, liumin)

    for ask, pk in ((incident_for, incident.pk), (conference_for, conference.pk)):
        with pytest.raises(NeedsReason):
            ask(yangfan, pk, on=TODAY)
        with pytest.raises(Hidden):
            ask(hanxue, pk, on=TODAY)


def test_pages_of_an_incident(liumin, case, signed_in):
    client = signed_in(liumin)
    said = {
        "harm": "INJURY",
        "on": "2026-06-01",
        "time": "09:10",
        "place": "操场",
        "hurt": "额头",
        "what": WHAT,
    }

    client.post(reverse("incident-new", args=[case.pk]), said)
    incident = Incident.objects.unscoped("tests").get()
    told = {"whom": "police", "on": "2026-06-01", "time": "09:20"}
    client.post(reverse("incident-notified", args=[incident.pk]), told)

    pages = [
        client.get(reverse(name, args=[number]))
        for name, number in (
            ("incident", incident.pk),
            ("incident-notified", incident.pk),
            ("incident-new", case.pk),
            ("case", case.pk),
        )
    ]
    assert WHAT in pages[0].content.decode()
    assert len(notices_of(incident, liumin, on=TODAY)) == 1
    assert [latin(page) for page in pages] == [[], [], [], []]


def test_pages_of_a_conference(liumin, case, signed_in):
    client = signed_in(liumin)
    said = {
        "held_on": "2026-06-01",
        "members": [str(liumin.account_id)],
        "discussed": "返校",
        "what1": "每天接送",
        "owner1": "奶奶",
        "due1": "2026-06-05",
    }

    half = client.post(reverse("conference-new", args=[case.pk]), {**said, "what2": "补课"})
    client.post(reverse("conference-new", args=[case.pk]), said)

    decision = ConferenceDecision.objects.unscoped("tests").get()
    pages = [
        client.get(reverse(name, args=[number]))
        for name, number in (
            ("conference", decision.conference_id),
            ("decision", decision.pk),
            ("conference-new", case.pk),
        )
    ]
    assert half.status_code == 200
    assert [latin(page) for page in (half, *pages)] == [[], [], [], []]


def test_the_supervisors_page_to_look_back(liumin, zhanglan, case, signed_in):
    incident = happened(case, liumin)
    client = signed_in(zhanglan)

    client.post(reverse("incident-review", args=[incident.pk]), {"finding": "加护栏"})

    page = client.get(reverse("incident", args=[incident.pk]))
    assert "加护栏" in page.content.decode()
    assert latin(page) == []
