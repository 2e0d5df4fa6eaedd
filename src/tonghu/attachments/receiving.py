"""Several files at once: each is kept or refused for itself, and each refusal is told."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from tonghu.access.actors import Actor
from tonghu.attachments.constants import AttachmentKind
from tonghu.attachments.examining import examine
from tonghu.attachments.models import Attachment
from tonghu.attachments.operations import add_attachment
from tonghu.kernel.errors import Forbidden, Hidden, ReasonNeeded, Refused


@dataclass(frozen=True)
class Brought:
    """A file as it came: its name is shown back to who brought it, and kept nowhere."""

    name: str
    content: bytes


@dataclass
class Receipt:
    """What was kept, and what was not and why."""

    kept: list[Attachment] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def receive(
    files: Iterable[Brought],
    *,
    kind_of_file: str,
    target_id: UUID,
    shows: AttachmentKind,
    title: str,
    happened_on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Receipt:
    """Examine and add one file after the other; a bad one stops no good one.

    Unpacking a photo takes a moment: it is done before the transaction of its addition begins.

    :raises Hidden: when the actor may not know of the file they are to stand on.
    :raises NeedsReason: when a written reason would open it.
    :raises Forbidden: when she may find it, but add nothing.
    """
    receipt = Receipt()
    for number, brought in enumerate(files):
        key = uuid5(by.op_id, str(number)) if by.op_id else None
        try:
            kept = add_attachment(
                kind_of_file=kind_of_file,
                target_id=target_id,
                examined=examine(brought.content, shows=shows),
                title=title,
                happened_on=happened_on,
                by=by.sending(key, by.made_at),
                at=at,
            )
        except (Forbidden, Hidden, ReasonNeeded):
            raise
        except Refused as refusal:
            receipt.refused.append((brought.name, str(refusal)))
        else:
            receipt.kept.append(kept)
    return receipt
