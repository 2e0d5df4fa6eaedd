"""A line is written down in passing."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation
from tonghu.people.models import Child
from tonghu.services.models import Note
from tonghu.services.policy import NOTES

LONGEST = 300


class NothingSaid(Refused):
    """The line is empty."""


class NoLine(Refused):
    """What is written is longer than a line."""


@operation("services.note.added")
@upholds("R26")
def add_note(*, child: Child, words: str, by: Actor, at: dt.datetime) -> Outcome[Note]:
    """Write a line on a file: a word in the corridor, something to think of. It is no contact.

    :raises Refused: unless ``by`` works with the file.
    :raises NothingSaid: when it is empty.
    :raises NoLine: when it is longer than a line.
    """
    NOTES.require(Action.WRITE, by, child, on=day(at))
    words = " ".join(words.split())
    if not words:
        raise NothingSaid(_("Write a line first. Nothing was changed."))
    if len(words) > LONGEST:
        raise NoLine(_("This is more than a line. Write it down as a contact; nothing is lost."))
    note = Note(
        agency_id=child.agency_id, child=child, author=by.account, words=words, written_at=at
    )
    note.save(force_insert=True)
    return changed(note, about=child.pk)
