import datetime as dt

import pytest
from django.urls import reverse

from tests.casework.test_report_pages import latin
from tests.conftest import AT, TODAY
from tonghu.access.constants import ClosingKind
from tonghu.access.operations import grounds
from tonghu.casework.due import due_in
from tonghu.casework.handing import caseload_of
from tonghu.casework.models import Handover
from tonghu.casework.moving import ReasonMissing
from tonghu.casework.operations import handing
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.people.holding import holders_of
from tonghu.people.operations.registering import assign_child
from tonghu.people.policy import FILE

TOMORROW = TODAY + dt.timedelta(days=1)
STEPS = "周五陪去学校；下周一问奶奶复诊结果"


def page_of(**also):
    return handing.HandedOn(**({"next_steps": STEPS, "promised": "六一一起画画"} | also))


def written(case, by, base="", **also):
    return handing.hand_over(case=case, said=page_of(**also), base=base, by=by, at=AT)


def held_by(child, by, on=TODAY):
    return {(one.account.name, one.kind) for one in holders_of(child, by, on=on)}


def given_to(child, to):
    return [handing.Given(child, to.account)]


def test_one_hands_and_the_other_takes(liumin, yangfan, zhanglan, case):
    handover = written(case, liumin)
    with pytest.raises(Forbidden):
        handing.take_over(handover=handover, by=liumin, at=AT)
    with pytest.raises(Forbidden):
        handing.take_over(handover=handover, by=yangfan, at=AT)

    assign_child(child=case.child, worker=yangfan.account, from_on=TODAY, by=zhanglan, at=AT)
    handing.take_over(handover=handover, by=yangfan, at=AT)

    handover.refresh_from_db()
    assert (handover.handed_by, handover.taken_by) == (liumin.account, yangfan.account)
    with pytest.raises(handing.TakenAlready):
        handing.take_over(handover=handover, by=yangfan, at=AT)


def test_the_next_worker_owes_to_take_it_until_she_has(liumin, case):
    written(case, liumin, warm_on=TOMORROW)

    owed = [one.on for one in due_in([case], on=TODAY) if one.icon == "arrows-right-left"]

    assert owed == [TOMORROW]


def test_two_who_write_the_page_lose_neither_text(liumin, zhanglan, case, signed_in):
    client = signed_in(liumin)
    address = reverse("handover-new", args=[case.pk])
    client.get(address)
    written(case, zhanglan)

    answer = client.post(address, {"next_steps": "我写的下一步", "base": ""})

    assert STEPS in answer.content.decode()
    assert "我写的下一步" in answer.content.decode()
    assert Handover.objects.unscoped("tests").get().next_steps == STEPS


def test_a_handover_says_the_next_steps(liumin, case):
    with pytest.raises(ReasonMissing):
        written(case, liumin, next_steps=" ")


def test_a_colleague_stands_in_for_some_days_and_the_file_stays(liumin, yangfan, zhanglan, xiaohai):
    handing.stand_in(
        child=xiaohai,
        worker=yangfan.account,
        from_on=TODAY,
        until_on=TOMORROW,
        by=zhanglan,
        at=AT,
    )

    assert held_by(xiaohai, zhanglan) == {("刘敏", "assignment"), ("杨帆", "cover")}
    later = TOMORROW + dt.timedelta(days=1)
    assert held_by(xiaohai, zhanglan, later) == {("刘敏", "assignment")}


def test_standing_in_ends_after_it_begins_and_is_not_the_workers_to_arrange(
    liumin, yangfan, zhanglan, xiaohai
):
    said = {"child": xiaohai, "worker": yangfan.account, "from_on": TOMORROW, "at": AT}

    with pytest.raises(handing.OutOfOrder):
        handing.stand_in(**said, until_on=TODAY, by=zhanglan)
    with pytest.raises(Forbidden):
        handing.stand_in(**said, until_on=TOMORROW, by=liumin)


def test_a_whole_caseload_goes_on_one_screen(liumin, yangfan, zhanglan, qinhui, case, signed_in):
    client = signed_in(qinhui)
    address = reverse("caseload", args=[liumin.account_id])
    shown = client.get(address)

    client.post(
        address,
        {"from_on": "2026-06-02", f"to-{case.child_id}": str(yangfan.account_id)},
    )

    assert latin(shown) == []
    assert held_by(case.child, qinhui, TOMORROW) == {("杨帆", "assignment")}
    assert held_by(case.child, qinhui) == {("刘敏", "assignment")}


def test_a_closed_file_is_not_given_and_then_none_is(
    liumin, yangfan, qinhui, xiaohai, team, registered
):
    other = registered("谭小月", team, holder=liumin)
    grounds.close_to(
        account=yangfan.account,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=xiaohai.pk,
        words="是我外甥",
        by=yangfan,
        at=AT,
    )
    given = [*given_to(other, yangfan), *given_to(xiaohai, yangfan)]

    with pytest.raises(handing.NotGiven):
        handing.give_caseload(
            worker=liumin.account, given=given, from_on=TOMORROW, by=qinhui, at=AT
        )

    assert held_by(other, qinhui, TOMORROW) == {("刘敏", "assignment")}


def test_no_caseload_of_strangers_or_for_who_gives_nothing(
    liumin, yangfan, zhanglan, qinhui, stranger, xiaohai
):
    assert [one.child for one in caseload_of(liumin.account_id, zhanglan, on=TODAY)] == [xiaohai]
    for account, by in ((liumin, yangfan), (liumin, liumin), (stranger, qinhui), (yangfan, qinhui)):
        with pytest.raises(Hidden):
            caseload_of(account.account_id, by, on=TODAY)


def test_pages_speak_chinese(liumin, case, signed_in):
    handover = written(case, liumin)
    client = signed_in(liumin)

    for name, number in (("handover-new", case.pk), ("handover", handover.pk)):
        page = client.get(reverse(name, args=[number]))
        assert page.status_code == 200
        assert latin(page) == []
