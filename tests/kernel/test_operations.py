import datetime as dt
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from tests.conftest import AT, FIRST_DAY, YULAN
from tests.kernel import office
from tonghu.access.actors import Actor, actor_for, system
from tonghu.access.journal import said_in
from tonghu.access.models import JournalRow, Organisation
from tonghu.access.operations import people
from tonghu.kernel.errors import Forbidden
from tonghu.kernel.operations import OtherContent, keep_journal_with

KEY = UUID("019e0000-0000-7000-8000-000000000001")
PHONE = UUID("019e0000-0000-7000-8000-0000000000d1")


class FullDisk:
    """A journal that cannot be written."""

    def write(self, entry):
        raise OSError("No space left on device")

    def first_answer(self, op_id):
        return None


@pytest.fixture
def new_rows(house):
    """The journal's rows since the test began."""
    rows = JournalRow.objects.unscoped("a test")
    known = [row.pk for row in rows]
    return lambda: list(rows.exclude(pk__in=known).order_by("seq"))


def name_of(house) -> str:
    return Organisation.objects.unscoped("a test").get(pk=house.pk).name


def test_an_operation_leaves_its_effect_and_one_row(house, hejing, new_rows):
    office.rename(house=house, name="晖光", by=hejing, at=AT)

    (row,) = new_rows()[-1:]
    assert name_of(house) == "晖光"
    assert (row.event, row.at, row.agency_id) == ("tests.house.renamed", AT, house.pk)
    assert (row.subject_kind, row.subject_id, row.about_id) == (
        "access.organisation",
        house.pk,
        house.pk,
    )
    assert (row.account_id, row.membership_id, row.role) == (
        hejing.account_id,
        hejing.membership_id,
        "administrator",
    )
    assert (row.fields, row.op_id, row.content) == ("name", None, "")
    assert said_in(row).reason == "moved"
    assert said_in(row).changes == {"name": ["秦晖社会工作服务中心", "晖光"]}
    assert "晖光" not in row.sealed


def test_an_operation_says_which_device_and_when_there(house, hejing, new_rows):
    earlier = AT - dt.timedelta(hours=5)
    by = Actor(house.pk, hejing.account, hejing.membership, device_id=PHONE)

    office.rename(house=house, name="晖光", by=by.sending(KEY, earlier), at=AT)

    (row,) = new_rows()[-1:]
    assert (row.device_id, row.made_at, row.at, row.op_id) == (PHONE, earlier, AT, KEY)


def test_an_operation_that_changed_nothing_leaves_no_row(house, hejing, new_rows):
    known = len(new_rows())

    assert office.rename(house=house, name=house.name, by=hejing, at=AT) == house
    assert len(new_rows()) == known


@pytest.mark.parametrize(("name", "error"), [("", office.Closed), ("bug", ZeroDivisionError)])
def test_an_operation_that_does_not_end_leaves_nothing(house, hejing, new_rows, name, error):
    known = len(new_rows())

    with pytest.raises(error):
        office.rename(house=house, name=name, by=hejing, at=AT)

    assert name_of(house) == "秦晖社会工作服务中心"
    assert len(new_rows()) == known


def test_a_forbidden_operation_leaves_only_its_refusal(house, liumin, new_rows):
    known = len(new_rows())

    with pytest.raises(Forbidden):
        office.rename(house=house, name="晖光", by=liumin, at=AT)

    (row,) = new_rows()[known:]
    assert name_of(house) == "秦晖社会工作服务中心"
    assert (row.event, row.account_id, row.subject_id) == (
        "access.refused",
        liumin.account_id,
        house.pk,
    )
    assert (said_in(row).reason, row.fields) == ("tests.house.renamed", "")
    assert said_in(row).changes == {}


def test_an_operation_whose_row_cannot_be_written_leaves_nothing(house, hejing, new_rows):
    known = len(new_rows())
    keep_journal_with(f"{__name__}.FullDisk")

    try:
        with pytest.raises(OSError, match="No space left"):
            office.rename(house=house, name="晖光", by=hejing, at=AT)
    finally:
        keep_journal_with("tonghu.access.journal.DatabaseJournal")

    assert name_of(house) == "秦晖社会工作服务中心"
    assert len(new_rows()) == known


def test_operations_inside_one_another_are_one_act(house, hejing, new_rows):
    known = len(new_rows())

    office.move(house=house, name="晖光", by=hejing, at=AT)
    office.call(house=house, phone="029 2", by=hejing, at=AT)

    rows = new_rows()[known:]
    assert [row.event for row in rows] == [
        "tests.house.called",
        "tests.house.renamed",
        "tests.house.moved",
        "tests.house.called",
    ]
    assert len({row.act for row in rows[:3]}) == 1
    assert rows[3].act != rows[0].act


@pytest.mark.parametrize(("name", "error"), [("", office.Closed), ("bug", ZeroDivisionError)])
def test_operations_inside_one_another_fall_together(house, hejing, new_rows, name, error):
    known = len(new_rows())

    with pytest.raises(error):
        office.move(house=house, name=name, by=hejing, at=AT)

    found = Organisation.objects.unscoped("a test").get(pk=house.pk)
    assert (found.name, found.phone) == ("秦晖社会工作服务中心", "")
    assert len(new_rows()) == known


def test_a_forbidden_operation_inside_another_is_refused_once(house, liumin, new_rows):
    known = len(new_rows())

    with pytest.raises(Forbidden):
        office.move(house=house, name="晖光", by=liumin, at=AT)

    (row,) = new_rows()[known:]
    assert (row.event, said_in(row).reason) == ("access.refused", "tests.house.moved")


def test_an_operation_may_go_on_where_one_inside_was_refused(house, hejing, new_rows):
    known = len(new_rows())

    office.try_to_move(house=house, name="", by=hejing, at=AT)

    found = Organisation.objects.unscoped("a test").get(pk=house.pk)
    assert (found.name, found.phone) == ("秦晖社会工作服务中心", "029 1")
    assert [row.event for row in new_rows()[known:]] == [
        "tests.house.called",
        "tests.house.moved_if_possible",
    ]


def test_an_operation_after_a_refused_one_is_an_act_of_its_own(house, hejing, new_rows):
    known = len(new_rows())
    with pytest.raises(office.Closed):
        office.move(house=house, name="", by=hejing, at=AT)
    house.refresh_from_db()

    office.rename(house=house, name="晖光", by=hejing, at=AT)

    (row,) = new_rows()[known:]
    assert row.event == "tests.house.renamed"


def test_a_resend_is_answered_again_and_writes_nothing(house, hejing, new_rows, monkeypatch):
    by = hejing.sending(KEY)
    first = office.add(code="B1", by=by, at=AT)
    known, done_again = len(new_rows()), []
    monkeypatch.setattr(office, "meanwhile", [lambda: done_again.append(True)])

    again = office.add(code="B1", by=by, at=AT + dt.timedelta(hours=1))

    assert (again, done_again) == (first, [])
    assert len(new_rows()) == known
    assert Organisation.objects.unscoped("a test").filter(credit_code="B1").count() == 1


def test_a_resend_of_what_changed_nothing_is_answered_too(house, hejing, new_rows):
    known, by = len(new_rows()), hejing.sending(KEY)

    office.rename(house=house, name=house.name, by=by, at=AT)
    office.rename(house=house, name="晖光", by=hejing, at=AT)
    office.rename(house=house, name="秦晖社会工作服务中心", by=by, at=AT)

    assert [row.op_id for row in new_rows()[known:]] == [KEY, None]
    assert name_of(house) == "晖光"


def test_a_key_is_remembered_once_for_an_act_of_several_operations(house, hejing, new_rows):
    known = len(new_rows())

    office.move(house=house, name="晖光", by=hejing.sending(KEY), at=AT)

    assert [row.op_id for row in new_rows()[known:]] == [None, None, KEY]


def test_a_refused_send_may_be_sent_again(house, hejing, new_rows):
    by = hejing.sending(KEY)
    office.add(code="B1", by=hejing, at=AT)
    with pytest.raises(office.Closed):
        office.add(code="B1", by=by, at=AT)
    Organisation.objects.unscoped("a test").filter(credit_code="B1").delete()

    assert office.add(code="B1", by=by, at=AT).credit_code == "B1"


def test_the_same_key_with_other_content_is_refused_and_reported(house, hejing, new_rows):
    by = hejing.sending(KEY)
    office.rename(house=house, name="晖光", by=by, at=AT)
    known = len(new_rows())

    with pytest.raises(OtherContent):
        office.rename(house=house, name="慧光", by=by, at=AT)

    (row,) = new_rows()[known:]
    assert name_of(house) == "晖光"
    assert (row.event, row.account_id, row.op_id) == (
        "access.resend.differed",
        hejing.account_id,
        None,
    )


def test_the_same_key_for_another_operation_is_refused(house, hejing, new_rows):
    by = hejing.sending(KEY)
    office.rename(house=house, name="晖光", by=by, at=AT)

    with pytest.raises(OtherContent):
        office.move(house=house, name="晖光", by=by, at=AT)

    assert Organisation.objects.unscoped("a test").get(pk=house.pk).phone == ""


def test_the_same_key_of_somebody_else_is_refused(house, hejing, qinhui, new_rows):
    office.add(code="B1", by=hejing.sending(KEY), at=AT)

    with pytest.raises(OtherContent):
        office.add(code="B1", by=qinhui.sending(KEY), at=AT)

    assert new_rows()[-1].account_id == qinhui.account_id


def test_the_same_key_of_the_same_person_elsewhere_is_refused(house, hejing, other_house):
    elsewhere = people.grant_role(
        account=hejing.account,
        organisation=other_house,
        role="administrator",
        from_on=FIRST_DAY,
        by=system(YULAN),
        at=AT,
    )
    there = actor_for(hejing.account, on=AT.date(), membership_id=elsewhere.pk)
    office.add(code="B1", by=hejing.sending(KEY), at=AT)

    with pytest.raises(OtherContent):
        office.add(code="B1", by=there.sending(KEY), at=AT)


@pytest.mark.django_db(transaction=True)
def test_two_resends_at_once_are_one_act(house, hejing):
    by, together = hejing.sending(KEY), Barrier(4)

    def send():
        together.wait(10)
        return office.add(code="B1", by=by, at=AT)

    answers = office.at_once(4, send)

    rows = JournalRow.objects.unscoped("a test")
    assert len({one.pk for one in answers}) == 1
    assert rows.filter(op_id=KEY).count() == 1
    assert Organisation.objects.unscoped("a test").filter(credit_code="B1").count() == 1


@pytest.mark.django_db(transaction=True)
def test_operations_at_once_leave_one_chain_without_gaps(house, hejing):
    names = [f"B{number}" for number in range(6)]

    office.at_once(6, lambda: office.add(code=names.pop(), by=hejing, at=AT))

    found = JournalRow.objects.unscoped("a test").order_by("seq")
    rows = list(found)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert [row.previous for row in rows[1:]] == [row.hash for row in rows[:-1]]
    assert [row.event for row in rows[-6:]] == ["tests.partner.added"] * 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one transaction write")
def test_a_resend_refused_because_of_the_first_is_given_its_answer(house, hejing):
    by, answers = hejing.sending(KEY), []

    def the_first_arrives():
        answers.extend(office.at_once(1, lambda: office.add(code="B1", by=by, at=AT)))

    office.meanwhile.append(the_first_arrives)

    assert office.add(code="B1", by=by, at=AT) == answers[0]
