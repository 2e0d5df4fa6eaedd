"""The secrets of second factors: sealed in a table of allauth's, and rotated with the rest.

They stand in a JSON column that is not ours, so they cannot be bound to their row and the
rotation of the keys does not find them by itself.
"""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator

from tonghu.kernel.encryption import Ciphertext, open_sealed, seal
from tonghu.kernel.keyring import ring
from tonghu.kernel.rotation import Elsewhere, also_in

PLACE = "mfa_authenticator.secret"
SECRETS = ("secret", "seed")
"""Of one-time codes, of recovery codes; a passkey has no secret here."""


def seal_secret(text: str) -> Ciphertext:
    """Seal a secret of a second factor."""
    return seal(text, ring=ring("field"), place=PLACE)


def open_secret(sealed: str) -> str:
    """Open a secret of a second factor.

    :raises SealBroken: when it was altered.
    :raises KeyMissing: when its key is not in the folder.
    """
    return open_sealed(sealed, ring=ring("field"), place=PLACE)


def _older() -> Iterator[Authenticator]:
    current = ring("field").current.number
    for row in Authenticator.objects.order_by("pk").iterator():
        sealed = (Ciphertext(row.data[name]) for name in SECRETS if name in row.data)
        if any(one.key_number != current for one in sealed):
            yield row


def _left() -> int:
    return sum(1 for _ in _older())


def _rewrap() -> int:
    """Seal anew; a row that changed meanwhile, as when a code was used up, is left for later."""
    done = 0
    for row in list(_older()):
        fresh = row.data | {
            name: str(seal_secret(open_secret(row.data[name])))
            for name in SECRETS
            if name in row.data
        }
        done += Authenticator.objects.filter(pk=row.pk, data=row.data).update(data=fresh)
    return done


also_in(Elsewhere("mfa.Authenticator.data", _left, _rewrap))
