"""A new child of a newer list that a person refuses: its file is taken out again, whole."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.operations import Outcome, assign, changed, operation
from tonghu.people.constants import LineOutcome
from tonghu.people.models import Child, RosterLine, RosterQuestion
from tonghu.people.policy import CHILDREN
from tonghu.people.takeover.undoing import take_back, used_since


class UsedSince(Refused):
    """Somebody has worked with the file since: it is not the list's alone any more."""


@operation("people.roster.child_left_out")
def leave_out(*, question: RosterQuestion, by: Actor, at: dt.datetime) -> Outcome[RosterQuestion]:
    """Take a child out that a newer list brought; its lines stay, and can be taken in after all.

    Nothing of the file is left, as after undoing the list. The refusal holds for the source.

    :raises Refused: unless ``by`` may write the file.
    :raises UsedSince: when somebody has used the file, or a later list names the child too.
    """
    child: Child = question.proposed  # type: ignore[assignment]
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    files = Child.objects.unscoped("its Rule was asked above").select_for_update(of=("self",))
    child = files.select_related("person").get(pk=child.pk)
    if used_since([child.pk], question.roster):
        raise UsedSince(
            _(
                "The file of {name} has been worked with since, or a later list names the child "
                "too: it stays. Nothing was changed. Press “Keep”."
            ).format(name=child.person.name)
        )
    about, lines = child.pk, RosterLine.objects.unscoped("lines of a roster whose Rule was asked")
    rows = list(lines.filter(roster=question.roster, child=child).order_by("-position"))
    assign(question, proposed=None)
    take_back(rows, set())
    for row in rows:
        assign(row, outcome=LineOutcome.REFUSED, child=None, made="")
    return changed(question, about=about)
