"""The signed end of each chain: once a day, Ed25519, to be kept outside the house.

A head says: on this day the chain of this agency ended at this number with this hash. Kept on
a stick in a safe, it shows later that rows were cut off or an old copy was put in place.
"""

import base64
import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings

from tonghu.access.journal import Break
from tonghu.access.models import JournalHead, JournalRow
from tonghu.kernel.clock import day


def signed(agency_id: UUID, *, at: dt.datetime) -> JournalHead | None:
    """Return the signed end of the agency's chain, not yet saved; nothing when it is empty."""
    last = (
        JournalRow.objects.unscoped("the end of the chain is signed")
        .filter(agency_id=agency_id)
        .order_by("-seq")
        .first()
    )
    if last is None:
        return None
    key = _private_key()
    head = JournalHead(
        agency_id=agency_id,
        day_on=day(at),
        seq=last.seq,
        hash=last.hash,
        signed_at=at,
        public_key=_public_text(key.public_key()),
    )
    head.signature = base64.b64encode(key.sign(_message(as_document(head)))).decode()
    return head


def as_document(head: JournalHead) -> dict[str, Any]:
    """Return a head as the document that is exported, printed and checked."""
    return {
        "agency": str(head.agency_id),
        "day": head.day_on.isoformat(),
        "seq": head.seq,
        "hash": head.hash,
        "signed_at": head.signed_at.astimezone(dt.UTC).isoformat(),
        "public_key": head.public_key,
        "signature": head.signature,
    }


def latest_documents() -> list[dict[str, Any]]:
    """Return the newest signed end of every journal."""
    heads = JournalHead.objects.unscoped("a head names nobody").order_by("agency_id", "day_on")
    return [as_document(head) for head in {head.agency_id: head for head in heads}.values()]


def heads_on_record() -> list[dict[str, Any]]:
    """Return every signed end that the database itself keeps, oldest first."""
    heads = JournalHead.objects.unscoped("a head names nobody").order_by("agency_id", "day_on")
    return [as_document(head) for head in heads]


def is_head(document: Any) -> bool:
    """Tell whether a document has the form of a signed end; whether it holds is asked later."""
    try:
        UUID(str(document["agency"])), int(document["seq"]), str(document["hash"])
        base64.b64decode(str(document["signature"]), validate=True)
        key = base64.b64decode(str(document["public_key"]), validate=True)
        Ed25519PublicKey.from_public_bytes(key)
    except (KeyError, TypeError, ValueError):
        return False
    return True


def check_head(document: dict[str, Any]) -> Iterator[Break]:
    """Hold the present chain against a head that was kept outside; yield what is wrong."""
    agency_id, seq = UUID(str(document["agency"])), int(document["seq"])
    if str(document["public_key"]) != _public_text(_private_key().public_key()):
        yield Break(agency_id, seq, "the head was signed with another key")
    if not _signature_holds(document):
        yield Break(agency_id, seq, "the head's own signature does not hold")
        return
    row = (
        JournalRow.objects.unscoped("the chain is held against a head")
        .filter(agency_id=agency_id, seq=seq)
        .first()
    )
    if row is None:
        yield Break(agency_id, seq, "the journal ends before the signed head: rows were cut off")
    elif row.hash != document["hash"]:
        yield Break(agency_id, seq, "the journal is not the one that was signed")


def fingerprint(public_key: str) -> str:
    """Return the short form of a public key that two persons can compare aloud."""
    return hashlib.sha256(base64.b64decode(public_key)).hexdigest()[:16]


def _message(document: dict[str, Any]) -> bytes:
    said = {name: value for name, value in document.items() if name != "signature"}
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def _signature_holds(document: dict[str, Any]) -> bool:
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(str(document["public_key"])))
    try:
        key.verify(base64.b64decode(str(document["signature"])), _message(document))
    except InvalidSignature:
        return False
    return True


def _private_key() -> Ed25519PrivateKey:
    path = Path(settings.KEYS_FOLDER) / "sign" / "journal.key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.Raw,
            serialization.PrivateFormat.Raw,
            serialization.NoEncryption(),
        )
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(made))
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(path.read_bytes()))


def _public_text(key: Ed25519PublicKey) -> str:
    return base64.b64encode(key.public_bytes_raw()).decode()
