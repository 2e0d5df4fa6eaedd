"""What can be done with photos, scans, papers and recordings."""

import datetime as dt
import hashlib
from typing import cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.openings import open_glass
from tonghu.access.sheets import Action
from tonghu.attachments.carriers import Carrier, carrier_of
from tonghu.attachments.constants import (
    MOST_ON_A_FILE,
    PUT_BACK_WITHIN,
    AttachmentState,
)
from tonghu.attachments.examining import Examined
from tonghu.attachments.models import Attachment, AttachmentContent
from tonghu.attachments.policy import ATTACHMENTS
from tonghu.kernel.clock import day
from tonghu.kernel.encryption import BlindIndexField
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged


class NotYet(Refused):
    """A photo of tomorrow cannot be added today."""


class FileFull(Refused):
    """A file carries so many papers and pictures and no more."""


class NoReason(Refused):
    """What is withdrawn says why, for those who look for it."""


class TooLate(Refused):
    """After the time for it, what was withdrawn stays so."""


class OwnWork(Refused):
    """Nobody lets her own addition onto a file."""


@operation("attachments.attachment.added")
@upholds("R3", "R31", "R42", "R66")
def add_attachment(
    *,
    kind_of_file: str,
    target_id: UUID,
    examined: Examined,
    title: str = "",
    happened_on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Attachment]:
    """Put a photo, scan, paper or recording on a file; what is there already is not doubled.

    Who holds the file today adds papers of any day: a certificate is older than any duty. Whose
    duty has ended adds what is of a day within it, and who broke the glass what she finds; that
    waits until the supervisor lets it on.

    :raises Hidden: when she may not know of the file.
    :raises NeedsReason: when a written reason would open it.
    :raises Forbidden: when she may find the file, but add nothing to it.
    :raises NotYet: when the day it is of has not come.
    :raises FileFull: when the file carries 200 already.
    :raises Refused: whatever the floor above asks before adding, as consent to a photo.
    """
    carrier, on = carrier_of(kind_of_file), day(at)
    if happened_on > on:
        raise NotYet(_("This day has not come yet. Choose today or an earlier day."))
    file, state = _asked(carrier, target_id, happened_on, by, on)
    if carrier.before_adding:
        carrier.before_adding(thing=file, kind=examined.kind, happened_on=happened_on, by=by, at=at)
    content = _kept_once(examined.content, by.agency_id)
    if same := _known_to(by, carrier, file).filter(content=content).first():
        return unchanged(same)
    _require_room(carrier, file)
    attachment = _described(examined, content, by.agency_id)
    attachment.target_kind, attachment.target_id = carrier.kind, file.pk
    attachment.title, attachment.happened_on = title.strip(), happened_on
    attachment.state = state
    attachment.added_by, attachment.added_at = by.account, at
    attachment.save(force_insert=True)
    return changed(attachment, {"state": (None, attachment.state)}, about=attachment.target_id)


@operation("attachments.attachment.released")
@upholds("R31", "R38")
def release_attachment(
    *, attachment: Attachment, by: Actor, at: dt.datetime
) -> Outcome[Attachment]:
    """Let onto the file what came from somebody whose duty had ended.

    :raises Forbidden: unless ``by`` is the supervisor.
    :raises Hidden: when she may not know of it.
    :raises OwnWork: when she added it herself.
    """
    ATTACHMENTS.require(Action.APPROVE, by, attachment, on=day(at))
    attachment = _locked(attachment)
    if attachment.state != AttachmentState.QUARANTINE:
        return unchanged(attachment)
    if attachment.added_by_id == by.account_id:
        raise OwnWork(_("You added this yourself. Another supervisor lets it onto the file."))
    return changed(
        attachment,
        assign(attachment, state=AttachmentState.CLEAR),
        about=attachment.target_id,
    )


@operation("attachments.attachment.withdrawn")
def withdraw_attachment(
    *, attachment: Attachment, reason: str, by: Actor, at: dt.datetime
) -> Outcome[Attachment]:
    """Take it out of the file's papers; nobody looks at it any more, and for 30 days it comes back.

    The bytes stay, sealed, until the file is erased: a wrong press destroys no evidence.

    :raises Forbidden: unless ``by`` may add to the file.
    :raises Hidden: when she may not know of it.
    :raises NoReason: without a reason.
    """
    ATTACHMENTS.require(Action.WRITE, by, attachment, on=day(at))
    attachment = _locked(attachment)
    if not reason.strip():
        raise NoReason(_("Write why it is withdrawn. Nothing has changed yet."))
    if attachment.state == AttachmentState.WITHDRAWN:
        return unchanged(attachment)
    changes = assign(
        attachment,
        was=attachment.state,
        state=AttachmentState.WITHDRAWN,
        withdrawn_by=by.account,
        withdrawn_at=at,
        reason=reason.strip(),
    )
    said = {"state": changes["state"]}
    return changed(attachment, said, reason=reason.strip(), about=attachment.target_id)


@operation("attachments.attachment.restored")
def put_back_attachment(
    *, attachment: Attachment, by: Actor, at: dt.datetime
) -> Outcome[Attachment]:
    """Undo a withdrawal: it stands on the file as before.

    :raises Forbidden: unless ``by`` may add to the file.
    :raises Hidden: when she may not know of it.
    :raises TooLate: 30 days after it was withdrawn.
    :raises FileFull: when the file carries 200 meanwhile.
    """
    ATTACHMENTS.require(Action.WRITE, by, attachment, on=day(at))
    attachment = _locked(attachment)
    if attachment.withdrawn_at is None:
        return unchanged(attachment)
    if at > attachment.withdrawn_at + PUT_BACK_WITHIN:
        raise TooLate(_("It was withdrawn more than 30 days ago and stays so. Add it anew."))
    carrier = carrier_of(attachment.target_kind)
    file = carrier.file_for(by, attachment.target_id, Action.WRITE, on=day(at))
    _require_room(carrier, file)
    changes = assign(
        attachment,
        state=attachment.was,
        was="",
        withdrawn_by=None,
        withdrawn_at=None,
        reason="",
    )
    return changed(attachment, {"state": changes["state"]}, about=attachment.target_id)


def _asked(
    carrier: Carrier, target_id: UUID, happened_on: dt.date, by: Actor, on: dt.date
) -> tuple[Model, AttachmentState]:
    """Ask the file's Rules whether she may add to it; return the file, and where that leaves it."""
    if not carrier.allows(Action.WRITE, by, target_id, on=on):
        if carrier.allows(Action.WRITE, by, target_id, on=happened_on):
            late = carrier.file_for(by, target_id, Action.WRITE, on=happened_on)
            return late, AttachmentState.QUARANTINE
        glass = open_glass(by, carrier.kind).filter(target_id=target_id)
        if glass.exists() and carrier.allows(Action.READ, by, target_id, on=on):
            return carrier.file_for(by, target_id, Action.READ, on=on), AttachmentState.QUARANTINE
    return carrier.file_for(by, target_id, Action.WRITE, on=on), AttachmentState.CLEAR


def _described(examined: Examined, content: AttachmentContent, agency_id: UUID) -> Attachment:
    """Return a row for what was examined, on no file yet."""
    return Attachment(
        agency_id=agency_id,
        kind=examined.kind,
        media_type=examined.media_type,
        size=len(examined.content),
        width=examined.width,
        height=examined.height,
        seconds=examined.seconds,
        content=content,
        small=_kept_once(examined.small, agency_id) if examined.small else None,
    )


def _kept_once(content: bytes, agency_id: UUID) -> AttachmentContent:
    """Return the row of these bytes; a picture brought twice is kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    index = cast(BlindIndexField, AttachmentContent._meta.get_field("digest"))
    rows = AttachmentContent.objects.unscoped("the Rule of the file was asked before")
    known = rows.filter(agency_id=agency_id, digest__in=index.candidates(sha256))
    if found := known.defer("content").first():
        return found
    fresh = AttachmentContent(
        agency_id=agency_id, sha256=sha256, size=len(content), content=content
    )
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:  # somebody else has just brought the same bytes
        return known.defer("content").get()
    return fresh


def _on_the_file(carrier: Carrier, file: Model) -> "QuerySet[Attachment]":
    rows = Attachment.objects.unscoped("the Rule of the file was asked before")
    here = rows.filter(target_kind=carrier.kind, target_id=file.pk)
    return here.exclude(state=AttachmentState.WITHDRAWN)


def _known_to(by: Actor, carrier: Carrier, file: Model) -> "QuerySet[Attachment]":
    """Return what stands there and is hers to know of: not what others brought, for some."""
    there = _on_the_file(carrier, file)
    return there.filter(added_by=by.account) if carrier.knows_own_alone(by) else there


def _require_room(carrier: Carrier, file: Model) -> None:
    if _on_the_file(carrier, file).count() >= MOST_ON_A_FILE:
        raise FileFull(
            _("This file carries 200 papers and pictures. Withdraw some that are not needed.")
        )


def _locked(attachment: Attachment) -> Attachment:
    rows = Attachment.objects.unscoped("its Rule was asked before")
    return rows.select_for_update().get(pk=attachment.pk)
