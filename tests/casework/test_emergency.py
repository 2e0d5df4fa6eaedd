import datetime as dt

import pytest
from django.urls import reverse

from tests.casework.conftest import heard
from tests.casework.test_report_pages import latin
from tests.casework.test_reports import feared, told_of
from tests.conftest import AT, TODAY
from tests.services.visited import visited
from tonghu.casework.constants import CaseKind, CaseState, RiskLevel
from tonghu.casework.due import due_in
from tonghu.casework.emergencies import first_things
from tonghu.casework.models import Case
from tonghu.casework.moving import ReasonMissing
from tonghu.casework.operations.emergency import act_at_once
from tonghu.kernel.errors import Hidden

REASON = "父亲醉酒拿刀，孩子躲在邻居家"


def owed(case):
    return [(one.icon, one.on) for one in due_in([case], on=TODAY) if one.icon != "home-heart"]


def test_one_sentence_begins_a_case_at_level_one(liumin, xiaohai):
    case = act_at_once(child=xiaohai, reason=REASON, by=liumin, at=AT)

    assert (case.state, case.kind) == (CaseState.ACTIVE, CaseKind.CRISIS)
    assert (case.risk_level, case.in_danger) == (RiskLevel.L1_URGENT, True)
    assert case.papers_due_on == dt.date(2026, 6, 4)
    assert owed(case) == [
        ("alert-triangle", dt.date(2026, 6, 1)),
        ("alert-triangle", dt.date(2026, 6, 2)),
        ("alert-triangle", dt.date(2026, 6, 2)),
        ("file-text", dt.date(2026, 6, 4)),
    ]


def test_seeing_the_child_leaves_the_forms(liumin, xiaohai):
    case = act_at_once(child=xiaohai, reason=REASON, by=liumin, at=AT)

    visited(xiaohai, liumin, happened_at=AT)

    assert ("file-text", dt.date(2026, 6, 4)) in owed(case)
    assert len(owed(case)) == 3


def test_a_lead_is_taken_and_an_open_case_stays_where_it_is(liumin, case, wangyan):
    before = case.state

    act_at_once(child=case.child, case=case, reason=REASON, by=liumin, at=AT)
    lead = heard(wangyan, liumin)
    act_at_once(child=wangyan, case=lead, reason=REASON, by=liumin, at=AT)

    assert (case.state, case.risk_level) == (before, RiskLevel.L1_URGENT)
    assert lead.state == CaseState.ACTIVE


def test_it_says_what_is_happening_and_is_not_for_a_stranger(liumin, hanxue, xiaohai):
    with pytest.raises(ReasonMissing):
        act_at_once(child=xiaohai, reason=" ", by=liumin, at=AT)
    with pytest.raises(Hidden):
        act_at_once(child=xiaohai, reason=REASON, by=hanxue, at=AT)

    assert not Case.objects.unscoped("tests").exists()


def test_a_colleague_of_the_team_says_it_and_those_of_the_file_know(
    liumin, yangfan, zhanglan, qinhui, case, signed_in
):
    client = signed_in(yangfan)

    answer = client.post(
        reverse("emergency-new", args=[case.child_id]), {"reason": REASON}, follow=True
    )

    lead = Case.objects.unscoped("tests").exclude(pk=case.pk).get()
    assert (lead.state, lead.in_danger) == (CaseState.LEAD, True)
    assert told_of(lead) == {"刘敏", "张岚", "秦慧"}
    assert answer.status_code == 200
    assert case.child.person.name not in answer.content.decode()


def test_what_comes_first_is_ticked_by_doing_it(liumin, xiaohai):
    case = act_at_once(child=xiaohai, reason=REASON, by=liumin, at=AT)
    assert [one.done for one in first_things(case, liumin, on=TODAY)][:2] == [False, False]

    visited(xiaohai, liumin, happened_at=AT)
    feared(liumin, child=xiaohai, child_words="")

    assert [one.done for one in first_things(case, liumin, on=TODAY)][:2] == [True, True]


def test_the_path_from_the_file_to_what_comes_first(liumin, xiaohai, signed_in):
    client = signed_in(liumin)
    address = reverse("emergency-new", args=[xiaohai.pk])
    asks = client.get(address)

    page = client.post(address, {"reason": REASON}, follow=True)

    assert latin(asks) == []
    assert latin(page) == []
    assert page.redirect_chain[-1][0].endswith("/emergency/")
    assert reverse("contact-new", args=[xiaohai.pk]) in page.content.decode()
