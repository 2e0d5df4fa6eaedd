"""The rows of the list of colleagues in words, so that the template only writes."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tonghu.access.models.people import readable
from tonghu.access.roles import ROLES
from tonghu.look.addresses import address
from tonghu.look.templatetags.look import day


@dataclass(frozen=True, slots=True)
class Colleague:
    """One role of one person, as the list shows it; ``kind`` is the class of its standing."""

    href: str
    name: str
    role: str
    organisation: str
    since: str
    kind: str
    standing: str


def colleagues(rows: Iterable[Mapping[str, Any]], today: dt.date) -> Iterator[Colleague]:
    """Return the rows of :data:`tonghu.access.queries.LISTED` in the reader's words."""
    roles = {key: written(str(role.name)) for key, role in ROLES.items()}
    language = get_language()
    for row in rows:
        kind, standing = _standing(row, today)
        yield Colleague(
            href=address("person", row["account_id"]),
            name=readable(row["account__name"], row["account__latin_name"], language),
            role=roles[row["role"]],
            organisation=written(
                readable(row["organisation__name"], row["organisation__latin_name"], language)
            ),
            since=written(day(row["from_on"], today)),
            kind=written(kind),
            standing=written(standing),
        )


@lru_cache(maxsize=512)
def written(text: str) -> SafeString:
    """Return a text that many rows share, escaped once."""
    return escape(text)


def _standing(row: Mapping[str, Any], today: dt.date) -> tuple[str, str]:
    if not row["account__is_active"]:
        return "risk", _("Left")
    if row["until_on"] and row["until_on"] < today:
        return "risk", _("Ended")
    if row["from_on"] > today:
        return "risk m", _("Begins later")
    if not row["account__last_login"]:
        return "why", _("Not signed in yet")
    return "at", _("At work")
