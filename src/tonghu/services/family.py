"""Who of a family can have been there: as far as the file is open to who asks."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action, Answer
from tonghu.people.models import Child
from tonghu.people.policy import CHILDREN
from tonghu.people.queries import family_of


def family_names(child: Child, by: Actor, *, on: dt.date) -> list[str]:
    """Return the people of a child's family in words, to a reader of the file; else nobody.

    A colleague of the team adds a contact without reading the file: she is not told its family.
    """
    if CHILDREN.judge(Action.READ, by, child, on=on) is not Answer.ALLOW:
        return []
    family = family_of(child, by, on=on)
    words = {
        one.relative_id: _("%(name)s (%(relation)s)")
        % {"name": one.relative.called, "relation": one.get_relation_display()}
        for one in family.kin
    }
    for one in family.household:
        words.setdefault(one.person_id, one.person.called)
    return list(dict.fromkeys(words.values()))
