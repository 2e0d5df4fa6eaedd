"""Nothing crosses agencies: what belongs to another one does not exist here (R45).

Pages find things through a Sheet, which asks for the agency first; an operation is also called
from elsewhere and asks again.
"""

from uuid import UUID

from django.db.models import Model, UUIDField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.models import Account, Membership, Proposal
from tonghu.kernel.errors import Hidden
from tonghu.kernel.law import upholds
from tonghu.kernel.prepared import Asked, Prepared
from tonghu.kernel.tenancy import rows_of_every_agency

_colleague = Prepared(
    lambda: (
        Membership.objects.unscoped("is she a colleague here?")
        .filter(account=Asked("account", UUIDField()), agency=Asked("agency", UUIDField()))
        .only("id")[:1]
    )
)


@upholds("R45", says=gettext_lazy("what another agency holds is as if it never was"))
def require_at_home(by: Actor, thing: Model) -> None:
    """Refuse a thing of another agency as one that never was.

    :raises Hidden: when it is not the actor's agency's.
    """
    if getattr(thing, "agency_id", None) != by.agency_id:
        raise Hidden(_("There is nothing here for you."))


@upholds("R45", says=gettext_lazy("whom only other agencies know is as if she never was"))
def require_known(by: Actor, account: Account) -> None:
    """Refuse an account that only other agencies know; one just opened is nobody's yet.

    The program itself, as on the command line, may let one person work for two agencies.

    :raises Hidden: when it has or was proposed a role elsewhere and none here.
    """
    if by.account_id is None:
        return
    if _colleague.first(account=account.pk, agency=by.agency_id):
        return
    agencies = _agencies_of(account)
    if agencies and by.agency_id not in agencies:
        raise Hidden(_("There is nothing here for you."))


def _agencies_of(account: Account) -> set[UUID]:
    held = Membership.objects.unscoped("whose colleague is she?").filter(account=account)
    proposed = Proposal.objects.unscoped("whose colleague shall she be?").filter(
        subject_kind="access.account", subject_id=account.pk
    )
    with rows_of_every_agency("is she known to another agency only?"):
        return {
            *held.values_list("agency_id", flat=True),
            *proposed.values_list("agency_id", flat=True),
        }
