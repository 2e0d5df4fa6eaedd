"""A decision for every column: is it sealed, and what is left of it when a person is erased.

    privacy = decide(links="id agency account", plain="role from_on until_on",
                     encrypted="phone", scrub={"phone": blank})

A test walks all tables; a column without a decision fails the build.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from tonghu.kernel.encryption import BlindIndexField, SealedField

Scrub = Callable[[models.Model], Any]


def blank(row: models.Model) -> Any:
    """Leave nothing."""
    return None


def pseudonym(row: models.Model) -> Any:
    """Leave a word that leads nowhere, so that lists still read."""
    return f"–{str(row.pk)[-6:]}"


def keep(row: models.Model) -> Any:
    """Leave the row as it is: it names nobody by itself."""
    raise NotImplementedError("A kept row is not scrubbed.")


@dataclass(frozen=True)
class Privacy:
    """The decisions of one table, by column name."""

    links: frozenset[str]
    plain: frozenset[str]
    encrypted: frozenset[str]
    index: frozenset[str]
    scrub: Mapping[str, Scrub]


def decide(
    *,
    links: str = "",
    plain: str = "",
    encrypted: str = "",
    index: str = "",
    scrub: Mapping[str, Scrub] | Scrub,
) -> Privacy:
    """Write the decisions down: names in groups, and what erasing leaves of the named ones.

    ``scrub=keep`` says that erasing a person touches no column here; with a mapping, columns
    that are not in it stay.
    """
    return Privacy(
        frozenset(links.split()),
        frozenset(plain.split()),
        frozenset(encrypted.split()),
        frozenset(index.split()),
        {} if scrub is keep else dict(scrub),  # type: ignore[arg-type]
    )


def undecided(model: type[models.Model]) -> list[str]:
    """Return in words what is missing or wrong in a table's decisions."""
    privacy: Privacy | None = getattr(model, "privacy", None)
    if privacy is None:
        return [f"{model._meta.label} has no privacy decision"]
    faults = []
    groups = (privacy.links, privacy.plain, privacy.encrypted, privacy.index)
    names = {field.name: field for field in model._meta.concrete_fields}
    for name, field in names.items():
        if sum(name in group for group in groups) != 1:
            faults.append(f"{model._meta.label}.{name} must stand in exactly one group")
        elif (name in privacy.encrypted) != isinstance(field, SealedField):
            faults.append(f"{model._meta.label}.{name}: 'encrypted' and the field disagree")
        elif (name in privacy.index) != isinstance(field, BlindIndexField):
            faults.append(f"{model._meta.label}.{name}: 'index' and the field disagree")
    unknown = set().union(*groups, privacy.scrub) - names.keys()
    faults += [f"{model._meta.label} has no column {name}" for name in sorted(unknown)]
    return faults
