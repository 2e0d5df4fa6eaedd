"""Who is told at once of what happens to a child: never somebody to whom the file is closed."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.models import SealOpening
from tonghu.access.notices import concerned_with
from tonghu.kernel.law import upholds
from tonghu.people.models import Child
from tonghu.people.sealing import seal_of


@upholds("R57", "R63", says=_("of a sealed file nobody is told but those named in the seal"))
def who_is_told(child: Child, by: Actor, *, on: dt.date) -> set[UUID]:
    """Return the accounts of the file's worker, supervisor and heads, but not who acts.

    Of a sealed file those who are named in the seal, and nobody else (R57).
    """
    seal = seal_of(child)
    if seal is None:
        return concerned_with(child.pk, agency_id=child.agency_id, but=by.account_id, on=on)
    named = SealOpening.objects.unscoped("those named in the seal are told, nobody else")
    return set(named.filter(closing=seal).values_list("account_id", flat=True)) - {by.account_id}
