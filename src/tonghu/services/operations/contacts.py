"""A contact is written down, by who was there, for the day it took place."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation
from tonghu.people.models import Child
from tonghu.services.constants import MET, Confirmed, ContactKind, Mode, Result, RiskChange
from tonghu.services.models import Appointment, Contact, ContactChild, Reflection
from tonghu.services.policy import NOTES


class NotYet(Refused):
    """What has not happened cannot be recorded."""


class BeforeTheFile(Refused):
    """The contact is dated before the child was on the list."""


class NobodyWasMet(Refused):
    """Where nobody was met, nobody was talked with alone."""


@dataclass(frozen=True)
class Said:
    """What a worker writes of a contact; the first six are asked for, the rest may be empty."""

    happened_at: dt.datetime
    minutes: int
    mode: Mode | str
    kind: ContactKind | str
    result: Result | str
    happened: str = ""
    seen_alone: bool | None = None
    with_whom: str = ""
    done: str = ""
    reaction: str = ""
    risk_change: RiskChange | str = RiskChange.SAME
    next_step: str = ""
    next_on: dt.date | None = None
    confirmed: Confirmed | str = Confirmed.NONE
    travel_minutes: int | None = None
    reflection: str = ""
    others: Sequence[Child] = field(default_factory=tuple)


@operation("services.contact.recorded")
@upholds("R3", "R26", "R42")
def record_contact(
    *,
    child: Child,
    said: Said,
    keeps: Appointment | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Contact]:
    """Write a contact down; what comes next stands on Today from now on.

    Permission is asked for the day of the contact: who handed the file over on Friday still
    writes Thursday's visit down (R3). ``keeps`` is the appointment it was.

    :raises Refused: unless ``by`` worked with the file on that day.
    :raises NotYet: when it lies in the future.
    :raises BeforeTheFile: when the child was not on the list yet.
    :raises NobodyWasMet: when the child was talked with alone and not seen.
    """
    NOTES.require(Action.WRITE, by, child, on=day(said.happened_at))
    _require_sound(child, said, at)
    contact = _row(child, said, by, at)
    contact.save(force_insert=True)
    _with_others(contact, said, by)
    _reflected(contact, said.reflection, by)
    _arranged(contact, keeps, by)
    return changed(contact, {"result": (None, contact.result)}, about=child.pk)


def _require_sound(child: Child, said: Said, at: dt.datetime) -> None:
    if said.happened_at > at:
        raise NotYet(_("This time has not come yet. Correct the day or the hour; nothing is lost."))
    if day(said.happened_at) < child.registered_on:
        raise BeforeTheFile(
            _("On that day the child was not on the list yet. Correct the day; nothing is lost.")
        )
    if said.seen_alone and said.result not in MET:
        raise NobodyWasMet(_("Nobody was met, so nobody was talked with alone. Correct one."))


def _row(child: Child, said: Said, by: Actor, at: dt.datetime) -> Contact:
    return Contact(
        agency_id=child.agency_id,
        child=child,
        author=by.account,
        happened_at=said.happened_at,
        minutes=said.minutes,
        travel_minutes=said.travel_minutes,
        mode=said.mode,
        kind=said.kind,
        result=said.result,
        seen_alone=said.seen_alone,
        with_whom=said.with_whom.strip(),
        happened=said.happened.strip(),
        done=said.done.strip(),
        reaction=said.reaction.strip(),
        risk_change=said.risk_change,
        next_step=said.next_step.strip(),
        next_on=said.next_on,
        confirmed=said.confirmed,
        recorded_at=at,
    )


def _with_others(contact: Contact, said: Said, by: Actor) -> None:
    for other in said.others:
        NOTES.require(Action.WRITE, by, other, on=day(contact.happened_at))
        ContactChild(agency_id=contact.agency_id, contact=contact, child=other).save(
            force_insert=True
        )


def _reflected(contact: Contact, words: str, by: Actor) -> None:
    if words.strip() and by.account is not None:
        Reflection(
            contact=contact,
            agency_id=contact.agency_id,
            child_id=contact.child_id,
            author=by.account,
            words=words.strip(),
        ).save(force_insert=True)


def _arranged(contact: Contact, keeps: Appointment | None, by: Actor) -> None:
    """Let what was arranged be kept by this contact, and put what comes next on its day."""
    if keeps is not None and keeps.child_id == contact.child_id:
        keeps.kept_by = contact
        keeps.save(update_fields=["kept_by"])
    if contact.next_step and contact.next_on:
        Appointment(
            agency_id=contact.agency_id,
            child_id=contact.child_id,
            worker=by.account,
            on=contact.next_on,
            what=contact.next_step,
            arranged_in=contact,
        ).save(force_insert=True)
