"""Which edition of a record a form was opened on, so that nobody writes over another's words."""

import hashlib
import json
from collections.abc import Iterable

from django.db.models import Model

from tonghu.kernel.errors import Refused


class ChangedMeanwhile(Refused):
    """Somebody else changed the record since the form was opened."""


def edition_of(thing: Model, names: Iterable[str]) -> str:
    """Return a mark of what stands in these columns; a form carries it and sends it back."""
    said = [str(getattr(thing, name)) for name in sorted(names)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]
