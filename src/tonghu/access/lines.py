"""Rows of the journal in words, for its page and its copies; masked readers get codes (R39)."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tonghu.access import queries
from tonghu.access.actors import Actor
from tonghu.access.codes import code_for
from tonghu.access.events import words_for
from tonghu.access.journal import said_in
from tonghu.access.models import JournalRow
from tonghu.access.roles import ROLES


@dataclass(frozen=True)
class Line:
    """One row of the journal as its page shows it; masked readers get codes, never names."""

    row: JournalRow
    who: str
    role: Promise | str
    words: str
    about: str
    ground: str
    refused: bool


def lines(rows: list[JournalRow], by: Actor) -> list[Line]:
    """Return the rows in words; a masked reader gets codes for people and records, no reasons."""
    masked = queries.reads_codes(by)
    names = {} if masked else queries.names_of(rows)
    return [_masked(row, by) if masked else _open(row, names) for row in rows]


def _open(row: JournalRow, names: dict[UUID, str]) -> Line:
    who = names.get(row.account_id, "") if row.account_id else ""
    return _line(row, who=who, about=str(row.about_id or ""), ground=said_in(row).reason)


def _masked(row: JournalRow, by: Actor) -> Line:
    who = code_for(by, row.account_id, "P") if row.account_id else ""
    return _line(row, who=who, about=code_for(by, row.about_id, "R") if row.about_id else "")


def _line(row: JournalRow, *, who: str, about: str, ground: str = "") -> Line:
    role = ROLES.get(row.role)
    return Line(
        row=row,
        who=who if row.account_id else str(_("the program")),
        role=role.name if role else "",
        words=words_for(row.event),
        about=about,
        ground=ground,
        refused=row.event in queries.REFUSED,
    )
