"""Coming and going: what sign-in, second factor, devices and looks leave on record."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.leaving import end_sessions, revoke
from tonghu.access.models import Account, Device
from tonghu.kernel.errors import Forbidden
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged


@operation("access.session.begun")
@upholds("R81")
def record_sign_in(*, account: Account, by: Actor, at: dt.datetime) -> Outcome[Account]:
    """Put a sign-in on record."""
    return changed(account)


@operation("access.session.ended")
def record_sign_out(*, account: Account, by: Actor, at: dt.datetime) -> Outcome[Account]:
    """Put a sign-out on record."""
    return changed(account)


@operation("access.session.refused")
@upholds("R81")
def record_refused_sign_in(
    *, account: Account, why: str, by: Actor, at: dt.datetime
) -> Outcome[Account]:
    """Put a refused sign-in on record, for a name that exists; ``why`` is a code."""
    return changed(account, reason=why)


@operation("access.factor.changed")
@upholds("R81")
def record_factor(
    *, account: Account, kind: str, added: bool, by: Actor, at: dt.datetime
) -> Outcome[Account]:
    """Put a second factor added, taken away or used up on record."""
    return changed(account, {kind: (not added, added)})


@operation("access.password.changed")
def record_password(*, account: Account, by: Actor, at: dt.datetime) -> Outcome[Account]:
    """Put a new password on record, and end the account's other sessions."""
    return changed(account)


@operation("access.device.registered")
def register_device(*, account: Account, name: str, by: Actor, at: dt.datetime) -> Outcome[Device]:
    """Enter a browser or phone that somebody signs in from for the first time."""
    device = Device(account=account, name=name[:80], first_seen_at=at, last_seen_at=at)
    device.save(force_insert=True)
    return changed(device, about=account.pk)


@operation("access.device.revoked")
def revoke_device(*, device: Device, by: Actor, at: dt.datetime) -> Outcome[Device]:
    """Close one of the own devices: its sessions end with the next request.

    :raises Forbidden: for a device of somebody else.
    """
    if device.account_id != by.account_id:
        raise Forbidden(_("This is not your device."))
    revoke(device.pk, at)
    return changed(device, {"revoked_at": (None, at)}, about=device.account_id)


@operation("access.session.others_ended")
def end_other_sessions(
    *, account: Account, kept: str, by: Actor, at: dt.datetime
) -> Outcome[Account]:
    """End all of the own sessions but the one in use (``kept`` is its key).

    :raises Forbidden: for somebody else's sessions.
    """
    if account.pk != by.account_id:
        raise Forbidden(_("These are not your sessions."))
    return changed(account) if end_sessions(account, but=kept) else unchanged(account)


@operation("access.account.language_chosen")
def choose_language(
    *, account: Account, language: str, by: Actor, at: dt.datetime
) -> Outcome[Account]:
    """Remember the language of one's pages.

    :raises Forbidden: for somebody else's account.
    """
    if account.pk != by.account_id:
        raise Forbidden(_("This is not your account."))
    changes = assign(account, language=language)
    return changed(account, changes) if changes else unchanged(account)
