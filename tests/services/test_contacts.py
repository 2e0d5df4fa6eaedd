import datetime as dt

import pytest

from tests.access.conftest import last_row
from tests.conftest import AT, FIRST_DAY, QINHUI, TODAY
from tests.services.visited import said, visited
from tonghu.access.actors import system
from tonghu.access.constants import DutyKind
from tonghu.access.models import Duty
from tonghu.access.operations.grounds import end_duty
from tonghu.access.sheets import Action, NeedsReason
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.services.constants import Result
from tonghu.services.models import Appointment, Contact, Reflection
from tonghu.services.operations.contacts import (
    BeforeTheFile,
    NobodyWasMet,
    NotYet,
    record_contact,
)
from tonghu.services.policy import REFLECTIONS
from tonghu.services.queries import appointments_of, contact_for, contacts_of

FRIDAY = TODAY - dt.timedelta(days=3)


def _hand_over(child, worker, until_on, by):
    duty = Duty.objects.unscoped("tests").get(
        account=worker.account, kind=DutyKind.ASSIGNMENT, target_id=child.pk
    )
    end_duty(duty=duty, until_on=until_on, by=by, at=AT)


def test_a_contact_is_on_the_file_and_on_record(liumin, xiaohai):
    contact = visited(xiaohai, liumin)

    assert list(contacts_of(xiaohai, liumin, on=TODAY)) == [contact]
    assert last_row("services.contact.recorded").about_id == xiaohai.pk


def test_a_next_step_is_arranged_and_the_visit_for_it_keeps_it(liumin, xiaohai):
    visited(xiaohai, liumin, next_step="陪去学校", next_on=TODAY)
    arranged = appointments_of(xiaohai, liumin, on=TODAY).get()

    kept = record_contact(child=xiaohai, said=said(), keeps=arranged, by=liumin, at=AT)

    assert (arranged.what, arranged.on) == ("陪去学校", TODAY)
    assert Appointment.objects.unscoped("tests").get().kept_by_id == kept.pk
    assert not appointments_of(xiaohai, liumin, on=TODAY).exists()


def test_who_handed_the_file_over_still_writes_the_visit_before(liumin, yangfan, qinhui, xiaohai):
    _hand_over(xiaohai, liumin, FRIDAY, qinhui)

    visited(xiaohai, liumin, happened_at=AT - dt.timedelta(days=3))

    assert Contact.objects.unscoped("tests").count() == 1


def test_nobody_outside_the_team_adds_a_contact(hanxue, elsewhere, liumin):
    for by in (hanxue, liumin):
        with pytest.raises((Forbidden, Hidden)):
            visited(elsewhere, by)

    assert not Contact.objects.unscoped("tests").exists()


def test_a_colleague_adds_a_contact_and_reads_the_others_with_a_reason(liumin, yangfan, xiaohai):
    own = visited(xiaohai, liumin)
    visited(xiaohai, yangfan)

    with pytest.raises(NeedsReason):
        contact_for(yangfan, own.pk, on=TODAY)
    assert Contact.objects.unscoped("tests").count() == 2


@pytest.mark.parametrize(
    ("also", "refusal"),
    [
        ({"happened_at": AT + dt.timedelta(hours=1)}, NotYet),
        ({"happened_at": AT - dt.timedelta(days=60)}, BeforeTheFile),
        ({"result": Result.NOT_HOME, "seen_alone": True}, NobodyWasMet),
    ],
)
def test_what_cannot_have_been_is_refused(xiaohai, also, refusal):
    with pytest.raises(refusal):
        visited(xiaohai, system(QINHUI), **also)

    assert not Contact.objects.unscoped("tests").exists()
    assert xiaohai.registered_on == FIRST_DAY


def test_a_reflection_is_the_authors_and_her_supervisors(
    liumin, yangfan, zhanglan, qinhui, xiaohai
):
    visited(xiaohai, liumin, reflection="我有点怕他父亲")
    kept = Reflection.objects.unscoped("tests").get()

    def reads(by):
        rows = REFLECTIONS.rows(Action.READ, Reflection.objects.all(), by, on=TODAY)
        return list(rows)

    assert kept.words == "我有点怕他父亲"
    assert (reads(liumin), reads(zhanglan)) == ([kept], [kept])
    assert (reads(yangfan), reads(qinhui)) == ([], [])
    assert "怕" not in str(Reflection.objects.unscoped("tests").values("words").get())
