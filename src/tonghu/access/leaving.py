"""What ends with a person, within one request (R58): sessions, devices, links, waiting files.

Domains above register what else dies with an account (:func:`when_somebody_leaves`).
"""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from tonghu.access.models import Account, Device, Invitation, Session
from tonghu.kernel.law import upholds
from tonghu.kernel.registry import Registry, named

Ending = Callable[[Account, dt.datetime], None]
_endings: Registry[Ending] = Registry("endings")


def when_somebody_leaves(ending: Ending) -> Ending:
    """Register what a domain ends when an account is closed."""
    return _endings.register(named(ending), ending)


@upholds("R58")
def end_everything(account: Account, at: dt.datetime) -> None:
    """End sessions, devices, invitations and whatever the domains above have registered."""
    Session.objects.filter(account=account).delete()
    Device.objects.unscoped("everything of this account ends").filter(
        account=account, revoked_at__isnull=True
    ).update(revoked_at=at)
    Invitation.objects.unscoped("everything of this account ends").filter(
        account=account, used_at__isnull=True
    ).update(expires_at=at)
    for ending in _endings.values():
        ending(account, at)


def end_sessions(account: Account, *, but: str | None = None) -> int:
    """End the account's sessions, all or all but one; return how many ended."""
    found = Session.objects.filter(account=account).exclude(session_key=but or "")
    return found.delete()[0]


def revoke(device_id: UUID, at: dt.datetime) -> None:
    """Close a device: its sessions end, the next sign-in there is a new device."""
    Session.objects.filter(device_id=device_id).delete()
    Device.objects.unscoped("the device was found under its Rule").filter(pk=device_id).update(
        revoked_at=at
    )
