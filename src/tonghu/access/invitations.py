"""The one-time way in: a token whose hash alone is kept."""

import datetime as dt
import hashlib
import secrets

from tonghu.access.models import Invitation


def new_token() -> str:
    """Return a token for a one-time way in; it is shown once."""
    return secrets.token_urlsafe(24)


def hashed(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_invitation(token: str, *, at: dt.datetime) -> Invitation | None:
    """Return the open invitation that a token belongs to."""
    rows = Invitation.objects.unscoped("the token is the permission").select_related(
        "account", "agency"
    )
    rows = rows.filter(used_at__isnull=True, expires_at__gt=at, account__is_active=True)
    return rows.filter(token_hash=hashed(token)).first()
