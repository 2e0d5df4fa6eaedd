"""A row of the journal in words, on the page of the record it belongs to."""

from uuid import UUID

from django import template
from django.utils.translation import gettext as _

from tonghu.access.events import words_for
from tonghu.access.journal import said_in
from tonghu.access.models import JournalRow

register = template.Library()


@register.filter
def row_words(row: JournalRow) -> str:
    """Return what was done."""
    return words_for(row.event)


@register.filter
def row_who(row: JournalRow, names: dict[UUID, str]) -> str:
    """Return who did it."""
    return names.get(row.account_id, "") if row.account_id else _("the program")


@register.filter
def row_reason(row: JournalRow) -> str:
    """Return the reason that was written down."""
    return said_in(row).reason
