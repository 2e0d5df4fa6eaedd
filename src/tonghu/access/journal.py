"""The journal: a row for every operation and look, chained, sealed, signed once a day.

Each agency has one chain: a row's hash covers its content and the hash before it. Tampering
inside the file breaks the chain; a cut tail or yesterday's copy is found against the last
signed head kept outside the house. Law: NET 36 (access logged), access policy R80–R82.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, UUIDField
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import JournalRow
from tonghu.kernel.encryption import open_sealed, seal
from tonghu.kernel.ids import new_id
from tonghu.kernel.keyring import ring
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Entry, FirstAnswer
from tonghu.kernel.prepared import Asked, Prepared, append
from tonghu.kernel.registry import Registry

START = "0" * 64
TAKEN_OUT: Registry[Callable[[UUID | None], bool]] = Registry("ways to know who was erased")
"""Of a higher floor: whether the words about this file were taken out by an erasure."""
_HASHED = [
    "id",
    "agency_id",
    "seq",
    "event",
    "act",
    "at",
    "made_at",
    "account_id",
    "membership_id",
    "role",
    "device_id",
    "subject_kind",
    "subject_id",
    "about_id",
    "fields",
    "sealed",
    "op_id",
    "content",
    "previous",
]

_end_of = Prepared(
    lambda: (
        JournalRow.objects.unscoped("the chain itself")
        .filter(agency_id=Asked("agency", UUIDField()))
        .order_by("-seq")
        .only("seq", "hash")[:1]
    )
)
_of_key = Prepared(
    lambda: JournalRow.objects.unscoped("a resend is answered before any Rule").filter(
        op_id=Asked("op_id", UUIDField())
    )[:1]
)


@upholds(
    "R80",
    "R81",
    "R82",
    says=_("a row for each act and look, chained, its values sealed, never changed"),
)
class DatabaseJournal:
    """Writes each line into the agency's chain, inside the transaction of what it tells."""

    def write(self, entry: Entry) -> None:
        """Append one line; without it the transaction, or the page, does not go through."""
        agency_id = entry.by.agency_id
        seq, previous = _end_of_chain(agency_id)
        row = JournalRow(
            id=new_id(entry.at),
            agency_id=agency_id,
            seq=seq + 1,
            event=entry.event,
            act=entry.act,
            at=entry.at,
            made_at=entry.by.made_at,
            account_id=entry.by.account_id,
            membership_id=entry.by.membership_id,
            role=entry.by.role_key,
            device_id=entry.by.device_id,
            subject_kind=entry.subject_kind,
            subject_id=entry.subject_id,
            about_id=entry.about_id,
            fields=" ".join(entry.changes),
            op_id=entry.op_id,
            content=entry.content,
            previous=previous,
        )
        row.sealed = _sealed(row.pk, entry)
        row.sealed_digest = _digest(row.sealed)
        row.hash = chained(row)
        append(row)

    def first_answer(self, op_id: UUID) -> FirstAnswer | None:
        """Return what an ``op_id`` that came before was answered."""
        row = _of_key.first(op_id=op_id)
        if row is None or row.subject_id is None:
            return None
        return FirstAnswer(
            account_id=row.account_id,
            agency_id=row.agency_id,
            event=row.event,
            content=row.content,
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
        )


def _end_of_chain(agency_id: UUID) -> tuple[int, str]:
    """Return the last number and hash of the chain, and keep others off it until commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            key = agency_id.int % 2**63
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
    last = _end_of.first(agency=agency_id)
    return (last.seq, last.hash) if last else (0, START)


def chained(row: JournalRow) -> str:
    """Return the row's hash: SHA-256 over its columns and the hash before it.

    What is sealed is covered by its digest; in rows of before 0.1 by itself.
    """
    content = [_text(getattr(row, name)) for name in _HASHED]
    content[_HASHED.index("sealed")] = row.sealed_digest or row.sealed
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _digest(sealed: str) -> str:
    return hashlib.sha256(sealed.encode()).hexdigest() if sealed else ""


def _words_changed(row: JournalRow) -> bool:
    """Tell whether what is sealed is not what was written, and no erasure took it out."""
    if not row.sealed_digest or _digest(row.sealed) == row.sealed_digest:
        return False
    return bool(row.sealed) or not any(knows(row.about_id) for knows in TAKEN_OUT.values())


@upholds("R53", says=_("the journal keeps that something was done, and no word about who is gone"))
def take_words_out(files: Iterable[UUID]) -> int:
    """Take out what is sealed in the rows about these files; return of how many.

    Part of an erasure, which asked its Rule. The rows stay and the chain holds: it covers the
    digest of what was sealed. The database lets nothing else of a row be changed.
    """
    rows = JournalRow.objects.unscoped("part of an erasure, which asked its Rule")
    return rows.filter(about_id__in=list(files)).exclude(sealed="").update(sealed="")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return str(value)


def _sealed(pk: UUID, entry: Entry) -> str:
    if not entry.changes and not entry.reason:
        return ""
    changes = {name: [_said(old), _said(new)] for name, (old, new) in entry.changes.items()}
    said = json.dumps({"changes": changes, "reason": entry.reason}, ensure_ascii=False)
    return str(seal(said, ring=ring("journal"), place=_place(pk)))


def _said(value: Any) -> Any:
    if isinstance(value, Model):
        return str(value.pk)
    return value if value is None or isinstance(value, bool | int) else str(value)


def _place(pk: UUID) -> str:
    return f"access_journalrow.sealed.{pk}"


@dataclass(frozen=True)
class Said:
    """What a row keeps sealed: old and new values by field, and the reason."""

    changes: dict[str, list[Any]]
    reason: str


def said_in(row: JournalRow) -> Said:
    """Open what a row keeps sealed, for those whose page may show it."""
    if not row.sealed:
        return Said({}, "")
    said = json.loads(open_sealed(row.sealed, ring=ring("journal"), place=_place(row.pk)))
    return Said(said["changes"], said["reason"])


@dataclass(frozen=True)
class Break:
    """Where a chain does not hold: the number of the row, and why in words."""

    agency_id: UUID
    seq: int
    words: str


def verify_chain(agency_id: UUID) -> Iterator[Break]:
    """Walk an agency's chain from its first row; yield each place where it does not hold.

    Finds edited, deleted, inserted and reordered rows. A cut tail leaves a chain that
    holds: only a signed head kept elsewhere shows it (:mod:`tonghu.access.heads`).
    """
    seq, previous = 0, START
    rows = (
        JournalRow.objects.unscoped("the chain is checked whole")
        .filter(agency_id=agency_id)
        .order_by("seq")
        .iterator(chunk_size=2000)
    )
    for row in rows:
        if row.seq != seq + 1:
            yield Break(agency_id, row.seq, f"rows {seq + 1} to {row.seq - 1} are missing")
        elif row.previous != previous:
            yield Break(agency_id, row.seq, "does not follow the row before it")
        if chained(row) != row.hash or _words_changed(row):
            yield Break(agency_id, row.seq, "was changed after it was written")
        seq, previous = row.seq, row.hash


def agencies_on_record() -> list[UUID]:
    """Return the agencies that have a chain."""
    rows = JournalRow.objects.unscoped("every chain is checked")
    return list(rows.values_list("agency_id", flat=True).order_by().distinct())


def last_moment() -> dt.datetime | None:
    """Return the moment of the newest row: the clock may not stand before it."""
    rows = JournalRow.objects.unscoped("the clock is checked against the newest row")
    return rows.order_by("-id").values_list("at", flat=True).first()
