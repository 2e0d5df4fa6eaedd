"""Sealed files: who can be named, and who may lift a seal (R57)."""

import datetime as dt

from django.db.models import Q

from tonghu.access.actors import Actor
from tonghu.access.constants import ClosingKind
from tonghu.access.models import Account, Closing, Membership, SealOpening
from tonghu.access.roles import AgencyHead, SocialWorker, Supervisor
from tonghu.kernel.periods import in_force
from tonghu.people import numbers
from tonghu.people.models import Child
from tonghu.people.policy import FILE

NAMED_ROLES = (SocialWorker.key, Supervisor.key, AgencyHead.key)


def can_be_named(child: Child, *, on: dt.date) -> list[Account]:
    """Return who can be let into a sealed file: workers, supervisors, heads not closed out."""
    held = Membership.objects.unscoped("who may be named: the operation asks its Rule")
    held = held.filter(in_force(on), agency_id=child.agency_id, role__in=NAMED_ROLES)
    shut = Closing.objects.unscoped("nobody closed out is let in by a seal")
    shut = shut.filter(target_id=child.pk, lifted_at=None, account__isnull=False)
    rows = Account.objects.filter(is_active=True, pk__in=held.values("account_id"))
    return list(rows.exclude(pk__in=shut.values("account_id")).order_by("name", "pk"))


def seal_of(child: Child) -> Closing | None:
    """Return the seal on a file; the caller has asked the file's Rule."""
    rows = Closing.objects.unscoped("the file's Rule was asked by the caller")
    return rows.filter(
        target_kind=FILE, target_id=child.pk, kind=ClosingKind.SEAL, lifted_at=None
    ).first()


def seal_named_in(number: str, by: Actor) -> Closing | None:
    """Return the seal on the file of this number, when the actor is named in it."""
    children = Child.objects.unscoped("only who is named in its seal learns of it")
    files = children.filter(number=number, agency_id=by.agency_id).values("pk")
    rows = Closing.objects.unscoped("only who is named in it learns of it")
    return rows.filter(
        Q(openings__account=by.account_id),
        target_kind=FILE,
        target_id__in=files,
        kind=ClosingKind.SEAL,
        lifted_at=None,
    ).first()


def child_of_number(number: str, by: Actor) -> Child:
    """Return the sealed file of this number; the caller has just opened it."""
    files = Child.objects.unscoped("the caller has just opened it by its seal")
    return files.get(number=numbers.read(number), agency_id=by.agency_id)


def seals_naming(by: Actor) -> "Q":
    """Return the filter of proposals about a seal in which the actor is named."""
    named = SealOpening.objects.unscoped("part of a Rule").filter(account=by.account_id)
    return Q(subject_id__in=named.values("closing_id"))
