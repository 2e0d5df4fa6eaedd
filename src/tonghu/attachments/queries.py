"""Questions about papers and pictures; each asks the Rules of the file they stand on."""

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.attachments.carriers import CARRIERS
from tonghu.attachments.constants import AttachmentState
from tonghu.attachments.models import Attachment, AttachmentContent
from tonghu.attachments.policy import ATTACHMENTS
from tonghu.kernel.errors import Forbidden, Hidden


def papers_of(by: Actor, kind: str, target_id: UUID, *, on: dt.date) -> "QuerySet[Attachment]":
    """Return what stands on a file, withdrawn ones too, the newest day first."""
    here = Attachment.objects.filter(target_kind=kind, target_id=target_id)
    rows = ATTACHMENTS.rows(Action.READ, here, by, on=on)
    return rows.select_related("added_by", "withdrawn_by").order_by("-happened_on", "-id")


def paper_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> Attachment:
    """Return one paper or picture, as the Rules of its file have it.

    :raises Hidden: when the actor may not know of it, or there is none: the same questions.
    :raises NeedsReason: when a written reason would open its file.
    :raises Forbidden: when she may read its file, but not do this.
    """
    rows = Attachment.objects.unscoped("on which file? that file's Rules are asked next")
    kind, target_id = rows.filter(pk=pk).values_list("target_kind", "target_id").first() or (
        next(iter(CARRIERS), ""),
        pk,
    )
    if kind not in CARRIERS:
        raise Hidden(_("There is nothing here for you."))
    CARRIERS[kind].file_for(by, target_id, action, on=on)
    found = Attachment.objects.select_related("added_by", "withdrawn_by")
    return ATTACHMENTS.get(action, found, by, pk, on=on)


def may_look(attachment: Attachment, by: Actor, *, on: dt.date) -> bool:
    """Tell whether its content is shown: not once withdrawn, nor before it was let on.

    Whoever lets it on must see it first.
    """
    if attachment.state == AttachmentState.QUARANTINE:
        mine = Attachment.objects.filter(pk=attachment.pk)
        return ATTACHMENTS.rows(Action.APPROVE, mine, by, on=on).exists()
    return attachment.state == AttachmentState.CLEAR


def content_for(
    by: Actor, pk: UUID, *, on: dt.date, small: bool = False
) -> tuple[Attachment, bytes]:
    """Return a paper and its bytes, opened, or those of its small picture.

    :raises Hidden: when the actor may not know of it, or it has no small picture.
    :raises NeedsReason: when a written reason would open its file.
    :raises Forbidden: when it was withdrawn, or waits for the supervisor.
    """
    found = paper_for(by, pk, on=on)
    if not may_look(found, by, on=on):
        raise Forbidden(_("It is not shown now: it was withdrawn, or waits for the supervisor."))
    wanted = found.small_id if small else found.content_id
    if wanted is None:
        raise Hidden(_("There is nothing here for you."))
    rows = AttachmentContent.objects.unscoped("the Rule of the file it stands on was asked above")
    return found, bytes(rows.get(pk=wanted).content)
