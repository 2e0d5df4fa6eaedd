"""Forms that keep themselves while they are written: which there are, and where one stood."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from tonghu.access.sheets import Sheet
from tonghu.kernel.registry import Registry
from tonghu.services.policy import NOTES

NOT_WRITTEN = frozenset({"csrfmiddlewaretoken", "op_id"})
Written = dict[str, list[str]]


@dataclass(frozen=True)
class Kept:
    """A form that is kept while it is written; ``sheet`` says, over files, who may write it."""

    key: str
    sheet: Sheet


FORMS: Registry[Kept] = Registry("forms that keep themselves")


def keeps_itself(one: Kept) -> Kept:
    """Sign up a form whose page keeps it while it is written."""
    return FORMS.register(one.key, one)


CONTACT = keeps_itself(Kept("contact", NOTES))
CORRECTION = keeps_itself(Kept("correction", NOTES))


def as_content(said: Mapping[str, Sequence[str]]) -> str:
    """Return the fields of a form as they are sealed; keys of a sending are no content."""
    kept = {name: list(values) for name, values in said.items() if name not in NOT_WRITTEN}
    return json.dumps(kept, ensure_ascii=False)


def written_in(content: str) -> Written:
    """Return the fields of a form as far as it was written."""
    return {name: list(values) for name, values in json.loads(content or "{}").items()}


def numbers_in(values: Sequence[str]) -> list[UUID]:
    """Return the numbers among what a form sent."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found
