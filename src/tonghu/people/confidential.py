"""What is hidden of a child, shown one value at a time to who gives a reason (R23, R67)."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Hidden, Refused
from tonghu.kernel.law import upholds
from tonghu.people.constants import HiddenKind, LookReason
from tonghu.people.hiding import hidden_of, newest_of, value_of
from tonghu.people.models import Child, HiddenField, Place
from tonghu.people.policy import HIDDEN

SHORTEST = 4


class ReasonTooShort(Refused):
    """Each look is explained in a sentence, also to the own worker."""


@dataclass(frozen=True)
class Shown:
    """A hidden value in words, for one minute on one page."""

    what: str
    whose: str
    words: str


def is_open(child: Child, by: Actor, *, on: dt.date, action: Action = Action.READ) -> bool:
    """Tell whether the actor may look at, or hide, what is hidden of a child."""
    return HIDDEN.opens(action, by, child, on=on)


def hidden_for(child: Child, by: Actor, *, on: dt.date) -> list[HiddenField]:
    """Return which fields of a child are hidden, sealed, for who may look at one of them.

    :raises Hidden: when nobody tells the actor even that.
    """
    HIDDEN.require(Action.READ, by, child, on=on)
    return newest_of(child)


@upholds("R23", "R67", "R80", says=gettext_lazy("each look has its own reason and its own row"))
def show(
    child: Child, pk: UUID, *, code: LookReason, words: str, by: Actor, at: dt.datetime
) -> Shown:
    """Return one hidden value; that it was looked at, and why, is on record before.

    Break-glass does not open it here: it takes a second person (``hidden_in_emergency``).

    :raises Hidden: when it is not there for the actor.
    :raises ReasonTooShort: without a sentence; nothing is shown.
    """
    HIDDEN.require(Action.READ, by, child, on=day(at))
    field = hidden_of(child).filter(pk=pk).first()
    if field is None:
        raise Hidden
    words = words.strip()
    if len(words) < SHORTEST:
        raise ReasonTooShort(_("Write one sentence that a colleague will understand later."))
    record_look(field, about=child.pk, singly=True, reason=words, code=code, by=by, at=at)
    return in_words(child, field)


def in_words(child: Child, field: HiddenField) -> Shown:
    """Return a hidden value as it is shown; that it is looked at is on record already."""
    whose = "" if field.person_id == child.pk else field.person.called
    return Shown(str(field.get_kind_display()), whose, _in_words(field))


def _in_words(field: HiddenField) -> str:
    said = value_of(field)
    if field.kind == HiddenKind.PLACE:
        places = Place.objects.unscoped("part of a hidden value, whose Rule was asked above")
        place = places.filter(pk=said["place_id"]).first()
        return place.name if place else _("elsewhere")
    return " ".join(filter(None, said.values())) or "–"
