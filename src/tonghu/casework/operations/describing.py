"""What a case says of itself is corrected, in the states in which it may be."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.editions import ChangedMeanwhile, edition_of
from tonghu.casework.fields import require_open
from tonghu.casework.models import Case
from tonghu.casework.policy import CASES
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged

CASE_SAYS = ("referrer", "problem", "child_view", "best_time", "kind")


class WorryGone(Refused):
    """A case without a worry is none."""


@operation("casework.case.described")
@upholds("R26")
def describe_case(
    *, case: Case, said: Mapping[str, Any], base: str = "", by: Actor, at: dt.datetime
) -> Outcome[Case]:
    """Correct what a case says of itself: who told us, the worry, what the child says, the kind.

    :raises Refused: unless ``by`` may write the case.
    :raises NotNow: when a part that changes is closed in the case's state.
    :raises ChangedMeanwhile: when somebody else changed it since the form was opened.
    :raises WorryGone: when no word of the worry is left.
    """
    CASES.require(Action.WRITE, by, case, on=day(at))
    now = Case.objects.unscoped("its Rule was asked above").select_for_update().get(pk=case.pk)
    wanted = {name: said[name] for name in CASE_SAYS if name in said}
    differing = [name for name, value in wanted.items() if getattr(now, name) != value]
    require_open(now.state, differing)
    if base and edition_of(now, CASE_SAYS) != base:
        raise ChangedMeanwhile(
            _("Somebody changed this while you wrote. Both versions stand below; nothing is lost.")
        )
    if not str(wanted.get("problem", now.problem)).strip():
        raise WorryGone(_("Write what the worry is, if only in a few words."))
    changes = assign(case, **wanted)
    if not changes:
        return unchanged(case)
    return changed(case, dict.fromkeys(changes, (None, None)), about=case.child_id)
