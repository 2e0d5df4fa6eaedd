import datetime as dt
from io import BytesIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localtime
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from tests.conftest import AT, TODAY, downloaded
from tonghu.access.codes import code_for
from tonghu.access.constants import ReasonCode
from tonghu.access.events import words_for
from tonghu.access.models import JournalRow, Proposal
from tonghu.access.operations import grounds, two_persons
from tonghu.jobs.models import Job
from tonghu.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True)

HEADINGS = ["序号", "时间", "谁", "角色", "做了什么", "记录", "凭什么"]
NOTES = 3


@pytest.fixture
def asked(signed_in):
    """Somebody presses "as Excel": ``asked(luowen, since="2026-06-01")``."""

    def press(actor, **narrowed):
        return signed_in(actor).post(reverse("journal-export"), narrowed)

    return press


@pytest.fixture
def sheet_of(signed_in):
    """The rows of the workbook that somebody downloads."""

    def read(actor) -> list[list]:
        call_command("work_jobs")
        job = Job.objects.unscoped("a test").get(account=actor.account)
        assert (job.state, job.why) == ("done", "")
        content = downloaded(signed_in(actor).post(reverse("job-file", args=[job.pk])))
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        assert [one.visible for one in book.sheets_metadata] == [SheetVisibleEnum.Visible]
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)

    return read


def reason_of(head) -> None:
    grounds.give_reason(
        target_kind="access.journal",
        target_id=head.agency_id,
        code=ReasonCode.AUDIT,
        words="年度审计要核对谁看过档案",
        by=head,
        at=clock.now(),
    )


def journal(agency_id) -> list[JournalRow]:
    rows = JournalRow.objects.unscoped("a test").filter(agency_id=agency_id)
    return list(rows.order_by("seq"))


def test_an_auditor_takes_the_journal_at_once_and_masked(luowen, liumin, stranger, asked, sheet_of):
    answer = asked(luowen)
    job = Job.objects.unscoped("a test").get()
    assert answer.headers["Location"] == reverse("job", args=[job.pk])
    assert not Proposal.objects.unscoped("a test").exists()

    rows = sheet_of(luowen)

    head, lines = rows[NOTES], rows[NOTES + 1 :]
    known = [row for row in journal(luowen.agency_id) if row.seq <= lines[-1][0]]
    assert head == HEADINGS
    assert [line[0] for line in lines] == [row.seq for row in known]
    assert [line[1] for line in lines] == [
        localtime(row.at).replace(tzinfo=None, microsecond=0) for row in known
    ]
    assert [line[4] for line in lines] == [words_for(row.event) for row in known]
    assert [line[5] for line in lines] == [
        f"{row.subject_kind} {code_for(luowen, row.about_id, 'R') if row.about_id else ''}".strip()
        for row in known
    ]
    said = "\n".join(str(cell) for line in lines for cell in line)
    assert str(liumin.account_id) not in said
    for name in ("刘敏", "罗文", "吴凡", "liumin", "wufan"):
        assert name not in said
    assert str(stranger.agency_id) not in said
    assert len({line[2] for line in lines}) > 1


def test_a_workbook_says_whose_it_is_what_for_and_until_when(luowen, asked, sheet_of):
    asked(luowen)

    rows = sheet_of(luowen)

    notes = [row[0] for row in rows[:NOTES]]
    assert "罗文" in notes[0]
    assert "2026年6月1日" in notes[0]
    assert "2026年6月2日" in notes[2]


@pytest.mark.parametrize(
    ("narrowed", "kept"),
    [
        ({"since": "2026-06-02"}, lambda row: clock.day(row.at) >= dt.date(2026, 6, 2)),
        ({"until": "2026-06-01"}, lambda row: clock.day(row.at) <= TODAY),
        ({"refused": "on"}, lambda row: row.event == "access.refused"),
    ],
    ids=["since", "until", "refused"],
)
def test_a_workbook_is_narrowed_as_the_page_was(
    luowen, liumin, majing, asked, sheet_of, narrowed, kept
):
    # 23:30 UTC is the second of June already in Xi'an.
    with clock.at(AT.replace(hour=23, minute=30)):
        assert asked(majing).status_code == 403
        asked(luowen, **narrowed)
        before = journal(luowen.agency_id)
        rows = sheet_of(luowen)

    numbers = [row[0] for row in rows[NOTES + 1 :]]
    last = before[-1].seq
    assert [number for number in numbers if number <= last] == [
        row.seq for row in before if kept(row)
    ]
    assert 0 < len(numbers) < last + 10


@pytest.mark.parametrize("who", ["liumin", "zhanglan", "hejing", "hanxue", "majing", "xuzhe"])
def test_nobody_else_takes_the_journal_away(request, asked, who):
    actor = request.getfixturevalue(who)

    answer = asked(actor, reason="请给我")

    assert answer.status_code == 403
    assert not Job.objects.unscoped("a test").exists()
    assert not Proposal.objects.unscoped("a test").exists()
    assert journal(actor.agency_id)[-1].event == "access.refused"


def test_a_head_is_asked_for_a_reason_first(qinhui, asked):
    answer = asked(qinhui)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/reason/")
    assert not Proposal.objects.unscoped("a test").exists()


def test_a_head_takes_the_journal_with_a_reason_and_a_second_person(
    qinhui, zhanglan, liumin, asked, sheet_of, signed_in
):
    reason_of(qinhui)
    asked(qinhui, reason="交给审计局")
    proposal = Proposal.objects.unscoped("a test").get()
    assert not Job.objects.unscoped("a test").exists()

    signed_in(zhanglan).post(reverse("waiting-decide", args=[proposal.pk]), {"confirm": "1"})
    rows = sheet_of(qinhui)

    lines = rows[NOTES + 1 :]
    assert "交给审计局" in rows[1][0]
    assert [line[0] for line in lines] == [
        row.seq for row in journal(qinhui.agency_id) if row.seq <= lines[-1][0]
    ]
    assert {"秦慧", "张岚"} <= {line[2] for line in lines}


def test_a_head_does_not_confirm_her_own_export(qinhui, asked, signed_in):
    reason_of(qinhui)
    asked(qinhui, reason="交给审计局")
    proposal = Proposal.objects.unscoped("a test").get()

    signed_in(qinhui).post(reverse("waiting-decide", args=[proposal.pk]), {"confirm": "1"})

    assert Proposal.objects.unscoped("a test").get().state == "waiting"
    assert not Job.objects.unscoped("a test").exists()


def test_a_declined_export_makes_no_file(qinhui, zhanglan, asked):
    reason_of(qinhui)
    asked(qinhui, reason="交给审计局")
    proposal = Proposal.objects.unscoped("a test").get()

    two_persons.decline(proposal=proposal, reason="不必要", by=zhanglan, at=AT)
    call_command("work_jobs")

    assert not Job.objects.unscoped("a test").exists()


def test_a_heads_file_closes_with_her_reason_at_the_end_of_the_day(
    qinhui, zhanglan, asked, sheet_of, signed_in
):
    reason_of(qinhui)
    asked(qinhui, reason="交给审计局")
    two_persons.confirm(proposal=Proposal.objects.unscoped("a test").get(), by=zhanglan, at=AT)
    call_command("work_jobs")
    job = Job.objects.unscoped("a test").get()
    address = reverse("job-file", args=[job.pk])

    assert downloaded(signed_in(qinhui).post(address))
    with clock.at(clock.end_of(TODAY)):
        answer = signed_in(qinhui).post(address)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/reason/")


def test_an_auditors_file_closes_with_his_mandate(luowen, asked, signed_in):
    asked(luowen)
    with clock.at(AT + dt.timedelta(days=21, hours=13)):  # the evening of the last day
        call_command("work_jobs")
        job = Job.objects.unscoped("a test").get()
        address = reverse("job-file", args=[job.pk])
        assert downloaded(signed_in(luowen).post(address))
    with clock.at(AT + dt.timedelta(days=21, hours=14)):  # after midnight
        answer = signed_in(luowen).post(address)

    assert answer.status_code == 403
