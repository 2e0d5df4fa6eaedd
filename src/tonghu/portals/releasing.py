"""What a second person let go: the work then belongs to who proposed it."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.models import Membership, Proposal
from tonghu.jobs import operations as jobs
from tonghu.jobs.models import Job
from tonghu.kernel.errors import Forbidden


def asked_by_proposer(
    kind: str, proposal: Proposal, details: dict[str, Any], *, by: Actor, at: dt.datetime
) -> Job:
    """Ask for long work in the name of who proposed it, under the role she proposed it in.

    :raises Forbidden: when she does not work here any more.
    """
    held = Membership.objects.unscoped("the export belongs to who proposed it").filter(
        account=proposal.proposed_by, agency_id=proposal.agency_id, role=proposal.proposed_role
    )
    membership = held.order_by("-id").first()
    if membership is None:
        raise Forbidden(_("Who proposed this does not work here any more."))
    return jobs.ask(
        kind=kind,
        details=details,
        account=proposal.proposed_by,
        membership=membership,
        by=by,
        at=at,
    )
