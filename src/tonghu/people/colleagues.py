"""Who of the agency meets children or reads their files: whoever may be tied to a family."""

import datetime as dt

from tonghu.access.actors import Actor
from tonghu.access.models import Account, Membership
from tonghu.access.roles import AgencyHead, ChildDirector, SocialWorker, Supervisor
from tonghu.kernel.periods import in_force

MEET_CHILDREN = (SocialWorker.key, Supervisor.key, AgencyHead.key, ChildDirector.key)


def who_may_be_tied(by: Actor, *, on: dt.date) -> list[Account]:
    """Return the colleagues of the actor who find children, to be named as tied to a guardian."""
    held = Membership.objects.unscoped("colleagues by name, for who decides on a suspension")
    held = held.filter(in_force(on), agency_id=by.agency_id, role__in=MEET_CHILDREN)
    accounts = Account.objects.filter(is_active=True, pk__in=held.values("account_id"))
    return [one for one in accounts.order_by("name", "pk") if one.pk != by.account_id]
