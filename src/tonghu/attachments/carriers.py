"""The kinds of files that carry papers and pictures: floors above sign theirs up.

This floor knows a file by kind and number. What a floor above signs up says whose Rules judge
it, and what must hold before something is put on it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action, Sheet
from tonghu.attachments.constants import AttachmentKind
from tonghu.kernel.errors import Hidden
from tonghu.kernel.registry import Registry


class BeforeAdding(Protocol):
    """What a floor above asks before a file takes one more, as whether a photo is agreed to."""

    def __call__(
        self, *, thing: Any, kind: AttachmentKind, happened_on: dt.date, by: Actor, at: dt.datetime
    ) -> None:
        """Return, or raise a child of ``Refused`` in words that may be shown."""


def never(by: Actor) -> bool:
    """Hold nobody to her own additions."""
    return False


@dataclass(frozen=True)
class Carrier:
    """One kind of file: its sheet, its rows, what pages call it, and where its papers stand.

    ``knows_own_alone`` names who sees of a file's papers only what she added herself (R31).
    """

    kind: str
    sheet: Sheet
    rows: Callable[[], "QuerySet[Any]"]
    name: Callable[[Any], str]
    address: Callable[[UUID], str]
    before_adding: BeforeAdding | None = None
    knows_own_alone: Callable[[Actor], bool] = never

    def file_for(self, by: Actor, pk: UUID, action: Action, *, on: dt.date) -> Model:
        """Return one file, or refuse in the way that gives nothing away.

        :raises Hidden: when the actor may not know of it, or there is none.
        :raises NeedsReason: when a written reason would open it.
        :raises Forbidden: when she may find or read it, but not do this.
        """
        found: Model = self.sheet.get(action, self.rows(), by, pk, on=on)
        return found

    def allows(self, action: Action, by: Actor, pk: UUID, *, on: dt.date) -> bool:
        """Tell whether the actor may do this on the file, on the day."""
        return self.sheet.rows(action, self.rows().filter(pk=pk), by, on=on).exists()


CARRIERS: Registry[Carrier] = Registry("kinds of files with papers")


def register(carrier: Carrier) -> None:
    """Let files of one kind carry papers and pictures."""
    CARRIERS.register(carrier.kind, carrier)


def carrier_of(kind: str) -> Carrier:
    """Return what was signed up for a kind of file.

    :raises Hidden: when files of that kind carry none.
    """
    if kind not in CARRIERS:
        raise Hidden(_("There is nothing here for you."))
    return CARRIERS[kind]
