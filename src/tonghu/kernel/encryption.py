"""Fields that are sealed in the database: AES-256-GCM, bound to table, column and row.

A value moved to another row or column does not open. Exact search goes over a keyed blind
index beside it; there is no other search, and no plaintext ever reaches a query.
"""

import base64
import hashlib
import hmac
import os
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from tonghu.kernel.keyring import KeyRing, ring

FORMAT = "tg1"
NONCE = 12


class SealBroken(Exception):  # noqa: N818 -- says what is wrong
    """A sealed value was altered, or stands in another row or column than it was made for."""


class Ciphertext(str):
    """A sealed value as it stands in the database: ``tg1.<key number>.<base64>``."""

    __slots__ = ()

    @property
    def key_number(self) -> int:
        """Return the number of the key that opens it."""
        return int(self.split(".", 2)[1])


def seal(text: str, *, ring: KeyRing, place: str) -> Ciphertext:
    """Seal a text for one place, ``table.column.row``, under the ring's current key."""
    key, nonce = ring.current, os.urandom(NONCE)
    sealed = nonce + AESGCM(key.secret).encrypt(nonce, text.encode(), place.encode())
    return Ciphertext(f"{FORMAT}.{key.number}.{base64.urlsafe_b64encode(sealed).decode()}")


def open_sealed(ciphertext: str, *, ring: KeyRing, place: str) -> str:
    """Open a sealed text at the place it was sealed for.

    :raises SealBroken: when it was altered, cut short or moved.
    :raises KeyMissing: when its key is not in the folder.
    """
    found, _, rest = ciphertext.partition(".")
    if found != FORMAT:
        raise SealBroken(f"{place}: unknown format")
    try:
        number, _, body = rest.partition(".")
        sealed = base64.urlsafe_b64decode(body)
        secret = ring.key(int(number)).secret
        return AESGCM(secret).decrypt(sealed[:NONCE], sealed[NONCE:], place.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise SealBroken(f"{place}: altered, or moved from another place") from error


class SealedBytes(bytes):
    """Sealed bytes as they stand in the database: ``tg1.<key number>.`` and what is sealed."""

    __slots__ = ()


def seal_bytes(content: bytes, *, ring: KeyRing, place: str) -> SealedBytes:
    """Seal bytes for one place under the ring's current key; a third smaller than as a text."""
    key, nonce = ring.current, os.urandom(NONCE)
    sealed = AESGCM(key.secret).encrypt(nonce, content, place.encode())
    return SealedBytes(f"{FORMAT}.{key.number}.".encode() + nonce + sealed)


def open_sealed_bytes(sealed: bytes, *, ring: KeyRing, place: str) -> bytes:
    """Open sealed bytes at the place they were sealed for.

    :raises SealBroken: when they were altered, cut short or moved.
    :raises KeyMissing: when their key is not in the folder.
    """
    found, _, rest = sealed.partition(b".")
    if found != FORMAT.encode():
        raise SealBroken(f"{place}: unknown format")
    try:
        number, _, body = rest.partition(b".")
        secret = ring.key(int(number)).secret
        return AESGCM(secret).decrypt(body[:NONCE], body[NONCE:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken(f"{place}: altered, or moved from another place") from error


class OpenedOnDemand(DeferredAttribute):
    """The attribute of a sealed field: only the instance knows the row it belongs to."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        field: Any = self.field
        if isinstance(value, Ciphertext):
            return open_sealed(value, ring=ring(field.ring_name), place=field.place(instance))
        if isinstance(value, SealedBytes):
            return open_sealed_bytes(value, ring=ring(field.ring_name), place=field.place(instance))
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        # Without this the instance's own dictionary would answer first, with what is sealed.
        instance.__dict__[self.field.attname] = value


class SealedField(models.Field):
    """What sealed fields share: the place of a value, and what a query may ask of it.

    ``ring_name`` names keys of their own, so that those of the ordinary fields do not open it.
    """

    descriptor_class = OpenedOnDemand

    def __init__(self, *args: Any, ring_name: str = "field", **kw: Any) -> None:
        self.ring_name = ring_name
        super().__init__(*args, **kw)

    def place(self, instance: models.Model) -> str:
        """Return where a value of this instance belongs."""
        return f"{instance._meta.db_table}.{self.column}.{instance.pk}"

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow the one question that a sealed column can answer.

        :raises TypeError: for every other.
        """
        if lookup_name != "isnull":
            raise TypeError(f"{self.name} is sealed: only its blind index can be searched.")
        return super().get_lookup(lookup_name)


class EncryptedTextField(SealedField, models.TextField):
    """A text that stands sealed in the database and opens when somebody reads the attribute.

    ``values()`` gives ciphertext; ``filter(field="…")`` and ``update(field="…")`` raise
    ``TypeError``, since only saving an instance knows the row. The key must be made by the app.
    """

    def from_db_value(self, value: str | None, *_args: Any) -> Any:
        """Keep what the database holds sealed until it is read."""
        return Ciphertext(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 -- Django's
        """Seal the value for its row; what was not touched stays as it is."""
        held = model_instance.__dict__.get(self.attname)
        if isinstance(held, Ciphertext) and not add:
            return held
        value = getattr(model_instance, self.attname)
        if not value:
            return value
        return seal(str(value), ring=ring(self.ring_name), place=self.place(model_instance))

    def get_prep_value(self, value: Any) -> Any:
        """Let nothing but ciphertext through to a query.

        :raises TypeError: for plaintext.
        """
        if value and not isinstance(value, Ciphertext):
            raise TypeError(f"{self.name} is sealed: save an instance, search its blind index.")
        return value


class EncryptedBytesField(SealedField, models.BinaryField):
    """A file that stands sealed in the database, as :class:`EncryptedTextField` keeps a text."""

    def from_db_value(self, value: Any, *_args: Any) -> Any:
        """Keep what the database holds sealed until it is read."""
        return SealedBytes(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 -- Django's
        """Seal the value for its row; what was not touched stays as it is."""
        held = model_instance.__dict__.get(self.attname)
        if isinstance(held, SealedBytes) and not add:
            return held
        value = getattr(model_instance, self.attname)
        if not value:
            return value
        return seal_bytes(bytes(value), ring=ring(self.ring_name), place=self.place(model_instance))

    def get_prep_value(self, value: Any) -> Any:
        """Let nothing but what is sealed through to a query.

        :raises TypeError: for anything else.
        """
        if value and not isinstance(value, SealedBytes):
            raise TypeError(f"{self.name} is sealed: save an instance.")
        return value


Normalise = Callable[[str], str]


class BlindIndexField(models.CharField):
    """A keyed hash of a sealed field: equal values meet, nothing can be read from it."""

    def __init__(self, *args: Any, of: str = "", normalise: Normalise | None = None, **kw: Any):
        self.of, self.normalise = of, normalise or str
        kw.update(max_length=64, null=True, editable=False, db_index=True)
        super().__init__(*args, **kw)

    def deconstruct(self) -> Any:
        """Tell migrations what the column is; how it is computed is no part of the table."""
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "null", "editable", "db_index"):
            kwargs.pop(key, None)
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 -- Django's
        """Compute the index from the field beside it."""
        text = getattr(model_instance, self.of) or ""
        value = self._hashed(text, ring("index").current.number) if self.normalise(text) else None
        setattr(model_instance, self.attname, value)
        return value

    def candidates(self, text: str) -> list[str]:
        """Return the index of a text under every key, so that a search finds all rows."""
        return [self._hashed(text, number) for number in ring("index").numbers()]

    def _hashed(self, text: str, number: int) -> str:
        secret = ring("index").key(number).secret
        said = f"{self.model._meta.db_table}.{self.of}.{self.normalise(text)}"
        return f"{number}.{hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()[:32]}"


def indices_of(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """Return the blind indices that must be saved together with these columns."""
    changed = set(names)
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, BlindIndexField) and field.of in changed
    ]


def phone_digits(text: str) -> str:
    """Return a telephone number as bare digits, without +86, spaces or full-width forms."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isdigit())
    return digits.removeprefix("86") if len(digits) == 13 else digits


def id_number(text: str) -> str:
    """Return an identity number without spaces or full-width forms, its last x as X."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
