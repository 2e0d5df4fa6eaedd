"""Whether one person may bring two files together, or a second one must confirm (R21, R83)."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.people.models import Child, ResidenceSpan
from tonghu.people.policy import CHILDREN


@upholds("R83", says=_("files of two teams are brought together by two persons"))
def takes_two(one: Child, other: Child, by: Actor, *, on: dt.date) -> bool:
    """Tell whether these are files of two teams to somebody who works with neither of them.

    Who works with both files, or supervises who does, decides alone; so does the head, where
    both children live in one place, which is one team's.
    """
    pks = [one.pk, other.pk]
    if CHILDREN.rows(Action.WRITE, Child.objects.filter(pk__in=pks), by, on=on).count() == 2:
        return False
    rows = ResidenceSpan.objects.unscoped("the Rule of both files was asked by the caller")
    lives = rows.filter(in_force(on), place__isnull=False)
    places = [set(lives.filter(person_id=pk).values_list("place_id", flat=True)) for pk in pks]
    return not places[0] & places[1]
