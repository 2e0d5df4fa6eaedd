import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.access.conftest import events
from tests.conftest import AT, QINHUI
from tests.people.test_emergencies import closed, main_of
from tests.people.test_hidden_in_emergency import prove
from tonghu.access.actors import system
from tonghu.access.models import Notice
from tonghu.access.openings import SEALED
from tonghu.access.operations import digest, grounds
from tonghu.access.registration import tell_of_reasons
from tonghu.kernel import clock
from tonghu.people.policy import FILE
from tonghu.people.reasons_read import week_for

NEXT_MONDAY = AT + dt.timedelta(days=7)
WORDS = "替刘敏送药上门"


def gave(by, target_id, *, kind=FILE, words=WORDS, at=AT):
    with clock.at(at):
        return grounds.give_reason(
            target_kind=kind, target_id=target_id, code="COVER", words=words, by=by, at=at
        )


def seen_by(by, *, at=NEXT_MONDAY) -> list[str]:
    return [one.reason.words for one in week_for(by, None, at=at).lines]


def told() -> list:
    rows = Notice.objects.unscoped("tests").filter(event="access.reasons.digested")
    return sorted(rows.values_list("account_id", flat=True))


def test_supervisor_of_file_or_worker_and_head_read_the_week(
    xiaohai, elsewhere, yangfan, liumin, zhanglan, qinhui
):
    gave(yangfan, xiaohai.pk)
    gave(liumin, elsewhere.pk, words="去看另一个孩子")
    gave(yangfan, elsewhere.pk, words="与张岚无关的孩子")

    read = [seen_by(by) for by in (zhanglan, qinhui)]

    assert read == [
        [WORDS, "去看另一个孩子"],
        [WORDS, "去看另一个孩子", "与张岚无关的孩子"],
    ]


@pytest.mark.parametrize("who", ["liumin", "yangfan", "hejing", "stranger"])
def test_nobody_else_reads_any(who, xiaohai, yangfan, zhanglan, qinhui, request):
    gave(yangfan, xiaohai.pk)

    assert seen_by(request.getfixturevalue(who)) == []


def test_a_closed_file_and_a_seal_stand_in_no_digest(xiaohai, yangfan, zhanglan, qinhui):
    gave(yangfan, xiaohai.pk)
    reason = gave(yangfan, xiaohai.pk, words="打开封存的档案")
    type(reason).objects.unscoped("tests").filter(pk=reason.pk).update(target_kind=SEALED)
    before = seen_by(qinhui)

    closed(xiaohai, qinhui)

    assert (before, seen_by(qinhui)) == ([WORDS], [])


def test_own_reasons_and_other_weeks_are_left_out(xiaohai, yangfan, qinhui, zhanglan):
    gave(qinhui, xiaohai.pk, words="负责人自己看的")
    gave(yangfan, xiaohai.pk, words="上上周的事", at=AT - dt.timedelta(days=1))
    gave(yangfan, xiaohai.pk, words="这周一早上", at=NEXT_MONDAY - dt.timedelta(hours=9))

    assert seen_by(qinhui) == []


def test_each_is_told_once_a_week_and_only_who_has_something_to_read(
    xiaohai, elsewhere, yangfan, zhanglan, qinhui
):
    gave(yangfan, elsewhere.pk)
    tell_of_reasons(AT)
    during = told()

    for hours in (0, 1, 30):
        tell_of_reasons(NEXT_MONDAY + dt.timedelta(hours=hours))

    assert (during, told()) == ([], [qinhui.account_id])
    assert events().count("access.reasons.digested") == 1


def test_page_lists_them_by_number_and_takes_the_notice_off(
    xiaohai, yangfan, zhanglan, qinhui, signed_in
):
    gave(yangfan, xiaohai.pk)
    with clock.at(NEXT_MONDAY):
        digest.tell_of_reasons(by=system(QINHUI), at=NEXT_MONDAY)
        client = signed_in(zhanglan)
        today = client.get(reverse("today")).content.decode()
        page = client.get(reverse("reason-list"))
        notice = Notice.objects.unscoped("tests").get(account=zhanglan.account)
        client.post(reverse("notice-seen", args=[notice.pk]))
        after = client.get(reverse("today")).content.decode()
        odd = client.get(reverse("reason-list"), {"week": "2026-99-99"})

    text = main_of(page)
    assert [reverse("reason-list") in one for one in (today, after)] == [True, False]
    assert WORDS in text
    assert "谭小海" not in text
    number = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
    assert re.findall(r"[A-Za-z]{3,}", number.sub("", text)) == []
    assert odd.status_code == 200


@pytest.mark.parametrize("who", ["liumin", "hejing", "hanxue"])
def test_page_is_not_for_others(who, zhanglan, request, signed_in):
    answer = signed_in(request.getfixturevalue(who)).get(reverse("reason-list"))

    assert answer.status_code == 403


def test_the_eleventh_of_a_day_asks_for_the_second_factor_and_tells_the_head(
    xiaohai, yangfan, zhanglan, qinhui, signed_in
):
    for _ in range(10):
        gave(yangfan, xiaohai.pk)
    client, address = signed_in(yangfan), reverse("reason", args=[FILE, xiaohai.pk])
    form = {"code": "COVER", "words": WORDS}

    asked = client.post(address, form)
    prove(client)
    given = client.post(address, form)

    rows = Notice.objects.unscoped("tests").filter(event="access.reason.given")
    assert asked.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    assert given.headers["Location"] == "/"
    assert [one.account_id for one in rows] == [qinhui.account_id]
