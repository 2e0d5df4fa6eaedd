"""Looks at protected records: on record before the page is sent, or the page is not sent."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.models import JournalRow
from tonghu.kernel.ids import new_id
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Entry, journal

GROUPED_FOR = dt.timedelta(minutes=5)
LOOKED = "access.record.looked_at"
SEARCHED = "access.record.searched"


@upholds("R80", says=_("a look is written down before the page is sent"))
def record_look(
    thing: Model,
    *,
    by: Actor,
    at: dt.datetime,
    about: UUID | None = None,
    singly: bool = False,
    reason: str = "",
    code: str = "",
) -> None:
    """Put on record that somebody opened a record, before she gets to see it.

    Looks by one person at one file within five minutes are one row, unless ``singly``, as for
    the confidential tier. When the journal cannot be written the error goes through: no
    journal, no page.
    """
    about_id = about or thing.pk
    if not singly and _looked_lately(by, about_id, at):
        return
    with transaction.atomic():
        journal().write(
            Entry(
                event=LOOKED,
                act=new_id(at),
                at=at,
                by=by,
                subject_kind=thing._meta.label_lower,
                subject_id=thing.pk,
                about_id=about_id,
                changes={"code": (None, code)} if code else {},
                reason=reason,
            )
        )


def last_look(by: Actor, about: UUID, at: dt.datetime) -> dt.datetime | None:
    """Return when this person last looked at a file, before the look that is going on.

    Looks within five minutes are one, so a page that is loaded again says the same.
    """
    rows = JournalRow.objects.unscoped("one's own looks at one file")
    rows = rows.filter(about_id=about, account_id=by.account_id, event=LOOKED)
    return (
        rows.filter(at__lte=at - GROUPED_FOR).order_by("-at").values_list("at", flat=True).first()
    )


@upholds("R81", says=_("a search is on record before its result, the words sealed"))
def record_search(kind: str, words: str, *, hits: int, by: Actor, at: dt.datetime) -> None:
    """Put on record that somebody searched, before she sees what was found; the words sealed."""
    with transaction.atomic():
        journal().write(
            Entry(
                event=SEARCHED,
                act=new_id(at),
                at=at,
                by=by,
                subject_kind=kind,
                subject_id=None,
                changes={"words": (None, words), "hits": (None, hits)},
            )
        )


def _looked_lately(by: Actor, about_id: UUID, at: dt.datetime) -> bool:
    rows = JournalRow.objects.unscoped("looks are grouped per person and file")
    return rows.filter(
        about_id=about_id, account_id=by.account_id, event=LOOKED, at__gt=at - GROUPED_FOR
    ).exists()
