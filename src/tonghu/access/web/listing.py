"""A page of a long list: twenty rows, the total as far as it is worth counting, the next page.

The next page starts after the last row seen, so the hundredth page costs what the first does;
the total is counted to five hundred, so a list of a million rows costs what one of ten thousand
does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

COUNTED_TO = 500


@dataclass(frozen=True)
class Page:
    """Some rows of a list, how many there are, and where the next ones begin."""

    rows: list[Any]
    total: int
    more: str

    @property
    def total_is_known(self) -> bool:
        """Tell whether the list was counted to its end."""
        return self.total < COUNTED_TO

    def __iter__(self) -> Any:
        return iter(self.rows)


def page_of(
    rows: "QuerySet",
    after: str,
    size: int,
    *,
    key: str,
    newest_first: bool = False,
    shows: Sequence[str] = (),
) -> Page:
    """Return the page that begins after the row whose ``key`` is ``after``.

    ``rows`` are ordered by ``key``; an ``after`` that is no key gives the first page. A page
    that ``shows`` a few columns gets them alone, by name, ``key`` among them: instances with
    all they are joined with cost twice as much.
    """
    total = rows.order_by()[:COUNTED_TO].count()
    asked = rows
    if after:
        try:
            asked = rows.filter(**{f"{key}__{'lt' if newest_first else 'gt'}": after})
        except (ValueError, TypeError, ValidationError):
            asked = rows
    if shows:
        asked = asked.values(*shows)
    found = list(asked[: size + 1])
    shown = found[:size]
    more = _key_of(shown[-1], key) if len(found) > size else ""
    return Page(shown, total, more)


def _key_of(row: Any, key: str) -> str:
    return str(row[key] if isinstance(row, dict) else getattr(row, key))
