"""Which consents run out soon, or have, and wait to be asked again."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.people.constants import ConsentAnswer, ConsentKind, GuardianshipBasis
from tonghu.people.models import Child, Consent, Guardianship, GuardianSuspension
from tonghu.people.policy import CONSENTS

AHEAD, BEHIND = dt.timedelta(days=30), dt.timedelta(days=60)
"""A consent is asked for again a month before it runs out; two months later nobody wants it."""


@dataclass(frozen=True)
class Renewal:
    """A child whose consents are to be asked for again: to what, and until when they hold."""

    child: Child
    purposes: list[ConsentKind]
    until: dt.date


@upholds("R61", says=_("who works with the child is told before a consent runs out"))
def renewals_for(by: Actor, *, on: dt.date) -> list[Renewal]:
    """Return whom the actor should ask again, whose consent runs out first on top."""
    found: dict[object, Renewal] = {}
    for row in _running_out(by, on):
        purpose = ConsentKind(row.purpose)
        held = found.setdefault(row.child_id, Renewal(row.child, [], row.expires_on or on))
        if purpose not in held.purposes:
            held.purposes.append(purpose)
    return list(found.values())


def _running_out(by: Actor, on: dt.date) -> "QuerySet[Consent]":
    """Return the last yes of each person to each purpose, of the files the actor writes."""
    files = CONSENTS.rows(Action.WRITE, Child.objects.filter(merged_into=None), by, on=on)
    rows = Consent.objects.unscoped("the Rule of the files is inside")
    later = Consent.objects.unscoped("the Rule of the files is inside").filter(
        Q(given_on__gt=OuterRef("given_on"))
        | Q(given_on=OuterRef("given_on"), recorded_at__gt=OuterRef("recorded_at")),
        child=OuterRef("child"),
        purpose=OuterRef("purpose"),
        giver=OuterRef("giver"),
    )
    return (
        rows.filter(
            Q(giver=F("child")) | Exists(_guardians(on)),
            ~Exists(later),
            ~Exists(_suspended(on)),
            child__in=files.values("pk"),
            answer=ConsentAnswer.YES,
            withdrawn_on__isnull=True,
            expires_on__range=(on - BEHIND, on + AHEAD),
        )
        .select_related("child__person")
        .order_by("expires_on", "child__person__sort_key", "id")
    )


def _guardians(on: dt.date) -> "QuerySet[Guardianship]":
    rows = Guardianship.objects.unscoped("narrows a list that asked its Rule")
    rows = rows.filter(in_force(on), child=OuterRef("child"), guardian=OuterRef("giver"))
    return rows.exclude(basis=GuardianshipBasis.NONE)


def _suspended(on: dt.date) -> "QuerySet[GuardianSuspension]":
    rows = GuardianSuspension.objects.unscoped("narrows a list that asked its Rule")
    return rows.filter(in_force(on), child=OuterRef("child"), guardian=OuterRef("giver"))
