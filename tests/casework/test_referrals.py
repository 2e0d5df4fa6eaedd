import datetime as dt
import json

import pytest
from django.urls import reverse

from tests.casework.test_report_pages import latin
from tests.conftest import AT, TODAY
from tonghu.access.sheets import NeedsReason
from tonghu.casework.constants import CaseState
from tonghu.casework.due import due_in
from tonghu.casework.models import Referral, ReferralStep
from tonghu.casework.moving import NotInThisState, ReasonMissing
from tonghu.casework.onward import Datum, ReferralState
from tonghu.casework.operations import referring
from tonghu.casework.referrals import may_leave, paper_of, referral_for
from tonghu.casework.timeline import story_of
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.people.consents import ConsentMissing
from tonghu.people.constants import ConsentKind, LegalBasis
from tonghu.people.operations import consents, hiding, spans

IN_A_WEEK = TODAY + dt.timedelta(days=7)
SECRET = "3组19号"


def referred(case, by, **also):
    said = {
        "receiver_kind": "hospital",
        "receiver": "县医院心理门诊",
        "need": "MENTAL",
        "reason": "孩子三周失眠，请评估",
        "urgency": "week",
        "data": [Datum.NAME, Datum.AGE],
    } | also
    return referring.prepare_referral(case=case, said=referring.Onward(**said), by=by, at=AT)


def agreed(child, by):
    consents.note_legal_duty(
        child=child,
        purposes=[ConsentKind.DATA_SHARE],
        basis=LegalBasis.REPORT,
        reason="已向派出所报告",
        given_on=TODAY,
        by=by,
        at=AT,
    )


def sent(case, by, **also):
    agreed(case.child, by)
    referral = referred(case, by, **also)
    return referring.send_referral(referral=referral, feedback_due_on=IN_A_WEEK, by=by, at=AT)


def test_only_what_is_ticked_is_on_the_paper_and_stays_as_it_left(liumin, case, liuwan):
    spans.move(child=case.child, place=liuwan, address=SECRET, from_on=TODAY, by=liumin, at=AT)
    referral = sent(case, liumin)

    labels = [str(label) for label, _value in paper_of(referral, liumin, on=TODAY)]
    assert labels == ["姓名", "年龄"]
    assert set(json.loads(referral.content)) == {"name", "age"}
    row = Referral.objects.unscoped("tests").values_list("content", flat=True).get()
    assert case.child.person.name not in row


def test_without_a_consent_nothing_leaves_and_it_says_where_to_ask(liumin, case):
    referral = referred(case, liumin)
    assert referral.state == ReferralState.CONSENT_WAIT

    with pytest.raises(ConsentMissing):
        referring.send_referral(referral=referral, feedback_due_on=IN_A_WEEK, by=liumin, at=AT)

    kept = Referral.objects.unscoped("tests").get()
    assert (kept.state, kept.content) == (ReferralState.CONSENT_WAIT, "")


def test_what_is_hidden_can_not_be_ticked(liumin, case, liuwan):
    spans.move(child=case.child, place=liuwan, address=SECRET, from_on=TODAY, by=liumin, at=AT)
    hiding.hide(child=case.child, address=True, words="躲避父亲", by=liumin, at=AT)

    assert Datum.ADDRESS not in may_leave(case)
    with pytest.raises(referring.NeverLeaves):
        referred(case, liumin, data=[Datum.NAME, Datum.ADDRESS])
    assert not Referral.objects.unscoped("tests").exists()


def test_the_loop_closes_only_with_an_outcome_and_is_seen_on_the_timeline(liumin, case):
    referral = sent(case, liumin)
    with pytest.raises(NotInThisState):
        referring.close_referral(referral=referral, words="好了", by=liumin, at=AT)

    referring.accept_referral(referral=referral, by=liumin, at=AT)
    with pytest.raises(ReasonMissing):
        referring.note_service(referral=referral, words=" ", by=liumin, at=AT)
    referring.note_service(referral=referral, words="做了两次咨询", by=liumin, at=AT)
    referring.close_referral(referral=referral, words="睡眠好转", by=liumin, at=AT)

    steps = ReferralStep.objects.unscoped("tests").order_by("at", "id")
    assert [one.to_state for one in steps] == ["DRAFT", "SENT", "ACCEPTED", "SERVED", "CLOSED"]
    assert referral.outcome == "睡眠好转"
    told = [one for one in story_of(case, liumin, on=TODAY) if one.kind == "referral"]
    assert len(told) == 5


def test_the_answer_is_owed_on_its_day_until_it_came(liumin, case):
    referral = sent(case, liumin)

    def owed():
        return [one.on for one in due_in([case], on=TODAY) if one.icon == "arrow-right"]

    assert owed() == [IN_A_WEEK]
    referring.reject_referral(referral=referral, words="没有床位", by=liumin, at=AT)
    assert owed() == []


def test_a_case_goes_to_another_agency_only_when_it_was_accepted(liumin, case):
    case.state = CaseState.ACTIVE
    case.save(update_fields=["state"])
    referral = sent(case, liumin, is_transfer=True)
    with pytest.raises(referring.NotTakenOver):
        referring.transfer_case(referral=referral, reason="搬家", by=liumin, at=AT)

    referring.accept_referral(referral=referral, by=liumin, at=AT)
    referring.transfer_case(referral=referral, reason="全家迁往安康", by=liumin, at=AT)

    case.refresh_from_db()
    assert case.state == CaseState.TRANSFERRED


def test_a_colleague_neither_refers_nor_reads_without_a_reason(liumin, yangfan, hanxue, case):
    referral = referred(case, liumin)

    with pytest.raises(Forbidden):
        referred(case, yangfan)
    with pytest.raises(NeedsReason):
        referral_for(yangfan, referral.pk, on=TODAY)
    with pytest.raises(Hidden):
        referral_for(hanxue, referral.pk, on=TODAY)


def test_pages_from_ticking_to_the_answer(liumin, case, signed_in):
    agreed(case.child, liumin)
    client = signed_in(liumin)
    asks = client.get(reverse("referral-new", args=[case.pk]))
    said = {
        "receiver_kind": "school",
        "receiver": "柳湾小学",
        "need": "EDUCATION",
        "reason": "请安排补课",
        "urgency": "week",
        "ticked": ["name"],
    }

    page = client.post(reverse("referral-new", args=[case.pk]), said, follow=True)
    referral = Referral.objects.unscoped("tests").get()
    client.post(reverse("referral-send", args=[referral.pk]), {"feedback_due_on": "2026-06-08"})
    client.post(reverse("referral-step", args=[referral.pk]), {"to": "ACCEPTED", "words": ""})

    referral.refresh_from_db()
    assert referral.state == ReferralState.ACCEPTED
    assert [latin(one) for one in (asks, page)] == [[], []]
    shown = client.get(reverse("case", args=[case.pk]))
    assert "柳湾小学" in shown.content.decode()
    assert latin(shown) == []
    for name in ("referral", "referral-step"):
        assert latin(client.get(reverse(name, args=[referral.pk]))) == []


def test_the_page_says_what_keeps_it_here(liumin, case, signed_in):
    referral = referred(case, liumin)
    client = signed_in(liumin)

    page = client.get(reverse("referral", args=[referral.pk]))
    refused = client.post(
        reverse("referral-send", args=[referral.pk]), {"feedback_due_on": "2026-06-08"}
    )

    assert reverse("consent-new", args=[case.child_id]) in page.content.decode()
    assert "什么都没有做" in refused.content.decode()
    referral.refresh_from_db()
    assert referral.state == ReferralState.CONSENT_WAIT
