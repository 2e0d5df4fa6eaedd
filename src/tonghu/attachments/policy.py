"""Who may do what with papers and pictures: what the Rules of the file allow (R31)."""

import datetime as dt

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action, Sheet
from tonghu.attachments.carriers import CARRIERS, Carrier
from tonghu.kernel.law import upholds
from tonghu.kernel.rules import NOTHING, Rule, joined


@upholds("R31", says=_("a director sees the papers she added herself, no others"))
def _hers(carrier: Carrier, by: Actor) -> Q:
    return Q(added_by=by.account_id) if carrier.knows_own_alone(by) else Q()


def _of_the_file(action: Action, says: Promise) -> Rule:
    """Return the rule of those who may do this with the papers of the file it stands on."""

    def where(by: Actor, on: dt.date) -> Q:
        found = NOTHING
        for carrier in CARRIERS.values():
            files = carrier.sheet.rows(action, carrier.rows(), by, on=on).values("pk")
            here = Q(target_kind=carrier.kind, target_id__in=files)
            found = joined(found, here & _hers(carrier, by))
        return found

    return Rule(says, where)


_read = _of_the_file(Action.READ, _("who may read the papers of the file it stands on"))

ATTACHMENTS = Sheet(
    number="R31",
    name=_("One photo, scan, paper or recording"),
    target_kind="attachments.attachment",
    find=_read,
    read=_read,
    write=_of_the_file(Action.WRITE, _("who may add to the papers of the file")),
    approve=_of_the_file(Action.APPROVE, _("who lets late ones onto the file")),
)
