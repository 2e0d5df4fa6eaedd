"""The kinds of long work; a domain registers what it can do in the background.

A kind runs outside the request: it counts its progress, may be killed and started again from
the beginning, and leaves at most one file. ``allow`` is asked when the job is made and again
at each download, so a file is served only while the Rules still hold (R85).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.utils.functional import Promise

from tonghu.access.actors import Actor
from tonghu.kernel.registry import Registry


class Progress(Protocol):
    """How a running job says how far it has come."""

    def __call__(self, done: int, total: int | None = None) -> None:
        """Renew the job's count; raises :class:`Stopped` when the owner stopped it."""


class Stopped(Exception):  # noqa: N818 -- it names an answer, not a fault
    """The owner stopped the job while it ran."""


@dataclass(frozen=True)
class Asked:
    """What a kind gets to know of the job it runs."""

    details: dict[str, Any]
    by: Actor
    at: dt.datetime
    path: Path


@dataclass(frozen=True)
class JobKind:
    """One kind of long work: its words, its Rule, what it does, the name of its file.

    ``leaves_file`` is false for work that writes rows: what it had written before it was
    stopped stands, and it goes on from there.
    """

    key: str
    name: Promise
    counts: Promise
    allow: Callable[[Actor, dict[str, Any]], None]
    run: Callable[[Asked, Progress], str]
    leaves_file: bool = True


KINDS: Registry[JobKind] = Registry("kinds of work")


def register(kind: JobKind) -> JobKind:
    """Register a kind of long work; called when its domain starts.

    :raises ValueError: when two kinds have one key.
    """
    return KINDS.register(kind.key, kind)
