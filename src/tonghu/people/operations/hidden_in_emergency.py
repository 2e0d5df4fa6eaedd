"""Asking a second person to let a hidden value show in an emergency, at that moment (R68)."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.models import BreakGlass, Proposal
from tonghu.access.operations.two_persons import propose
from tonghu.access.policy import confirms_on_a_file
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation, unchanged
from tonghu.people.constants import HiddenKind
from tonghu.people.hidden_in_emergency import ACT, AT_THAT_MOMENT, asked_for
from tonghu.people.hiding import hidden_of
from tonghu.people.models import HiddenField
from tonghu.people.numbers import shown

SHORTEST = 4


class WhyMissing(Refused):
    """Why the place has to be known now is said in a sentence."""


class NothingHidden(Refused):
    """It is not hidden any more."""


@operation("people.whereabouts.emergency_asked")
@upholds("R68", "R83")
def ask_to_show(
    *, glass: BreakGlass, field: HiddenField, words: str, by: Actor, at: dt.datetime
) -> Outcome[Proposal]:
    """Ask a supervisor or the head to let one hidden value show, within five minutes.

    She signs in by herself, on this screen or another, and shows her second factor once more.
    Asked twice within that time, the first stands.

    :raises Hidden: unless ``by`` is a supervisor or head who opened the file and it still runs.
    :raises Forbidden: when nobody in person asks.
    :raises NothingHidden: when it is not hidden any more.
    :raises WhyMissing: without a sentence.
    """
    asked = asked_for(glass, by, at=at)
    if asked.waiting:
        return unchanged(asked.waiting)
    words = words.strip()
    if len(words) < SHORTEST:
        raise WhyMissing(_("Write one sentence that a colleague will understand later."))
    held = hidden_of(asked.child).filter(pk=field.pk).first()
    if held is None:
        raise NothingHidden(_("None of it is hidden any more. Nothing was changed."))
    details = {"number": asked.child.number, "field": str(held.pk), "kind": held.kind}
    proposal = propose(act=SHOW.key, subject=glass, details=details, reason=words, by=by, at=at)
    return changed(proposal, about=asked.child.pk)


def _perform(proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime) -> BreakGlass:
    """Change nothing: the yes itself lets the first person look, for five minutes."""
    return BreakGlass.objects.unscoped("the confirmed act").get(pk=proposal.subject_id)


def _told(details: dict[str, Any]) -> dict[Any, Any]:
    return {
        gettext_lazy("File number"): shown(details["number"]),
        gettext_lazy("Who asks sees for 60 seconds"): HiddenKind(details["kind"]).label,
        gettext_lazy("Your yes"): _(
            "Holds for five minutes. Say no if you do not know what is happening: phone first."
        ),
    }


SHOW = declare(
    TwoPersonAct(
        ACT,
        gettext_lazy("Show what is hidden of a child, in an emergency"),
        confirms_on_a_file,
        _perform,
        _told,
        proved=True,
        within=AT_THAT_MOMENT,
    )
)
