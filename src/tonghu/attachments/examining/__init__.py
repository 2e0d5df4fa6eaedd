"""What somebody brings, judged by its content alone and made harmless before it is kept.

Neither the name of a file nor what the browser says of it counts.
"""

from dataclasses import dataclass
from importlib import import_module

from django.utils.translation import gettext as _

from tonghu.attachments.constants import (
    MOST_BYTES,
    MOST_BYTES_OF_SOUND,
    PICTURES,
    AttachmentKind,
)
from tonghu.attachments.examining import pictures, sounds
from tonghu.attachments.examining.refusals import TooLarge, UnknownKind

A_PDF_BEGINS_WITHIN = 1024


@dataclass(frozen=True)
class Examined:
    """What is kept of a file; only :func:`examine` makes one."""

    kind: AttachmentKind
    media_type: str
    content: bytes
    small: bytes = b""
    width: int | None = None
    height: int | None = None
    seconds: int | None = None


def examine(content: bytes, *, shows: AttachmentKind) -> Examined:
    """Return what is kept of a file; ``shows`` says whether a picture is a photo or a scan.

    :raises TooLarge: when it has more bytes, dots or pages than are kept.
    :raises UnknownKind: when it is no picture, PDF or recording, or a video.
    :raises NotReadable: when it is empty, broken or cut off.
    :raises Locked: when it has a password.
    :raises Active: when it would do something by itself.
    """
    if pictures.is_picture(content):
        _require_room(content, MOST_BYTES)
        return _picture(content, shows)
    if pictures.is_of_an_iphone(content):
        raise UnknownKind(
            _("This is a HEIC picture, which cannot be opened here. Save or send it as JPEG.")
        )
    if read := sounds.reader_of(content):
        _require_room(content, MOST_BYTES_OF_SOUND)
        sound = read(content)
        return Examined(
            AttachmentKind.AUDIO, sound.media_type, sound.content, seconds=sound.seconds
        )
    if b"%PDF-" in content[:A_PDF_BEGINS_WITHIN]:
        _require_room(content, MOST_BYTES)
        return Examined(AttachmentKind.PDF, "application/pdf", _pages_alone(content))
    if not content:
        raise UnknownKind(_("This file is empty. Choose it again."))
    raise UnknownKind(
        _("Only photos (JPEG, PNG, WebP), PDFs and recordings (MP3, M4A, OGG, WAV, AMR) are kept.")
    )


def _pages_alone(content: bytes) -> bytes:
    # What reads PDFs takes 21 MB: only a process that is given one loads it.
    papers = import_module("tonghu.attachments.examining.papers")
    written: bytes = papers.of_pages_alone(content)
    return written


def _picture(content: bytes, shows: AttachmentKind) -> Examined:
    picture = pictures.written_anew(content)
    return Examined(
        shows if shows in PICTURES else AttachmentKind.PHOTO,
        pictures.MEDIA_TYPE,
        picture.content,
        picture.small,
        picture.width,
        picture.height,
    )


def _require_room(content: bytes, most: int) -> None:
    if len(content) <= most:
        return
    if most == MOST_BYTES:
        raise TooLarge(_("A picture or PDF may have 10 MB. Save it smaller, then add it again."))
    raise TooLarge(_("A recording may have 20 MB. Cut it into parts, then add them."))
