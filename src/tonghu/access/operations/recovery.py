"""Letting somebody in again who lost phone and recovery codes: two persons, then a new way in."""

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.grants import require_set_up
from tonghu.access.leaving import end_sessions
from tonghu.access.models import Account, Device, Invitation, Membership, Proposal
from tonghu.access.operations.two_persons import propose
from tonghu.access.policy import confirms_letting_in
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Hidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation

SHORTEST = 4


class ReasonMissing(Refused):
    """The second person must know what happened, and how it was made sure who asks."""


@operation("access.factors.reset_proposed")
@upholds("R83")
def propose_reset(
    *, account: Account, reason: str, by: Actor, at: dt.datetime
) -> Outcome[Proposal]:
    """Propose to take away the password and second step of a colleague who lost them.

    One person alone could make herself anybody with it. A way in of its own, which leaves the
    second step as it is, needs no second person: :func:`tonghu.access.operations.people.invite`.

    :raises Forbidden: unless ``by`` sets up the agency, for oneself, and for an account that
        other agencies know as well.
    :raises Hidden: for a person of another agency.
    :raises ReasonMissing: without a sentence on what happened.
    """
    require_set_up(by, day(at))
    agencies = _agencies_of(account)
    if by.agency_id not in agencies:
        raise Hidden(_("There is nothing here for you."))
    if account.pk == by.account_id:
        raise Forbidden(_("A colleague who sets up the agency proposes this for you."))
    if agencies != {by.agency_id}:
        raise Forbidden(_("This account cannot be reset from here. Invite her under a new name."))
    if len(reason.strip()) < SHORTEST:
        raise ReasonMissing(_("Write what happened, and how you made sure that it is her."))
    proposal = propose(
        act=RESET.key,
        subject=account,
        details={"login": account.login},
        concerns=account,
        reason=reason.strip(),
        by=by,
        at=at,
    )
    return changed(proposal, about=account.pk)


@operation("access.factors.taken_away")
@upholds("R83")
def reset(*, account: Account, by: Actor, at: dt.datetime) -> Outcome[Account]:
    """Take away password, second step, recovery codes, sessions and devices, as confirmed.

    Afterwards nothing opens the account but a new way in.
    """
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account)
    _hers(Device).filter(revoked_at__isnull=True, account=account).update(revoked_at=at)
    _hers(Invitation).filter(used_at__isnull=True, account=account).update(expires_at=at)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    return changed(account, {"factors": (True, False)})


def _agencies_of(account: Account) -> set:
    rows = Membership.objects.unscoped("which agencies know her?").filter(account=account)
    return set(rows.values_list("agency_id", flat=True))


def _hers(table: Any) -> Any:
    return table.objects.unscoped("all that opened this account ends")


def _reset_as_confirmed(
    proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime
) -> Account:
    return reset(account=Account.objects.get(pk=proposal.subject_id), by=by, at=at)


def _told(details: dict[str, Any]) -> dict[Any, Any]:
    return {
        gettext_lazy("Sign-in name"): details["login"],
        gettext_lazy("What ends"): gettext_lazy(
            "password, passkeys, code app, recovery codes, open sessions, devices"
        ),
    }


RESET = declare(
    TwoPersonAct(
        key="access.factors.taken_away",
        name=gettext_lazy("Reset a lost second step"),
        confirm=confirms_letting_in,
        perform=_reset_as_confirmed,
        tell=_told,
    )
)
