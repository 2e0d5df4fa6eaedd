"""Whether a file must be kept as it is: asked by whatever erases or lets expire."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.people.models import LegalHold


class OnHold(Refused):
    """A court, the police or an inspection needs the file: nothing of it is erased."""


@upholds("R53", says=gettext_lazy("while a court needs a file, nothing of it is erased"))
def require_not_held(files: Collection[UUID], *, on: dt.date) -> None:
    """Refuse when one of these files must be kept; whatever erases or expires asks this.

    :raises OnHold: while a hold is in force.
    """
    rows = LegalHold.objects.unscoped("the file's Rule was asked by the caller")
    held = rows.filter(in_force(on), child__in=files).order_by("from_on").first()
    if held:
        raise OnHold(
            _(
                "This file must be kept (%(who)s, since %(day)s). Nothing was erased. Two persons "
                "can lift the hold on the page of the child's rights."
            )
            % {"who": held.get_authority_display(), "day": f"{held.from_on:%F}"}
        )
