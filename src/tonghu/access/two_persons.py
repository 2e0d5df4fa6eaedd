"""Acts that take two different persons: declared here by name, proposed, confirmed (R83, R84).

A domain declares an act with who may confirm it and what is then done. The first person
proposes; the second sees what will change, is never the author nor the person concerned,
and her confirmation does it, in the same transaction.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.models import Proposal
from tonghu.access.policy import settles_what_is_gone
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.registry import Registry
from tonghu.kernel.rules import Rule

Perform = Callable[[Proposal, dict[str, Any], Actor, dt.datetime], Model]
Tell = Callable[[dict[str, Any]], dict[Any, Any]]


@upholds(
    "R83", "R84", says=_("an act is proposed, shown to a second person, and done when she confirms")
)
@dataclass(frozen=True)
class TwoPersonAct:
    """One act: its name for people, who confirms it, and what confirming does.

    ``tell`` turns the stored details into words and values that the second person reads. Where
    ``proved``, she shows once more that it is she; where ``within``, her yes comes so soon after
    it was asked, or not at all. Where it ``leaves`` the house, it waits after a yes outside the
    office hours, and the head can stop it.
    """

    key: str
    name: Promise
    confirm: Rule
    perform: Perform
    tell: Tell = dict
    delay: dt.timedelta = dt.timedelta(0)
    proved: bool = False
    within: dt.timedelta | None = None
    leaves: bool = False
    is_gone: bool = False

    def is_over(self, proposal: Proposal, at: dt.datetime) -> bool:
        """Tell whether a yes would come too late by now."""
        return self.within is not None and at > proposal.proposed_at + self.within


ACTS: Registry[TwoPersonAct] = Registry("acts")


def declare(act: TwoPersonAct) -> TwoPersonAct:
    """Register an act; called when its domain starts.

    :raises ValueError: when two acts have one name.
    """
    return ACTS.register(act.key, act)


def act_of(proposal: Proposal) -> TwoPersonAct:
    """Return the act that was proposed, or what stands in for a kind that exists no longer.

    Nothing is told of the details of such a kind: nobody declares any more which of them the
    second person may read.
    """
    return ACTS.get(proposal.act) or _gone(proposal.act)


def _gone(key: str) -> TwoPersonAct:
    return TwoPersonAct(
        key=key,
        name=_("An act of an earlier version"),
        confirm=settles_what_is_gone,
        perform=_refuse_what_is_gone,
        tell=lambda details: {},
        is_gone=True,
    )


def _refuse_what_is_gone(
    proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime
) -> Model:
    raise Refused(gettext("This version no longer knows this act. Decline it or withdraw it."))
