import datetime as dt
import json

import pytest
from django.db import transaction
from django.urls import reverse

from tests.access.conftest import a_file, events, give_duty, last_row, supervises
from tests.access.test_journal import TriggersOff, breaks
from tests.access.triggers import accept, refuse
from tests.conftest import AT, QINHUI, TODAY, YULAN, entered
from tonghu.access import checks
from tonghu.access.actors import system
from tonghu.access.heads import as_document, check_head
from tonghu.access.looks import record_look
from tonghu.access.models import Account, JournalHead, JournalRow
from tonghu.access.operations import journal as journal_operations
from tonghu.access.operations import sign_in
from tonghu.access.queries import history_of
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden


def test_look_is_on_record_before_the_page_and_grouped(hejing, liumin, signed_in):
    client, address = signed_in(hejing), reverse("person", args=[liumin.account_id])
    counts = []

    for minutes in (0, 4, 5, 6):
        with clock.at(AT + dt.timedelta(minutes=minutes)):
            client.get(address)
        counts.append(events().count("access.record.looked_at"))

    row = last_row("access.record.looked_at")
    assert counts == [1, 1, 2, 2]
    assert (row.account_id, row.about_id) == (hejing.account_id, liumin.account_id)


def test_look_at_the_confidential_is_never_grouped(liumin):
    child = a_file()

    for _ in range(3):
        record_look(child, by=liumin, at=AT, singly=True, reason="看报告")

    assert events().count("access.record.looked_at") == 3


def test_looks_of_two_persons_are_two_rows(liumin, yangfan):
    child = a_file()

    for by in (liumin, yangfan, liumin):
        record_look(child, by=by, at=AT)

    assert events().count("access.record.looked_at") == 2


def test_no_journal_no_page(hejing, liumin, signed_in):
    client = signed_in(hejing)
    client.raise_request_exception = False
    person = reverse("person", args=[liumin.account_id])
    before = len(events())
    refuse("access_journalrow", "the disk is full")

    with transaction.atomic():
        looked = client.get(person)
        searched = client.get(reverse("person-list"), {"q": "刘敏"})
        acted = client.post(reverse("person-leave", args=[liumin.account_id]))
    accept("access_journalrow")

    assert [answer.status_code for answer in (looked, searched, acted)] == [500] * 3
    assert [b"\xe5\x88\x98\xe6\x95\x8f" in answer.content for answer in (looked, searched)] == [
        False
    ] * 2
    assert len(events()) == before
    assert Account.objects.get(pk=liumin.account_id).is_active


def test_history_and_looks_stand_on_the_persons_page_for_those_allowed(
    hejing, qinhui, zhanglan, liumin, signed_in
):
    sign_in.choose_language(account=liumin.account, language="en", by=liumin, at=AT)
    address = reverse("person", args=[liumin.account_id])
    signed_in(hejing).get(address)

    shown = {}
    for by in (hejing, zhanglan, qinhui, liumin):
        context = signed_in(by).get(address).context
        shown[by.role_key] = (
            "access.account.language_chosen" in {row.event for row in context["history"]},
            {row.role for row in context["looks"]},
        )

    assert shown == {
        "administrator": (True, {"administrator"}),
        "supervisor": (False, {"supervisor"}),
        "head": (False, {"head"}),
        "worker": (True, {"administrator", "supervisor", "head", "worker"}),
    }


def test_history_holds_nothing_of_another_agency(hejing, liumin, other_house):
    foreign = entered(other_house, "tangning", "唐宁", "Tang Ning", "administrator")
    record_look(liumin.account, by=foreign, at=AT)

    found = {
        row.agency_id
        for by in (hejing, liumin)
        for looks in (True, False)
        for row in history_of(liumin.account_id, by, looks=looks, on=TODAY)
    }

    assert found == {QINHUI}


def test_worker_and_supervisor_see_who_looked_at_own_children(
    liumin, zhanglan, yangfan, hanxue, qinhui, signed_in
):
    own, other = a_file(), a_file(name="另一个孩子")
    give_duty(liumin, own)
    supervises(zhanglan, liumin)
    for child in (own, other):
        record_look(child, by=yangfan, at=AT)

    seen = {}
    for by in (liumin, zhanglan, hanxue):
        page = signed_in(by).get(reverse("journal")).context["page"]
        seen[by.role_key] = {row.about_id for row in page if row.account_id != by.account_id}

    assert seen == {"worker": {own.pk}, "supervisor": {own.pk}, "finance": set()}


def test_head_reads_the_journal_with_a_reason_to_the_end_of_the_day(qinhui, yangfan, signed_in):
    sign_in.choose_language(account=yangfan.account, language="en", by=yangfan, at=AT)
    client, address = signed_in(qinhui), reverse("journal")
    before = client.get(address)

    client.post(before.headers["Location"], {"code": "AUDIT", "words": "季度检查记录"})
    after = client.get(address)
    with clock.at(dt.datetime(2026, 6, 1, 16, 0, tzinfo=dt.UTC)):
        tomorrow = signed_in(qinhui).get(address)

    assert [answer.status_code for answer in (before, after, tomorrow)] == [302, 200, 302]
    assert yangfan.account_id in {row.account_id for row in after.context["page"]}


def test_asking_for_a_file_without_a_reason_leads_back_to_the_form(qinhui, signed_in):
    came = {"Referer": "http://testserver/journal/"}

    answer = signed_in(qinhui).post(reverse("journal-export"), {"reason": "年检"}, headers=came)

    assert answer.headers["Location"].endswith("?next=%2Fjournal%2F")


def test_head_of_the_day_is_signed_once_and_by_the_program(liumin):
    with pytest.raises(Forbidden):
        journal_operations.sign_head(by=liumin, at=AT)

    for hours in (0, 3, 24):
        journal_operations.sign_head(by=system(QINHUI), at=AT + dt.timedelta(hours=hours))

    heads = JournalHead.objects.unscoped("tests").order_by("day_on")
    assert [(head.agency_id, head.day_on) for head in heads] == [
        (QINHUI, TODAY),
        (QINHUI, TODAY + dt.timedelta(days=1)),
    ]


def test_journal_without_a_row_is_not_signed(db, frozen):
    with pytest.raises(journal_operations.NothingToSign):
        journal_operations.sign_head(by=system(YULAN), at=AT)


def test_downloaded_head_holds_against_the_journal(hejing, signed_in, tmp_path):
    head = journal_operations.sign_head(by=system(QINHUI), at=AT)
    answer = signed_in(hejing).get(reverse("journal-head"))
    path = tmp_path / "head.json"
    path.write_bytes(answer.content)

    verdict = checks.against(path)

    assert answer.headers["Content-Disposition"].endswith('"tonghu-journal-2026-06-01.json"')
    assert json.loads(answer.content) == as_document(head)
    assert verdict.grade == "ok"


@pytest.mark.parametrize(
    ("name", "value"),
    [("seq", 1), ("hash", "0" * 64), ("day", "2026-06-02"), ("agency", str(YULAN))],
)
def test_head_that_was_altered_does_not_hold(name, value, liumin):
    document = as_document(journal_operations.sign_head(by=system(QINHUI), at=AT))

    found = list(check_head(document | {name: value}))

    assert [one.words for one in found] == ["the head's own signature does not hold"]


def test_cut_tail_is_found_by_the_kept_head(liumin):
    document = as_document(journal_operations.sign_head(by=system(QINHUI), at=AT))

    with TriggersOff():
        JournalRow.objects.unscoped("tests").filter(seq__gte=document["seq"]).delete()

    assert breaks() == []
    assert [one.words for one in check_head(document)] == [
        "the journal ends before the signed head: rows were cut off"
    ]
