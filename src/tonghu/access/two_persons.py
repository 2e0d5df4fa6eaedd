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

from tonghu.access.actors import Actor
from tonghu.access.models import Proposal
from tonghu.kernel.law import upholds
from tonghu.kernel.registry import Registry
from tonghu.kernel.rules import Rule

Perform = Callable[[Proposal, dict[str, Any], Actor, dt.datetime], Model]
Tell = Callable[[dict[str, Any]], dict[Any, Any]]


@upholds("R83", "R84")
@dataclass(frozen=True)
class TwoPersonAct:
    """One act: its name for people, who confirms it, and what confirming does.

    ``tell`` turns the stored details into words and values that the second person reads.
    """

    key: str
    name: Promise
    confirm: Rule
    perform: Perform
    tell: Tell = dict
    delay: dt.timedelta = dt.timedelta(0)


ACTS: Registry[TwoPersonAct] = Registry("acts")


def declare(act: TwoPersonAct) -> TwoPersonAct:
    """Register an act; called when its domain starts.

    :raises ValueError: when two acts have one name.
    """
    return ACTS.register(act.key, act)
