"""The one-time way in: a token whose hash alone is kept."""

import datetime as dt
import hashlib
import secrets
from base64 import urlsafe_b64encode

from django.utils.crypto import salted_hmac

from tonghu.access.actors import Actor
from tonghu.access.models import Invitation


def new_token(by: Actor | None = None) -> str:
    """Return a token for a one-time way in; it is shown once.

    A sending that is repeated gets the token it got before, so that the page that answers it
    shows the way in that was kept. Who knows the key of the sending cannot work it out.
    """
    if by is None or by.op_id is None:
        return secrets.token_urlsafe(24)
    made = salted_hmac("tonghu.invitation", f"{by.account_id} {by.op_id}", algorithm="sha256")
    return urlsafe_b64encode(made.digest()[:24]).decode()


def hashed(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_invitation(token: str, *, at: dt.datetime) -> Invitation | None:
    """Return the open invitation that a token belongs to."""
    rows = Invitation.objects.unscoped("the token is the permission").select_related(
        "account", "agency"
    )
    return rows.filter(token_hash=hashed(token), used_at__isnull=True, expires_at__gt=at).first()
