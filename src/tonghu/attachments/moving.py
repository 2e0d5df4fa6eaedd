"""Papers go with the file they stand on: to the file it is merged into and back, or away for good.

Called inside the operation of the floor above, which has asked its own Rule.
"""

from collections.abc import Iterable
from uuid import UUID

from tonghu.attachments.models import Attachment, AttachmentContent


def move_all(kind: str, from_id: UUID, to_id: UUID) -> list[UUID]:
    """Let all papers of one file stand on another; return which, for :func:`move_back`."""
    rows = Attachment.objects.unscoped("part of a merge, which asked its Rule")
    moved = list(
        rows.filter(target_kind=kind, target_id=from_id).order_by("pk").values_list("pk", flat=True)
    )
    rows.filter(pk__in=moved).update(target_id=to_id)
    return moved


def move_back(moved: Iterable[UUID], to_id: UUID) -> int:
    """Let these papers stand on the file they came from; return how many did."""
    rows = Attachment.objects.unscoped("part of an unmerge, which asked its Rule")
    return rows.filter(pk__in=list(moved)).update(target_id=to_id)


def erase_for(kind: str, target_id: UUID) -> int:
    """Remove all papers of a file, and the bytes that no other file needs; return how many.

    Nothing of it can be undone; that the pages of the database forget it too is the caller's.
    """
    rows = Attachment.objects.unscoped("part of an erasure, which asked its Rule")
    gone = rows.filter(target_kind=kind, target_id=target_id)
    held = {pk for pair in gone.values_list("content_id", "small_id") for pk in pair if pk}
    number = gone.count()
    gone.delete()
    contents = AttachmentContent.objects.unscoped("part of an erasure, which asked its Rule")
    still = Attachment.objects.unscoped("part of an erasure, which asked its Rule")
    needed = {
        pk
        for name in ("content_id", "small_id")
        for pk in still.filter(**{f"{name}__in": held}).values_list(name, flat=True)
    }
    contents.filter(pk__in=held - needed).delete()
    return number
