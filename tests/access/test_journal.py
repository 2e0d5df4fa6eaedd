import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from tests.access.conftest import CHILD, a_file, events, give_duty, last_row
from tests.access.triggers import accept, refuse
from tests.conftest import AT, QINHUI, TODAY, YULAN, _without_triggers, entered, founded
from tonghu.access import checks
from tonghu.access.actors import system
from tonghu.access.heads import as_document, check_head
from tonghu.access.journal import said_in, verify_chain
from tonghu.access.looks import record_look
from tonghu.access.models import Account, JournalHead, JournalRow
from tonghu.access.operations import grounds, people, sign_in
from tonghu.access.operations import journal as journal_operations
from tonghu.access.queries import history_of
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden
from tonghu.kernel.operations import OtherContent

OP = UUID("01980000-0000-7000-8000-0000000000b1")
MADE_AT = dt.datetime(2026, 5, 31, 9, 0, tzinfo=dt.UTC)
KEPT = (
    "event",
    "at",
    "made_at",
    "account_id",
    "membership_id",
    "role",
    "device_id",
    "subject_kind",
    "subject_id",
    "about_id",
    "fields",
    "op_id",
)


class TriggersOff:
    """Tamper as somebody with the database file in her hands would."""

    def __enter__(self):
        before, self.after = _without_triggers()
        self._run(before)

    def __exit__(self, *_error: object):
        self._run(self.after)

    def _run(self, statements):
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def rows(agency_id: UUID = QINHUI):
    return JournalRow.objects.unscoped("tests").filter(agency_id=agency_id).order_by("seq")


def breaks(agency_id: UUID = QINHUI) -> list:
    return list(verify_chain(agency_id))


def test_operation_leaves_one_whole_row(liumin):
    device = sign_in.register_device(account=liumin.account, name="Chrome", by=liumin, at=AT)
    by = liumin.__class__(QINHUI, liumin.account, liumin.membership, device_id=device.pk)

    sign_in.choose_language(
        account=liumin.account, language="en", by=by.sending(OP, MADE_AT), at=AT
    )

    row = rows().last()
    kept = {name: getattr(row, name) for name in KEPT}
    assert kept == {
        "event": "access.account.language_chosen",
        "at": AT,
        "made_at": MADE_AT,
        "account_id": liumin.account_id,
        "membership_id": liumin.membership_id,
        "role": "worker",
        "device_id": device.pk,
        "subject_kind": "access.account",
        "subject_id": liumin.account_id,
        "about_id": liumin.account_id,
        "fields": "language",
        "op_id": OP,
    }
    assert said_in(row).changes == {"language": ["", "en"]}


def test_nothing_changed_leaves_no_row(liumin):
    before = len(events())

    sign_in.choose_language(account=liumin.account, language="", by=liumin, at=AT)

    assert len(events()) == before


def test_values_and_reasons_are_sealed(hejing, liumin, child_sheet):
    people.open_account(login="maqian", name="马倩", phone="13900001234", by=hejing, at=AT)
    grounds.give_reason(
        target_kind=CHILD,
        target_id=a_file().pk,
        code="COVER",
        words="陈小雨的母亲来电",
        by=liumin,
        at=AT,
    )

    stored = str(list(JournalRow.objects.unscoped("tests").values()))

    leaks = [word for word in ("马倩", "13900001234", "陈小雨", "来电", "刘敏") if word in stored]
    assert leaks == []


def test_refused_act_is_on_record_and_changes_nothing(liumin):
    before = list(Account.objects.values())

    with pytest.raises(Forbidden):
        people.open_account(login="maqian", name="马倩", by=liumin, at=AT)

    row = last_row("access.refused")
    assert list(Account.objects.values()) == before
    assert (row.account_id, said_in(row).reason) == (liumin.account_id, "access.account.opened")


def test_resend_with_other_content_is_on_record(liumin):
    sending = liumin.sending(OP)
    sign_in.choose_language(account=liumin.account, language="en", by=sending, at=AT)

    with pytest.raises(OtherContent):
        sign_in.choose_language(account=liumin.account, language="zh-hans", by=sending, at=AT)

    assert events()[-2:] == ["access.account.language_chosen", "access.resend.differed"]
    assert Account.objects.get(pk=liumin.account_id).language == "en"


def test_search_for_people_is_on_record_before_it_is_answered(hejing, liumin, signed_in):
    client = signed_in(hejing)
    client.get(reverse("person-list"))
    without = events().count("access.record.searched")

    client.get(reverse("person-list"), {"q": "刘敏"})

    row = last_row("access.record.searched")
    assert without == 0
    assert (row.account_id, row.subject_kind, row.fields) == (
        hejing.account_id,
        "access.account",
        "words hits",
    )
    assert said_in(row).changes == {"words": [None, "刘敏"], "hits": [None, 1]}
    assert "刘敏" not in row.sealed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_journalrow SET event = 'access.nothing'",
        "UPDATE access_journalrow SET seq = seq + 1000",
        "DELETE FROM access_journalrow",
        "DELETE FROM access_journalrow WHERE seq = 1",
    ],
)
def test_database_itself_refuses_to_change_the_journal(statement, liumin):
    before = list(JournalRow.objects.unscoped("tests").values())

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert list(JournalRow.objects.unscoped("tests").values()) == before


def test_model_and_manager_change_nothing_either(liumin):
    row = rows().first()
    row.event = "access.nothing"

    attempts = [
        lambda: row.save(),
        lambda: row.delete(),
        lambda: JournalRow.objects.unscoped("tests").update(role="head"),
        lambda: JournalRow.objects.unscoped("tests").delete(),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()

    assert rows().first().event == "access.organisation.founded"


def test_truncate_is_refused(liumin):
    postgresql = connection.vendor == "postgresql"
    statement = "TRUNCATE access_journalrow" if postgresql else "DELETE FROM access_journalrow"

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert rows().count() > 0


def test_each_agency_has_a_chain_of_its_own(liumin, stranger):
    sign_in.choose_language(account=liumin.account, language="en", by=liumin, at=AT)
    sign_in.choose_language(account=stranger.account, language="en", by=stranger, at=AT)

    for agency_id in (QINHUI, YULAN):
        numbers = list(rows(agency_id).values_list("seq", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert breaks(agency_id) == []
    assert rows(QINHUI).first().previous == rows(YULAN).first().previous == "0" * 64
    assert rows(QINHUI).first().hash != rows(YULAN).first().hash


@pytest.mark.parametrize("column", ["event", "role", "fields", "sealed", "content", "subject_kind"])
def test_edited_row_breaks_the_chain_where_it_stands(column, liumin):
    target = rows()[2]

    with TriggersOff():
        JournalRow.objects.unscoped("tests").filter(pk=target.pk).update(**{column: "x"})

    assert [found.seq for found in breaks()] == [3]


def test_chain_holds_while_many_write_at_once(transactional_db, frozen):
    house = founded(QINHUI)
    workers = [entered(house, f"worker{n}", f"甲{n}", "A", "worker") for n in range(4)]
    before = len(events())

    with ThreadPoolExecutor(len(workers)) as pool:
        done = sum(pool.map(_a_busy_minute, workers))

    numbers = list(rows().values_list("seq", flat=True))
    assert len(events()) - before == done == 4 * 8
    assert numbers == list(range(1, len(numbers) + 1))
    assert breaks() == []


def _a_busy_minute(by) -> int:
    """Change the language six times and be refused twice, in a thread of one's own."""
    try:
        with clock.at(AT):
            for language in ["en", "zh-hans"] * 3:
                sign_in.choose_language(account=by.account, language=language, by=by, at=AT)
            for _ in range(2):
                with pytest.raises(Forbidden):
                    people.open_account(login="x", name="x", by=by, at=AT)
    finally:
        connection.close()
    return 8


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
    give_duty(zhanglan, own, "supervision")
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
