"""What is being written is kept: it survives a crash, a lost session and a reload."""

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.operations import Outcome, journal, operation, unchanged
from tonghu.people.models import Child
from tonghu.services.drafting import FORMS, as_content
from tonghu.services.models import Draft

LONGEST = 60_000


class TooLong(Refused):
    """No form holds so much."""


class NobodysDraft(Refused):
    """The program itself writes no drafts."""


@operation("services.draft.saved")
def save_draft(
    *,
    child: Child,
    form: str,
    said: Mapping[str, Sequence[str]],
    about: UUID | None = None,
    sending: UUID | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Draft]:
    """Keep a form as far as it is written, for its author alone.

    It happens every few seconds and nobody else can read it, so the journal does not tell of it.
    ``sending`` is the key under which the whole form will be sent: what comes in after that, late
    from a slow network, does not bring the draft back.

    :raises Refused: unless ``by`` may write that form on the file.
    :raises NobodysDraft: to the program.
    :raises TooLong: when it is longer than any form.
    """
    FORMS[form].sheet.require(Action.WRITE, by, child, on=day(at))
    if by.account is None:
        raise NobodysDraft(_("Nobody is signed in. Nothing was kept."))
    content = as_content(said)
    if len(content) > LONGEST:
        raise TooLong(_("This is longer than the form holds. What was kept before is still there."))
    draft = _rows(child, form, about, by).first() or Draft(
        agency_id=child.agency_id, account=by.account, child=child, form=form, about=about
    )
    if sending and journal().first_answer(sending):
        return unchanged(draft)
    draft.content, draft.saved_at = content, at
    draft.save()
    return unchanged(draft)


def _rows(child: Child, form: str, about: UUID | None, by: Actor) -> "QuerySet[Draft]":
    rows = Draft.objects.unscoped("one's own drafts")
    return rows.filter(account=by.account, child=child, form=form, about=about)
