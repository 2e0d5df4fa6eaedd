"""Forms that keep themselves while they are written: which there are, and where one stood."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tonghu.access.sheets import Sheet
from tonghu.kernel.registry import Registry
from tonghu.look.addresses import address
from tonghu.services.policy import NOTES

NOT_WRITTEN = frozenset({"csrfmiddlewaretoken", "op_id"})
Written = dict[str, list[str]]


@dataclass(frozen=True)
class Kept:
    """A form that is kept while it is written.

    ``sheet`` says, over files, who may write it; ``name`` what it is, on Today; ``address`` where
    it goes on, by the child and the row it is about.
    """

    key: str
    sheet: Sheet
    name: str | Promise
    address: Callable[[UUID, UUID | None], str]


FORMS: Registry[Kept] = Registry("forms that keep themselves")


def keeps_itself(one: Kept) -> Kept:
    """Sign up a form whose page keeps it while it is written."""
    return FORMS.register(one.key, one)


CONTACT = keeps_itself(
    Kept("contact", NOTES, _("A contact"), lambda child, about: address("contact-new", child))
)
CORRECTION = keeps_itself(
    Kept(
        "correction",
        NOTES,
        _("A correction"),
        lambda child, about: address("contact-correct", about),
    )
)


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
