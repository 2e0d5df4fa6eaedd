"""A visit as a worker writes it down."""

import datetime as dt
from typing import Any

from tests.conftest import AT
from tonghu.access.actors import Actor
from tonghu.people.models import Child
from tonghu.services.constants import ContactKind, Mode, Result
from tonghu.services.models import Contact
from tonghu.services.operations.contacts import Said, record_contact


def said(**also: Any) -> Said:
    """Return a visit of this morning; ``also`` says what was otherwise."""
    words: dict[str, Any] = {
        "happened_at": AT - dt.timedelta(hours=1),
        "minutes": 45,
        "mode": Mode.HOME,
        "kind": ContactKind.ROUTINE,
        "result": Result.MET_CHILD,
        "happened": "奶奶在家，小海自己开的门",
    }
    return Said(**(words | also))


def visited(child: Child, by: Actor, at: dt.datetime = AT, **also: Any) -> Contact:
    """Write a visit down."""
    return record_contact(child=child, said=said(**also), by=by, at=at)
