"""What is arranged with a family: for a day that suits it, moved, called off, taken up again."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation
from tonghu.people.models import Child
from tonghu.services.models import Appointment
from tonghu.services.policy import CONTACTS, NOTES


class DayIsPast(Refused):
    """Nothing is arranged for a day that is over."""


class PurposeMissing(Refused):
    """An appointment says what it is for."""


class WhyMissing(Refused):
    """Calling off or correcting says why."""


class TakenPlace(Refused):
    """It has taken place or was called off."""


@operation("services.appointment.arranged")
@upholds("R26")
def arrange(
    *,
    child: Child,
    on: dt.date,
    what: str,
    time: dt.time | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Appointment]:
    """Arrange something with a family for a day; it stands on Today until it is written down.

    :raises Refused: unless ``by`` works with the file.
    :raises DayIsPast: when the day is over.
    :raises PurposeMissing: when nobody would know what it is for.
    """
    NOTES.require(Action.WRITE, by, child, on=day(at))
    _require_to_come(on, at)
    if not what.strip():
        raise PurposeMissing(_("Say what it is for. Nothing is lost."))
    appointment = Appointment(
        agency_id=child.agency_id,
        child=child,
        worker=by.account,
        on=on,
        time=time,
        what=what.strip(),
    )
    appointment.save(force_insert=True)
    return changed(appointment, {"on": (None, on)}, about=child.pk)


@operation("services.appointment.moved")
@upholds("R26")
def move_appointment(
    *,
    appointment: Appointment,
    on: dt.date,
    time: dt.time | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Appointment]:
    """Put what is arranged on another day; the day before stays in the journal.

    :raises Refused: unless ``by`` works with the file.
    :raises TakenPlace: when it took place or was called off.
    :raises DayIsPast: when the new day is over.
    """
    CONTACTS.require(Action.WRITE, by, appointment, on=day(at))
    _require_open(appointment)
    _require_to_come(on, at)
    return changed(appointment, assign(appointment, on=on, time=time), about=appointment.child_id)


@operation("services.appointment.called_off")
@upholds("R26")
def call_off(
    *, appointment: Appointment, why: str, by: Actor, at: dt.datetime
) -> Outcome[Appointment]:
    """Call off what is arranged, and say why; it can be taken up again.

    :raises Refused: unless ``by`` works with the file.
    :raises TakenPlace: when it took place or was called off.
    :raises WhyMissing: without a word.
    """
    CONTACTS.require(Action.WRITE, by, appointment, on=day(at))
    _require_open(appointment)
    if not why.strip():
        raise WhyMissing(_("Write in a sentence why. Nothing is lost."))
    said = assign(appointment, called_off_at=at, why_called_off=why.strip())
    return changed(appointment, said, reason=why.strip(), about=appointment.child_id)


@operation("services.appointment.resumed")
@upholds("R26")
def take_up_again(*, appointment: Appointment, by: Actor, at: dt.datetime) -> Outcome[Appointment]:
    """Take up again what was called off, on its day or, when that is over, today.

    :raises Refused: unless ``by`` works with the file.
    :raises TakenPlace: when it was not called off.
    """
    CONTACTS.require(Action.WRITE, by, appointment, on=day(at))
    if appointment.called_off_at is None:
        raise TakenPlace(_("It was not called off. Nothing changed."))
    said = assign(
        appointment, called_off_at=None, why_called_off="", on=max(appointment.on, day(at))
    )
    return changed(appointment, said, about=appointment.child_id)


def _require_to_come(on: dt.date, at: dt.datetime) -> None:
    if on < day(at):
        raise DayIsPast(_("This day is over. Choose today or a later one; nothing is lost."))


def _require_open(appointment: Appointment) -> None:
    if appointment.kept_by_id or appointment.called_off_at:
        raise TakenPlace(_("It took place or was called off already. Nothing changed."))
