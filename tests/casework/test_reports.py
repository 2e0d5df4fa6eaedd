import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from tests.access.conftest import last_row
from tests.conftest import AT, TODAY
from tonghu.access.constants import ClosingKind
from tonghu.access.models import JournalRow, Notice
from tonghu.access.operations import grounds, two_persons
from tonghu.access.sheets import NeedsReason
from tonghu.casework.harm import Channel, Concerns
from tonghu.casework.models import HarmReport, ReporterIdentity
from tonghu.casework.operations import reporting
from tonghu.casework.reports import (
    alarms_for,
    receipt_for,
    report_for,
    reporter_for,
    reports_for,
)
from tonghu.casework.told import who_is_told
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.kernel.keyring import ring
from tonghu.people.erasing.removing import Removed
from tonghu.people.models import Child
from tonghu.people.operations import sealing
from tonghu.people.policy import FILE

WORDS = "三组老槐树旁那家的小女孩"
SEEN = "手臂上有几处烫伤，孩子说“不敢回家”"
TOLD_BY = "村医钱大夫"


def feared(by, child=None, **also):
    said = {"child_words": WORDS, "situations": ["R4"], "found_at": AT, "facts": SEEN} | also
    return reporting.report_harm(said=reporting.Feared(**said), child=child, by=by, at=AT)


def in_conflict(by, child):
    grounds.close_to(
        account=by.account,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=child.pk,
        words="我的侄女",
        by=by,
        at=AT,
    )


def told_of(report):
    rows = Notice.objects.unscoped("tests").filter(subject_id=report.pk)
    return {row.account.name for row in rows.select_related("account")}


def hours(number):
    return AT + dt.timedelta(hours=number)


@pytest.mark.parametrize("who", ["liumin", "gaoxiulan", "majing", "luowen", "hejing"])
def test_anybody_with_an_account_reports_and_keeps_the_receipt_alone(who, request, qinhui):
    by = request.getfixturevalue(who)

    report = feared(by)

    assert receipt_for(by, report.pk, on=TODAY) == report
    with pytest.raises(Hidden):
        report_for(by, report.pk, on=TODAY)
    assert told_of(report) == {"秦慧"}


def test_nobody_closed_out_is_kept_from_writing_and_none_of_them_reads_or_is_told(
    liumin, zhanglan, qinhui, gaoxiulan, xiaohai
):
    in_conflict(liumin, xiaohai)

    written = feared(liumin)
    report = feared(zhanglan, child=xiaohai, child_words="")

    assert receipt_for(liumin, written.pk, on=TODAY) == written
    assert told_of(report) == {"秦慧"}
    with pytest.raises(Hidden):
        report_for(liumin, report.pk, on=TODAY)
    assert not reports_for(liumin, on=TODAY).exists()


def test_a_report_of_a_file_is_its_workers_with_a_reason_its_supervisors(
    liumin, yangfan, zhanglan, qinhui, hanxue, xiaohai
):
    report = feared(liumin, child=xiaohai, child_words="")

    assert report_for(liumin, report.pk, on=TODAY) == report
    for by in (zhanglan, qinhui):
        with pytest.raises(NeedsReason):
            report_for(by, report.pk, on=TODAY)
    for by in (yangfan, hanxue):
        with pytest.raises(Hidden):
            report_for(by, report.pk, on=TODAY)
    assert told_of(report) == {"张岚", "秦慧"}


def test_what_is_feared_of_the_staff_is_the_heads_alone(liumin, zhanglan, qinhui, xiaohai):
    report = feared(zhanglan, child=xiaohai, child_words="", concerns=Concerns.STAFF)

    assert told_of(report) == {"秦慧"}
    for by in (liumin, zhanglan):
        assert not reports_for(by, on=TODAY).exists()
        with pytest.raises(Hidden):
            report_for(by, report.pk, on=TODAY)
    about = JournalRow.objects.unscoped("tests").filter(about_id=xiaohai.pk)
    assert not about.filter(event="casework.report.recorded").exists()


def test_who_told_is_kept_apart_under_its_own_key_and_asks_a_reason(liumin, qinhui, zhanglan):
    report = feared(liumin, reporter=TOLD_BY)

    assert ring("reporter").numbers() == [1]
    row = ReporterIdentity.objects.unscoped("tests").values_list("words", flat=True).get()
    assert TOLD_BY not in row
    for by in (liumin, qinhui):
        with pytest.raises(NeedsReason):
            reporter_for(by, report.pk, on=TODAY)
    with pytest.raises(Hidden):
        reporter_for(zhanglan, report.pk, on=TODAY)


def test_who_wrote_it_down_no_longer_reads_who_told_once_it_is_answered(liumin, qinhui, xiaohai):
    report = feared(
        liumin, child=xiaohai, child_words="", reporter=TOLD_BY, channels=[Channel.POLICE]
    )

    reporting.note_heard(
        report=report, words="已受案", answered=True, heard_at=AT, by=liumin, at=AT
    )

    with pytest.raises(Hidden):
        reporter_for(liumin, report.pk, on=TODAY)
    with pytest.raises(NeedsReason):
        reporter_for(qinhui, report.pk, on=TODAY)


def test_the_clock_climbs_from_worker_to_supervisor_to_head(liumin, zhanglan, qinhui, xiaohai):
    feared(liumin, child=xiaohai, child_words="")

    def alarmed(at):
        return [bool(list(alarms_for(by, at=at))) for by in (liumin, zhanglan, qinhui)]

    assert alarmed(hours(1)) == [True, False, False]
    assert alarmed(hours(7)) == [True, True, False]
    assert alarmed(hours(25)) == [True, True, True]


def test_in_danger_everybody_who_must_act_has_it_at_once(liumin, zhanglan, qinhui, xiaohai):
    feared(liumin, child=xiaohai, child_words="", in_danger=True)

    assert [len(list(alarms_for(by, at=AT))) for by in (liumin, zhanglan, qinhui)] == [1, 1, 1]


def test_only_an_answer_stops_the_clock_and_the_head_of_the_agency_is_no_authority(liumin, xiaohai):
    report = feared(liumin, child=xiaohai, child_words="", channels=[Channel.INTERNAL])
    assert report.reported_at is None
    with pytest.raises(reporting.NotAnswered):
        reporting.note_heard(
            report=report, words="知道了", answered=True, heard_at=AT, by=liumin, at=AT
        )

    reporting.note_told(report=report, channel=Channel.POLICE, told_at=AT, by=liumin, at=AT)
    assert [clock.waits_for for _one, clock in alarms_for(liumin, at=AT)] == ["answer"]
    reporting.note_heard(
        report=report, words="已立案", answered=True, heard_at=AT, by=liumin, at=AT
    )

    assert list(alarms_for(liumin, at=hours(900))) == []


def test_two_persons_end_it_and_only_when_it_was_answered(liumin, zhanglan, xiaohai):
    report = feared(liumin, child=xiaohai, child_words="", channels=[Channel.POLICE])
    with pytest.raises(reporting.NotAnswered):
        reporting.propose_end(report=report, reason="已处理", by=liumin, at=AT)
    reporting.note_heard(
        report=report, words="已立案", answered=True, heard_at=AT, by=liumin, at=AT
    )

    proposal = reporting.propose_end(report=report, reason="已立案，孩子安全", by=liumin, at=AT)
    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=liumin, at=AT)
    two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)

    report.refresh_from_db()
    assert report.ended_at == AT


def test_the_database_deletes_no_report_and_moves_no_clock(liumin):
    report = feared(liumin)
    rows = HarmReport.objects.unscoped("tests").filter(pk=report.pk)

    for act in (rows.delete, lambda: rows.update(found_at=hours(9))):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()

    assert rows.get().found_at == AT


def test_the_head_puts_a_report_to_the_file_and_its_worker_is_told(
    liumin, qinhui, gaoxiulan, xiaohai
):
    report = feared(gaoxiulan)

    with pytest.raises(reporting.NoSuchFile):
        reporting.place_report(report=report, number="AAAA-AAAA", by=qinhui, at=AT)
    reporting.place_report(report=report, number=xiaohai.number, by=qinhui, at=AT)

    assert report_for(liumin, report.pk, on=TODAY) == report
    assert "刘敏" in told_of(report)
    with pytest.raises(Hidden):
        report_for(gaoxiulan, report.pk, on=TODAY)


@pytest.mark.parametrize(
    ("also", "refusal"),
    [
        ({"child_words": " "}, reporting.ChildMissing),
        ({"found_at": AT + dt.timedelta(hours=1)}, reporting.NotYet),
        ({"reported_at": AT + dt.timedelta(hours=1)}, reporting.NotYet),
    ],
)
def test_a_report_says_which_child_and_nothing_of_the_future(liumin, also, refusal):
    with pytest.raises(refusal):
        feared(liumin, **also)

    assert not HarmReport.objects.unscoped("tests").exists()


def test_what_is_feared_stands_sealed_and_not_in_the_journal(liumin):
    feared(liumin)

    row = HarmReport.objects.unscoped("tests").values("facts", "child_words").get()
    assert SEEN not in row["facts"]
    assert WORDS not in row["child_words"]
    assert WORDS not in str(vars(last_row("casework.report.recorded")))


def test_erasing_the_child_takes_the_words_and_leaves_that_it_was_answered(liumin, xiaohai):
    report = feared(liumin, child=xiaohai, channels=[Channel.POLICE], reporter=TOLD_BY)

    Removed().remove(Child, [xiaohai.pk])

    kept = HarmReport.objects.unscoped("tests").get(pk=report.pk)
    assert (kept.child, kept.child_words, kept.facts) == (None, "", "")
    assert (kept.found_at, kept.reported_at) == (report.found_at, report.reported_at)
    assert not ReporterIdentity.objects.unscoped("tests").exists()


def test_of_a_sealed_file_nobody_is_told_but_those_named(
    liumin, yangfan, zhanglan, qinhui, hejing, xiaohai
):
    proposal = sealing.propose_seal(
        child=xiaohai,
        named=[yangfan.account, zhanglan.account],
        words="证人保护",
        by=qinhui,
        at=AT,
    )
    two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)
    report = feared(hejing)

    HarmReport.objects.unscoped("tests").filter(pk=report.pk).update(child=xiaohai)

    assert who_is_told(xiaohai, hejing, on=TODAY) == {yangfan.account_id, zhanglan.account_id}
    for by in (liumin, qinhui):
        with pytest.raises(Hidden):
            report_for(by, report.pk, on=TODAY)
        assert not reports_for(by, on=TODAY).exists()
