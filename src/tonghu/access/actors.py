"""Who acts: one account under one membership, from one device (R5, R19)."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from django.db.models import DateField, UUIDField
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Membership, Organisation
from tonghu.access.roles import ROLES, Role
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.kernel.prepared import Asked, Prepared
from tonghu.kernel.tenancy import rows_of_every_agency

SYSTEM = "system"
NO_ROLE = ""

_in_force = Prepared(
    lambda: (
        Membership.objects.unscoped("before there is an actor")
        .filter(in_force(Asked("on", DateField())), account=Asked("account", UUIDField()))
        .select_related("organisation", "agency")
        .order_by("from_on", "id")
    )
)


@upholds("R19", says=_("somebody at work acts under one membership"))
@dataclass(frozen=True)
class Actor:
    """Somebody at work. Rights are never added up over memberships: one act, one of them."""

    agency_id: UUID
    account: Account | None
    membership: Membership | None
    device_id: UUID | None = None
    op_id: UUID | None = None
    made_at: dt.datetime | None = None

    @property
    def account_id(self) -> UUID | None:
        """Return the account's number, or nothing when the program itself acts."""
        return self.account.pk if self.account else None

    @property
    def membership_id(self) -> UUID | None:
        """Return the number of the membership acted under."""
        return self.membership.pk if self.membership else None

    @property
    def role_key(self) -> str:
        """Return the role acted in."""
        if self.membership:
            return self.membership.role
        return NO_ROLE if self.account else SYSTEM

    @property
    def role(self) -> type[Role]:
        """Return the role as people read it."""
        return ROLES[self.role_key]

    @property
    def organisation(self) -> Organisation | None:
        """Return the organisation acted for."""
        return self.membership.organisation if self.membership else None

    def sending(self, op_id: UUID | None, made_at: dt.datetime | None = None) -> Self:
        """Return the same actor sending one act, with the key it was given before sending."""
        return replace(self, op_id=op_id, made_at=made_at)


def system(agency_id: UUID) -> Actor:
    """Return the program itself, as for set-up and nightly work."""
    return Actor(agency_id, None, None)


@upholds("R5", says=_("a closed account and a membership that is over open nothing"))
def memberships_of(account: Account, *, on: dt.date) -> list[Membership]:
    """Return the memberships in force, oldest first; none when the account is closed."""
    if not account.is_active:
        return []
    with rows_of_every_agency("one person may work for two agencies"):
        return _in_force.all(account=account.pk, on=on)


def actor_for(
    account: Account,
    *,
    on: dt.date,
    membership_id: UUID | None = None,
    device_id: UUID | None = None,
) -> Actor | None:
    """Return the account at work under the chosen membership, or the oldest in force.

    Nothing is returned when no membership is in force: a role that ended opens no page.
    """
    found = memberships_of(account, on=on)
    if not found:
        return None
    chosen = next((one for one in found if one.pk == membership_id), found[0])
    return Actor(chosen.agency_id, account, chosen, device_id=device_id)


def actor_of_the_past(account: Account) -> Actor | None:
    """Return somebody under the newest of her memberships, in force or not, for the record."""
    rows = Membership.objects.unscoped("in whose journal does her sign-in belong?")
    newest = rows.filter(account=account).select_related("organisation").order_by("-id").first()
    return Actor(newest.agency_id, account, newest) if newest else None
