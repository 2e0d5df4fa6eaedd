import datetime as dt

import pytest

from tests.access.conftest import last_row
from tests.conftest import AT, TODAY
from tests.services.visited import said
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.services.models import Appointment, Note
from tonghu.services.operations import appointments, notes
from tonghu.services.operations.contacts import record_contact
from tonghu.services.queries import appointments_of, arranged_for, notes_of

SUNDAY = TODAY + dt.timedelta(days=6)
EIGHT = dt.time(20, 0)


def arranged(child, by, on=SUNDAY, what="和奶奶一起看作业") -> Appointment:
    return appointments.arrange(child=child, on=on, what=what, time=EIGHT, by=by, at=AT)


def test_an_appointment_is_moved_called_off_and_taken_up_again(liumin, xiaohai):
    one = arranged(xiaohai, liumin)

    appointments.move_appointment(appointment=one, on=TODAY, time=None, by=liumin, at=AT)
    moved = (one.on, one.time)
    appointments.call_off(appointment=one, why="下大雨", by=liumin, at=AT)
    off = list(appointments_of(xiaohai, liumin, on=TODAY))
    appointments.take_up_again(appointment=one, by=liumin, at=AT)

    assert moved == (TODAY, None)
    assert off == []
    assert list(arranged_for(liumin, on=TODAY)) == [one]
    assert last_row("services.appointment.called_off").about_id == xiaohai.pk


def test_what_took_place_is_not_moved(liumin, xiaohai):
    one = arranged(xiaohai, liumin, on=TODAY)
    record_contact(child=xiaohai, said=said(), keeps=one, by=liumin, at=AT)

    with pytest.raises(appointments.TakenPlace):
        appointments.move_appointment(appointment=one, on=SUNDAY, by=liumin, at=AT)
    with pytest.raises(appointments.TakenPlace):
        appointments.take_up_again(appointment=one, by=liumin, at=AT)

    assert one.on == TODAY


@pytest.mark.parametrize(
    ("also", "refusal"),
    [
        ({"on": TODAY - dt.timedelta(days=1)}, appointments.DayIsPast),
        ({"what": " "}, appointments.PurposeMissing),
    ],
)
def test_an_appointment_lies_ahead_and_says_what_for(liumin, xiaohai, also, refusal):
    with pytest.raises(refusal):
        arranged(xiaohai, liumin, **also)

    assert not Appointment.objects.unscoped("tests").exists()


def test_calling_off_says_why_and_is_the_files(liumin, yangfan, hanxue, xiaohai):
    one = arranged(xiaohai, liumin)

    with pytest.raises(appointments.WhyMissing):
        appointments.call_off(appointment=one, why="", by=liumin, at=AT)
    with pytest.raises((Forbidden, Hidden)):
        appointments.call_off(appointment=one, why="x", by=hanxue, at=AT)

    one.refresh_from_db()
    assert one.called_off_at is None
    assert list(arranged_for(yangfan, on=TODAY)) == []


def test_a_note_is_a_line_and_no_contact(liumin, yangfan, hanxue, xiaohai):
    note = notes.add_note(child=xiaohai, words="班主任说\n他笑了 ", by=liumin, at=AT)

    assert (note.words, list(notes_of(xiaohai, liumin, on=TODAY))) == ("班主任说 他笑了", [note])
    assert list(notes_of(xiaohai, yangfan, on=TODAY)) == []
    with pytest.raises(notes.NothingSaid):
        notes.add_note(child=xiaohai, words=" ", by=liumin, at=AT)
    with pytest.raises(notes.NoLine):
        notes.add_note(child=xiaohai, words="长" * 301, by=liumin, at=AT)
    with pytest.raises((Forbidden, Hidden)):
        notes.add_note(child=xiaohai, words="x", by=hanxue, at=AT)
    assert Note.objects.unscoped("tests").count() == 1
