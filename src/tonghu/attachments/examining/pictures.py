"""Photos and scans: unpacked, turned upright, made smaller and written anew.

What is kept was written by this program, dot by dot: no place where it was taken, no camera, no
page hidden behind the picture, and nothing that a browser could run.
"""

import io
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from tonghu.attachments.constants import LONG_SIDE, MOST_DOTS, SMALL_SIDE
from tonghu.attachments.examining.refusals import NotReadable, TooLarge

MEDIA_TYPE = "image/jpeg"
READ_AS = ("JPEG", "PNG", "WEBP")
QUALITY, SMALL_QUALITY = 85, 72
BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
BROKEN = (OSError, SyntaxError, ValueError, EOFError, ArithmeticError, TypeError, LookupError)
"""What the readers of Pillow raise at files that are not what they say."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept, and as lists show it."""

    content: bytes
    small: bytes
    width: int
    height: int


def is_picture(content: bytes) -> bool:
    """Tell by its first bytes whether this is a picture that can be unpacked."""
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    )


def is_of_an_iphone(content: bytes) -> bool:
    """Tell by its first bytes whether this is a HEIC or AVIF picture."""
    return content[4:8] == b"ftyp" and content[8:12] in (
        b"heic",
        b"heix",
        b"hevc",
        b"mif1",
        b"avif",
    )


def written_anew(content: bytes) -> Picture:
    """Return the picture without anything that was not to be seen in it.

    :raises TooLarge: when it has more dots than are unpacked here.
    :raises NotReadable: when it is broken or cut off.
    """
    try:
        return _written_anew(content)
    except BOMB as error:
        raise _too_many_dots() from error
    except BROKEN as error:
        raise NotReadable(
            _("This picture cannot be opened; it may have been cut off. Take or save it again.")
        ) from error


def _written_anew(content: bytes) -> Picture:
    with Image.open(io.BytesIO(content), formats=READ_AS) as found:
        if found.width * found.height > MOST_DOTS:
            raise _too_many_dots()
        found.draft("RGB", (LONG_SIDE, LONG_SIDE))  # a JPEG is unpacked no larger than needed
        upright = ImageOps.exif_transpose(found)
        flat = _on_white(upright)
    flat.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    small = flat.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return Picture(_jpeg(flat, QUALITY), _jpeg(small, SMALL_QUALITY), flat.width, flat.height)


def _on_white(picture: Any) -> Image.Image:
    """Return nothing but dots: what was transparent is white, as paper is."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        solid = picture.convert("RGBA")
        page = Image.new("RGB", solid.size, "white")
        page.paste(solid, mask=solid.getchannel("A"))
        return page
    dots = Image.new("RGB", picture.size)
    dots.paste(picture.convert("RGB"))
    return dots


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()


def _too_many_dots() -> TooLarge:
    return TooLarge(
        _("This picture has more than 50 million dots. Take it again with a smaller setting.")
    )
