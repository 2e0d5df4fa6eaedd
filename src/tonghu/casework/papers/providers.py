"""Who knows what stands in the cells: each part of casework gives its values by name.

A provider takes a :class:`Subject` and returns values: text, a list of lines (a mapping each), or
a picture. What the reader may not read it leaves out; it asks its own Rule. Nothing it returns is
hidden from her on the page: a hidden address is "by arrangement" here too (R67), a reflection is
never given (R27), a reporter neither (R24).
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from tonghu.access.actors import Actor
from tonghu.casework.models import Case
from tonghu.casework.papers.form import Form, Picture
from tonghu.kernel.registry import Registry

Value: TypeAlias = str | Picture | Sequence[Mapping[str, str]]
Values: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True)
class Subject:
    """Whose paper it is, who reads it, on which day; ``part`` of what where there are several."""

    case: Case
    by: Actor
    on: dt.date
    part: UUID | None = None


@dataclass(frozen=True)
class Part:
    """One of several things of a case that have a paper each."""

    pk: UUID
    label: str


PROVIDERS: Registry[Callable[[Subject], Values]] = Registry("what fills the cells of papers")
PARTS: Registry[Callable[[Subject], Sequence[Part]]] = Registry("things of a case with papers")


def provides(
    key: str,
) -> Callable[[Callable[[Subject], Values]], Callable[[Subject], Values]]:
    """Sign up a function that gives values; forms name it by the key."""
    return lambda provider: PROVIDERS.register(key, provider)


def parts_of(
    key: str,
) -> Callable[[Callable[[Subject], Sequence[Part]]], Callable[[Subject], Sequence[Part]]]:
    """Sign up a function that names the several things of a case, the newest first."""
    return lambda parts: PARTS.register(key, parts)


def is_bound(form: Form) -> bool:
    """Tell whether all that fills a form is there."""
    parts = not form.one_of or form.one_of in PARTS
    return parts and all(one in PROVIDERS for one in form.providers)
