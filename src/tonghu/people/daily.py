"""What the program does of itself: erasures that are due, and children whom an old copy brings."""

import datetime as dt
import logging

from tonghu.access.actors import system
from tonghu.kernel.daily import every_day
from tonghu.kernel.errors import Refused
from tonghu.people.constants import ErasureState
from tonghu.people.erasing import marks
from tonghu.people.models import Child, Erasure
from tonghu.people.operations import erasing

log = logging.getLogger("tonghu.people.erasing")


@every_day
def carry_out_what_is_due(at: dt.datetime) -> None:
    """Erase whatever has waited its days; one that is refused stays closed and stops no other."""
    rows = Erasure.objects.unscoped("the program carries out what two persons decided")
    for erasure in rows.filter(state=ErasureState.WAITING, due_at__lte=at).order_by("due_at", "pk"):
        try:
            erasing.carry_out(erasure=erasure, by=system(erasure.agency_id), at=at)
        except Refused:
            log.warning("erasure %s is due and was refused", erasure.pk)


def erase_who_came_back(at: dt.datetime) -> int:
    """Erase again whoever an older copy of the database brought back; return how many files.

    Also writes to the list beside the database what it lacks.
    """
    number = 0
    for pk in marks.come_back(marks.all_marks()):
        child = Child.objects.unscoped("erased before; came back with a copy").filter(pk=pk).first()
        if child is not None:
            erasing.erase_again(child=child, by=system(child.agency_id), at=at)
            number += 1
    return number
