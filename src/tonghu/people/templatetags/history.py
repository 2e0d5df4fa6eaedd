"""Which parts of a file a row of the journal tells of, in words; the values stay sealed."""

from django import template
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise

from tonghu.access.models import JournalRow
from tonghu.people.constants import ConsentKind
from tonghu.people.models import Person
from tonghu.people.words import together

register = template.Library()
OF_EVERY_SPAN = {"from_on", "until_on", "since_known", "child", "person"}
OF_EVERY_SPAN |= {"is_hidden", "place_is_hidden"}
"""They change with each stretch of time; to name them each time says nothing."""


@register.filter
def row_fields(row: JournalRow) -> str:
    """Return what was changed, as ``name, born on``; nothing where the event says it all."""
    named = [_words(row.subject_kind, name) for name in row.fields.split()]
    return together([one for one in named if one])


def _words(kind: str, name: str) -> str:
    if name in OF_EVERY_SPAN:
        return ""
    if name in ConsentKind.values:
        return str(ConsentKind(name).label)
    for table in (apps.get_model(kind), Person):
        try:
            called = table._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        except FieldDoesNotExist:
            continue
        # What nobody gave a name is the row's own binding: to whose file it belongs.
        return str(called) if isinstance(called, Promise) else ""
    return ""
