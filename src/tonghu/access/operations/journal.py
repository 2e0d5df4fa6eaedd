"""What is done with the journal itself: its end is signed once a day."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.heads import signed
from tonghu.access.models import JournalHead
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.operations import Outcome, changed, operation, unchanged


class NothingToSign(Refused):
    """The agency's journal has no row yet."""


@operation("access.head.signed")
def sign_head(*, by: Actor, at: dt.datetime) -> Outcome[JournalHead]:
    """Sign the end of the agency's journal, once a day, as the program itself.

    :raises Forbidden: when a person asks: the program signs.
    :raises NothingToSign: when the journal is empty.
    """
    if by.account_id:
        raise Forbidden(_("The program signs the journal."))
    heads = JournalHead.objects.unscoped("the day's head is signed by the program")
    if found := heads.filter(agency_id=by.agency_id, day_on=day(at)).first():
        return unchanged(found)
    head = signed(by.agency_id, at=at)
    if head is None:
        raise NothingToSign(_("The journal has no entry yet."))
    head.save(force_insert=True)
    return changed(head)
