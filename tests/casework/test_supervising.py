import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from tests.access.conftest import last_row
from tests.casework.assessed import assessed
from tests.casework.conftest import accepted, judged
from tests.casework.test_assessment_pages import english, post, text
from tests.conftest import AT, QINHUI, TODAY, entered
from tests.services.visited import visited
from tonghu.access.actors import system
from tonghu.access.constants import ClosingKind
from tonghu.access.operations import grounds
from tonghu.casework.caseload import caseload_of, team_of
from tonghu.casework.constants import RiskLevel
from tonghu.casework.due import due_in, own_cases
from tonghu.casework.models import SupervisionNote, SupervisionTask
from tonghu.casework.operations import supervising
from tonghu.casework.operations.supervising import SupervisionSaid, TaskSaid
from tonghu.casework.supervising import note_for, notes_for
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.people.operations import places
from tonghu.people.policy import FILE

SOON = TODAY + dt.timedelta(days=5)


def supervised(worker, by, case=None, **also):
    tasks = [TaskSaid("联系姑姑", SOON, worker.account, case)]
    said = {"on": TODAY, "minutes": 60, "issues": "夜间照看", "own_state": "有点累"}
    said |= {"cases": [case] if case else [], "tasks": tasks} | also
    return supervising.record_supervision(
        worker=worker.account, said=SupervisionSaid(**said), by=by, at=AT
    )


def test_what_was_said_is_the_twos_alone(liumin, zhanglan, yangfan, qinhui, hejing, case):
    note = supervised(liumin, zhanglan, case)

    for one in (liumin, zhanglan):
        assert note_for(one, note.pk, on=TODAY).row.own_state == "有点累"
    for one in (yangfan, qinhui, hejing):
        with pytest.raises(Hidden):
            note_for(one, note.pk, on=TODAY)
        assert not notes_for(one, on=TODAY).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT issues, own_state FROM casework_supervisionnote")
        assert "累" not in str(cursor.fetchone())
    assert "累" not in str(vars(last_row("casework.supervision.recorded")))


def test_only_her_supervisor_writes_it_down(liumin, zhanglan, yangfan, qinhui, case):
    for worker, by in ((yangfan, zhanglan), (liumin, qinhui), (zhanglan, liumin)):
        with pytest.raises((Forbidden, Hidden)):
            supervised(worker, by)

    assert not SupervisionNote.objects.unscoped("tests").exists()
    note = supervised(liumin, zhanglan)
    rows = SupervisionNote.objects.unscoped("tests").filter(pk=note.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(worker=zhanglan.account)


@pytest.mark.parametrize(
    ("also", "refusal"),
    [
        ({"on": TODAY + dt.timedelta(days=1)}, supervising.NotHeldYet),
        ({"minutes": 0}, supervising.NotALength),
    ],
)
def test_it_was_held_and_lasted(liumin, zhanglan, team, also, refusal):
    with pytest.raises(refusal):
        supervised(liumin, zhanglan, **also)


def test_a_task_is_one_of_the_twos(liumin, zhanglan, yangfan, case):
    tasks = [TaskSaid("联系姑姑", SOON, yangfan.account)]

    with pytest.raises(supervising.TaskUnclear):
        supervised(liumin, zhanglan, tasks=tasks)


def test_a_task_is_due_until_it_is_done(liumin, zhanglan, case):
    supervised(liumin, zhanglan, case)

    def owed():
        found = due_in(own_cases(liumin, on=TODAY), on=TODAY)
        return [(str(one.what), one.on) for one in found if one.icon == "message"]

    assert owed() == [("督导任务，刘敏", SOON)]
    task = SupervisionTask.objects.unscoped("tests").get()
    supervising.finish_task(task=task, by=liumin, at=AT)
    assert owed() == []
    supervising.reopen_task(task=task, by=zhanglan, at=AT)
    assert len(owed()) == 1


def test_a_case_closed_to_the_supervisor_is_not_named(liumin, zhanglan, case):
    note = supervised(liumin, zhanglan, case)
    grounds.close_to(
        account=zhanglan.account,
        kind=ClosingKind.CONFLICT,
        target_kind=FILE,
        target_id=case.child_id,
        words="我的外甥",
        by=system(QINHUI),
        at=AT,
    )

    shown = note_for(zhanglan, note.pk, on=TODAY)

    assert (shown.cases, [one.case for one in shown.tasks]) == ([], [None])
    assert [one.case for one in note_for(liumin, note.pk, on=TODAY).tasks] == [case]


def test_a_load_is_weighted_by_risk(liumin, zhanglan, yangfan, case, registered, team):
    judged(case, liumin, RiskLevel.L1_URGENT, days=3)
    second = accepted(registered("谭小月", team, holder=liumin), liumin)
    supervised(liumin, zhanglan, on=TODAY - dt.timedelta(days=12), tasks=[])

    load = caseload_of(liumin, on=TODAY)

    assert (load.cases, load.weight, load.overdue, load.days_since_supervision) == (2, 6, 0, 12)
    later = TODAY + dt.timedelta(days=2)
    assert caseload_of(liumin, on=later).overdue == 1
    assert team_of(zhanglan, on=TODAY).loads == [load]
    judged(second, liumin, RiskLevel.NONE)
    assert caseload_of(liumin, on=TODAY).weight == 4
    with pytest.raises(Forbidden):
        team_of(yangfan, on=TODAY)


def test_who_was_not_talked_with_alone_is_in_view(liumin, zhanglan, case):
    assert team_of(zhanglan, on=TODAY).not_alone == [case]

    visited(case.child, liumin, happened_at=AT, seen_alone=True)

    assert team_of(zhanglan, on=TODAY).not_alone == []
    with clock.at(AT + dt.timedelta(days=30)):
        assert team_of(zhanglan, on=dt.date(2026, 7, 1)).not_alone == [case]


def test_a_supervision_is_written_on_the_page(liumin, zhanglan, case, signed_in):
    said = {
        "on": str(TODAY),
        "minutes": "50",
        "kind": "individual",
        "cases": str(case.pk),
        "issues": "夜间照看",
        "what_1": "联系姑姑",
        "due_1": str(SOON),
        "owner_1": str(liumin.account_id),
        "case_1": str(case.pk),
    }

    page = post(signed_in(zhanglan), "supervision-new", [liumin.account_id], **said)

    assert page.status_code == 200
    note = SupervisionNote.objects.unscoped("tests").get()
    client = signed_in(liumin)
    page = client.get(reverse("supervision", args=[note.pk]))
    assert "联系姑姑" in text(page)
    task = SupervisionTask.objects.unscoped("tests").get()
    assert "没做完" in text(post(client, "task-done", [task.pk]))


def test_half_a_task_is_asked_for(liumin, zhanglan, case, signed_in):
    said = {"on": str(TODAY), "minutes": "50", "kind": "individual", "what_1": "联系姑姑"}

    page = post(signed_in(zhanglan), "supervision-new", [liumin.account_id], **said)

    assert "任务要写做什么、哪天之前。" in text(page)
    assert not SupervisionNote.objects.unscoped("tests").exists()


def test_pages_of_the_desk_and_who_opens_them(liumin, zhanglan, qinhui, case, signed_in):
    note = supervised(liumin, zhanglan, case)
    assessed(case, liumin, zhanglan)
    addresses = [
        reverse("team"),
        reverse("supervision-list"),
        reverse("supervision", args=[note.pk]),
        reverse("supervision-new", args=[liumin.account_id]),
    ]

    answers = {
        by.account.login: [signed_in(by).get(one).status_code for one in addresses]
        for by in (liumin, zhanglan, qinhui)
    }
    pages = [signed_in(zhanglan).get(one) for one in addresses]

    assert answers == {
        "liumin": [403, 200, 200, 404],
        "zhanglan": [200, 200, 200, 200],
        "qinhui": [403, 403, 404, 404],
    }
    assert [english(page) for page in pages] == [set()] * 4
    assert "谭小海" in text(pages[0])


def test_who_supervises_next_reads_none_of_it_and_sees_the_day(liumin, zhanglan, case, house):
    note = supervised(liumin, zhanglan, case)
    next_one = entered(house, "songli", "宋丽", "Song Li", "supervisor")
    places.supervise(
        worker=liumin.account,
        supervisor=next_one.account,
        from_on=TODAY,
        by=system(QINHUI),
        at=AT,
    )

    assert not notes_for(next_one, on=TODAY).exists()
    with pytest.raises(Hidden):
        note_for(next_one, note.pk, on=TODAY)
    assert [one.days_since_supervision for one in team_of(next_one, on=TODAY).loads] == [0]
