"""What is asked before a role is given or the agency's set-up is changed."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.constants import ScopeKind
from tonghu.access.models import Membership, Organisation
from tonghu.access.policy import CONFIGURATION
from tonghu.access.roles import ROLES
from tonghu.access.sheets import Action
from tonghu.kernel.errors import Refused
from tonghu.kernel.periods import in_force


class WrongPlace(Refused):
    """The role is not given in an organisation of that kind, or not with that reach."""


class LastHead(Refused):
    """The agency would be left without a responsible person."""


class LastDayMissing(Refused):
    """Evaluators and auditors have a last day from the start."""


def require_set_up(by: Actor, on: dt.date) -> None:
    """Refuse whoever does not set up the agency.

    :raises Forbidden: unless ``by`` is its administrator or head, or the program itself.
    """
    CONFIGURATION.require(Action.WRITE, by, Organisation(id=by.agency_id), on=on)


def check_grant(
    organisation: Organisation, role: str, until_on: dt.date | None, scope_kind: ScopeKind
) -> None:
    """Refuse a role where it does not belong.

    :raises WrongPlace: when the role is not given there, or not with that reach.
    :raises LastDayMissing: when the role must end and no last day is named.
    """
    kind = ROLES[role]
    if organisation.kind != kind.given_by or scope_kind not in kind.scopes:
        raise WrongPlace(_("This role is not given in that organisation, or not with that reach."))
    if kind.must_end and until_on is None:
        raise LastDayMissing(_("This role needs a last day."))


def keep_a_head(membership: Membership, until_on: dt.date) -> None:
    """Refuse what would leave the agency without a responsible person.

    :raises LastHead: when nobody would be the agency's head after it.
    """
    if membership.role != "head":
        return
    others = Membership.objects.unscoped("is there another head?").filter(
        in_force(until_on + dt.timedelta(days=1)), agency_id=membership.agency_id, role="head"
    )
    if not others.exclude(pk=membership.pk).exists():
        raise LastHead(_("Name another agency head first: somebody must be responsible."))
