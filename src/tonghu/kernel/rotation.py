"""New keys for old values: batch by batch, interrupted and resumed at any point.

A value names its key, so the work left is what a query finds; running again goes on from
there. A row that somebody changes meanwhile keeps the newer value.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast, Substr

from tonghu.kernel.encryption import FORMAT, BlindIndexField, EncryptedBytesField, SealedField
from tonghu.kernel.keyring import ring

A_BATCH = 200
FILES_AT_A_TIME = 2
"""Whole files are opened and sealed in memory."""
HEAD = 40
"""As many bytes of a sealed file hold its key's number and its nonce, which no two share."""
RESEALED = ("field", "index", "hidden", "reporter")
"""The rings whose values are sealed anew; the journal's rows never are."""


@dataclass(frozen=True)
class Progress:
    """How far one column has come: values re-sealed so far in this run, values left."""

    column: str
    done: int
    left: int


@dataclass(frozen=True)
class Elsewhere:
    """Sealed values in a table that is not ours: how many are older, and sealing them anew."""

    column: str
    left: Callable[[], int]
    rewrap: Callable[[], int]


_elsewhere: list[Elsewhere] = []


def also_in(place: Elsewhere) -> None:
    """Name sealed values that no model of ours declares; called when a domain starts."""
    _elsewhere.append(place)


def columns() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Yield every sealed column and blind index that can be made anew."""
    for model in apps.get_models():
        if getattr(model, "rewrappable", True):
            for field in model._meta.concrete_fields:
                if isinstance(field, SealedField | BlindIndexField):
                    yield model, field


def rewrap(*, batch: int = A_BATCH) -> Iterator[Progress]:
    """Seal anew what stands under an older key; yield after each batch, stop at any time."""
    for model, field in columns():
        done = 0
        at_once = min(batch, FILES_AT_A_TIME) if isinstance(field, EncryptedBytesField) else batch
        while rows := list(_older(model, field)[:at_once]):
            with transaction.atomic():
                done += sum(_rewrapped(row, field) for row in rows)
            yield Progress(f"{model._meta.label}.{field.name}", done, _older(model, field).count())
    for place in _elsewhere:
        done = 0
        while place.left():
            done += place.rewrap()
            yield Progress(place.column, done, place.left())


def left() -> dict[str, int]:
    """Return how many values stand under older keys, by ring."""
    found = dict.fromkeys(RESEALED, 0)
    for model, field in columns():
        found[_ring_of(field)] += _older(model, field).count()
    found["field"] += sum(place.left() for place in _elsewhere)
    return found


def state() -> dict[str, Any]:
    """Return the keys of each ring and what is left to rotate."""
    rings = {name: ring(name).numbers() for name in (*RESEALED, "journal")}
    return {"rings": rings, "left": left()}


def _ring_of(field: models.Field) -> str:
    return field.ring_name if isinstance(field, SealedField) else "index"


def _older(model: type[models.Model], field: models.Field) -> "models.QuerySet":
    """Return the rows whose value stands under an older key than the ring's current one."""
    prefix = f"{ring(_ring_of(field)).current.number}."
    if isinstance(field, SealedField):
        prefix = f"{FORMAT}.{prefix}"
    held = model._base_manager.exclude(**{f"{field.name}__isnull": True})
    if isinstance(field, EncryptedBytesField):
        return _older_files(held, field, prefix.encode())
    text = Cast(field.name, models.TextField())
    rows: models.QuerySet = (
        held.alias(_text=text).exclude(_text="").exclude(_text__startswith=prefix)
    )
    return rows.order_by("pk")


def _older_files(held: "models.QuerySet", field: models.Field, prefix: bytes) -> "models.QuerySet":
    beginning = held.alias(_head=_head(field, len(prefix)))
    rows: models.QuerySet = beginning.exclude(_head=b"").exclude(_head=prefix).order_by("pk")
    return rows


def _head(field: models.Field, length: int) -> Substr:
    return Substr(field.name, 1, length, output_field=models.BinaryField())


def _rewrapped(row: models.Model, field: models.Field) -> int:
    """Seal one value anew unless somebody changed it meanwhile; return how many were."""
    held = row.__dict__[field.attname]
    setattr(row, field.attname, getattr(row, field.attname))
    fresh = field.pre_save(row, add=True)
    rows: models.QuerySet = type(row)._base_manager.filter(pk=row.pk)
    if isinstance(field, EncryptedBytesField):
        rows = rows.alias(_head=_head(field, HEAD)).filter(_head=bytes(held[:HEAD]))
    else:
        rows = rows.alias(_text=Cast(field.name, models.TextField())).filter(_text=str(held))
    return rows.update(**{field.attname: fresh})
