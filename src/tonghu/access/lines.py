"""Rows of the journal in words, for its page and its copies; masked readers get codes (R39)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tonghu.access import queries
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
    ground: str
    refused: bool


def lines(rows: list[JournalRow], *, masked: bool) -> list[Line]:
    """Return the rows in words; ``masked`` puts a code for each name and leaves reasons out."""
    names = {} if masked else queries.names_of(rows)
    return [_line(row, names, masked=masked) for row in rows]


def _line(row: JournalRow, names: dict, *, masked: bool) -> Line:
    role = ROLES.get(row.role)
    who = names.get(row.account_id, "") if not masked else code_of(row)
    return Line(
        row=row,
        who=str(who) if row.account_id else str(_("the program")),
        role=role.name if role else "",
        words=words_for(row.event),
        ground="" if masked else said_in(row).reason,
        refused=row.event in ("access.refused", "access.session.refused"),
    )


def code_of(row: JournalRow) -> str:
    """Return the code that stands for a person in a masked journal."""
    return f"P-{str(row.account_id)[-6:].upper()}" if row.account_id else ""
