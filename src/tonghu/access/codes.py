"""Codes that stand for people and records where a reader may not know them (R20).

A code holds for one membership: what two masked readers were shown cannot be joined, and no
code leads to the number it stands for without the key.
"""

import hashlib
import hmac
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.kernel.keyring import ring
from tonghu.kernel.law import upholds


@upholds("R20", says=_("a code holds for one reader in one role and leads nowhere"))
def code_for(by: Actor, number: UUID, letter: str) -> str:
    """Return the code under which this reader knows a person (``P``) or a record (``R``)."""
    said = f"{by.membership_id}.{number}".encode()
    found = hmac.new(ring("index").current.secret, said, hashlib.sha256).hexdigest()
    return f"{letter}-{found[:8].upper()}"
