"""One line of facts about the child of a case; what is hidden reads 'by arrangement' here too."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action, Answer
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.people.constants import Sex
from tonghu.people.models import CareSpan, Child, ResidenceSpan, SchoolSpan
from tonghu.people.policy import CHILDREN
from tonghu.people.web.story import care_of, place_of, school_of


@upholds(
    "R21", "R67", says=_("facts of the child on its case: to readers of the file, none hidden")
)
def facts_of(child: Child, by: Actor, *, on: dt.date) -> list[str]:
    """Return sex, school, care and place, to a reader of the file; to others nothing."""
    if CHILDREN.judge(Action.READ, by, child, on=on) is not Answer.ALLOW:
        return []
    residences = ResidenceSpan.objects.unscoped("of a file that is open to the reader").filter(
        in_force(on), person_id=child.pk
    )
    care = CareSpan.objects.unscoped("of a file that is open to the reader").filter(
        in_force(on), child=child
    )
    schooling = SchoolSpan.objects.unscoped("of a file that is open to the reader").filter(
        in_force(on), child=child
    )
    told = [
        child.person.get_sex_display() if child.person.sex in (Sex.MALE, Sex.FEMALE) else "",
        *(school_of(one, whole=True) for one in schooling),
        *(care_of(one) for one in care.select_related("carer")),
        *(place_of(one) for one in residences.select_related("place")),
    ]
    return [str(one) for one in told if one]
