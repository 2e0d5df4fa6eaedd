"""The agency and the organisations it works with."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.constants import OrganisationKind
from tonghu.access.grants import require_set_up
from tonghu.access.models import Organisation
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged


@operation("access.organisation.founded")
def found_agency(
    *, name: str, latin_name: str, credit_code: str, by: Actor, at: dt.datetime
) -> Outcome[Organisation]:
    """Enter the agency whose house this is; ``by`` is the program itself.

    :raises Forbidden: when a person asks: agencies are founded on the command line.
    """
    if by.account_id:
        raise Forbidden(_("An agency is founded on the command line."))
    agency = Organisation(
        id=by.agency_id,
        agency_id=by.agency_id,
        kind=OrganisationKind.AGENCY,
        name=name,
        latin_name=latin_name,
        credit_code=credit_code,
    )
    agency.save(force_insert=True)
    return changed(agency)


class AlreadyListed(Refused):
    """The agency works with this organisation already."""


@operation("access.organisation.added")
def add_organisation(
    *,
    kind: OrganisationKind,
    name: str,
    latin_name: str = "",
    credit_code: str = "",
    by: Actor,
    at: dt.datetime,
) -> Outcome[Organisation]:
    """Enter a buyer, evaluator or community that the agency works with.

    :raises Forbidden: unless ``by`` sets up the agency.
    :raises AlreadyListed: when the credit code stands on the agency's list.
    """
    require_set_up(by, day(at))
    listed = Organisation.objects.unscoped("asked its Rule in the line above").filter(
        agency_id=by.agency_id, credit_code=credit_code
    )
    if credit_code and listed.exists():
        raise AlreadyListed(_("This credit code is on the list already."))
    partner = Organisation(
        agency_id=by.agency_id, kind=kind, name=name, latin_name=latin_name, credit_code=credit_code
    )
    partner.save(force_insert=True)
    return changed(partner)


@operation("access.organisation.described")
def describe_agency(
    *, name: str, latin_name: str, credit_code: str, phone: str, by: Actor, at: dt.datetime
) -> Outcome[Organisation]:
    """Change what stands on the agency's letterhead.

    :raises Forbidden: unless ``by`` sets up the agency.
    """
    require_set_up(by, day(at))
    agency = Organisation.objects.unscoped("asked its Rule in the line above").get(pk=by.agency_id)
    changes = assign(agency, name=name, latin_name=latin_name, credit_code=credit_code, phone=phone)
    return changed(agency, changes) if changes else unchanged(agency)
