"""What a list may add to a file by itself, and what it must ask of who may write the file."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.law import upholds
from tonghu.people.constants import LineOutcome, RosterState
from tonghu.people.models import Child, Roster, RosterLine
from tonghu.people.policy import CHILDREN, CONTACT_DATA


@dataclass(frozen=True)
class Leave:
    """Which files a list may write to by itself.

    Of files that the importer may write it fills what is blank; the first list of a source also
    adds to what stands there, as every list does to files it opened itself. Everything else is
    a difference, which a person with the right to write the file accepts or refuses.
    """

    opened: frozenset[UUID]
    writable: frozenset[UUID]
    is_newer: bool

    def to_fill(self, child: Child) -> bool:
        """Tell whether what is blank may be filled."""
        return child.pk in self.writable

    def to_add(self, child: Child) -> bool:
        """Tell whether a further telephone, relative or category may be added beside others."""
        return child.pk in self.writable and (child.pk in self.opened or not self.is_newer)


@upholds("R43", says=_("a list adds nothing to a file that its importer may not write"))
def leave_for(roster: Roster, children: Iterable[UUID], by: Actor, *, on: dt.date) -> Leave:
    """Return what this list may do to these files when ``by`` takes it over."""
    wanted = set(children)
    lines = RosterLine.objects.unscoped("lines of the roster, whose Rule was asked")
    opened = lines.filter(roster=roster, child__in=wanted, outcome=LineOutcome.NEW)
    files = CHILDREN.rows(Action.WRITE, Child.objects.filter(pk__in=wanted), by, on=on)
    files = files.filter(CONTACT_DATA.where(Action.WRITE, by, on))
    return Leave(
        opened=frozenset(pk for pk in opened.values_list("child_id", flat=True) if pk),
        writable=frozenset(files.values_list("pk", flat=True)),
        is_newer=last_before(roster) is not None,
    )


def last_before(roster: Roster) -> Roster | None:
    """Return the list of the same source that was taken over last before this one came."""
    rows = Roster.objects.unscoped("lists of one source, whose Rule was asked")
    same = rows.filter(source_id=roster.source_id, state=RosterState.IMPORTED)
    earlier = same.filter(brought_at__lte=roster.brought_at, pk__lt=roster.pk)
    return earlier.order_by("-brought_at", "-pk").first()
