"""'Already known?' asked while a child is being registered: on record like every search."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.looks import record_search
from tonghu.kernel.clock import day
from tonghu.kernel.law import upholds
from tonghu.people.policy import FILE
from tonghu.people.search.likeness import Described, Likeness, alike
from tonghu.people.search.weights import WORTH_A_LOOK

AT_ONCE = 3
"""More side by side is not read; who is left out comes to the list of possible doubles."""


@upholds("R77", "R81", says=_("who is likely known is asked for on record"))
def likely_known(who: Described, *, by: Actor, at: dt.datetime) -> list[Likeness]:
    """Return whom the actor may find and who is worth a look before a second file is made."""
    found = [one for one in alike(who, by, on=day(at)) if one.score >= WORTH_A_LOOK][:AT_ONCE]
    record_search(FILE, who.name, hits=len(found), by=by, at=at)
    return found
