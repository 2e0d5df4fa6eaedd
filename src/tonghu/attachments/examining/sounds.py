"""Recordings: known by their first bytes, kept as they are but for the notes beside the sound.

Taken out: title, place and device of MP3, M4A and WAV. Ogg keeps its comments, since each of
its pages carries a sum over them; AMR has none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tonghu.attachments.examining.refusals import NotReadable, UnknownKind

AMR, AMR_WB = b"#!AMR\n", b"#!AMR-WB\n"
AMR_BYTES = (13, 14, 16, 18, 20, 21, 27, 32, 6)
AMR_WB_BYTES = (18, 24, 33, 37, 41, 47, 51, 59, 61, 6)
FRAMES_A_SECOND = 50
SOUND_OF_A_WAV = (b"fmt ", b"data", b"fact")
NOTES_OF_AN_M4A = (b"udta", b"meta", b"uuid")
BOXES_WITH_BOXES = (b"moov", b"trak", b"mdia")
A_YEAR = 366 * 86400


@dataclass(frozen=True)
class Sound:
    """A recording as it is kept; how long it is, where that is simply known."""

    content: bytes
    media_type: str
    seconds: int | None = None


Reader = Callable[[bytes], Sound]


def reader_of(content: bytes) -> Reader | None:
    """Return what reads such a recording, judged by its first bytes; nothing for none."""
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return _wav
    if content[:4] == b"OggS":
        return _ogg
    if content.startswith((AMR, AMR_WB)):
        return _amr
    if content[4:8] == b"ftyp":
        return _m4a
    if content[:3] == b"ID3" or _is_mp3_frame(content):
        return _mp3
    return _aac if _is_aac_frame(content) else None


def _is_mp3_frame(content: bytes) -> bool:
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE6 != 0xE2:
        return False
    return content[2] >> 4 not in (0, 15) and content[2] >> 2 & 3 != 3 and content[1] & 0x18 != 8


def _is_aac_frame(content: bytes) -> bool:
    return len(content) > 4 and content[0] == 0xFF and content[1] & 0xF6 == 0xF0


def _mp3(content: bytes) -> Sound:
    """Return an MP3 without its tags at either end."""
    while content[:3] == b"ID3" and len(content) > 10:
        length = 0
        for seven_bits in content[6:10]:
            length = length << 7 | seven_bits & 0x7F
        content = content[10 + length + (10 if content[5] & 0x10 else 0) :]
    if content[-128:-125] == b"TAG":
        content = content[:-128]
    content = content.lstrip(b"\0")
    if _is_aac_frame(content):
        return _aac(content)
    if not _is_mp3_frame(content):
        raise _broken()
    return Sound(content, "audio/mpeg")


def _aac(content: bytes) -> Sound:
    return Sound(content, "audio/aac")


def _wav(content: bytes) -> Sound:
    """Return a WAV of its sound alone."""
    kept, a_second, sound = [], 0, 0
    at = 12
    while at + 8 <= len(content):
        name, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        body = content[at + 8 : at + 8 + length]
        if name in SOUND_OF_A_WAV:
            kept.append(name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2))
        if name == b"fmt " and len(body) >= 12:
            a_second = int.from_bytes(body[8:12], "little")
        sound += len(body) if name == b"data" else 0
        at += 8 + length + length % 2
    if not a_second or not sound:
        raise _broken()
    body = b"WAVE" + b"".join(kept)
    seconds = min(round(sound / a_second), A_YEAR)
    return Sound(b"RIFF" + len(body).to_bytes(4, "little") + body, "audio/wav", seconds)


def _ogg(content: bytes) -> Sound:
    head = content[:512]
    if b"OpusHead" not in head and b"\x01vorbis" not in head and b"Speex" not in head:
        raise _no_video()
    if b"theora" in head:
        raise _no_video()
    return Sound(content, "audio/ogg")


def _amr(content: bytes) -> Sound:
    wide = content.startswith(AMR_WB)
    sizes, at = (AMR_WB_BYTES, len(AMR_WB)) if wide else (AMR_BYTES, len(AMR))
    frames = 0
    while at < len(content):
        mode = content[at] >> 3 & 0x0F
        at += sizes[mode] if mode < len(sizes) else 1
        frames += 1
    if not frames:
        raise _broken()
    return Sound(content, "audio/amr-wb" if wide else "audio/amr", frames // FRAMES_A_SECOND)


@dataclass(frozen=True)
class Box:
    """One part of an MP4: its name, and where its body begins and ends."""

    name: bytes
    begins: int
    body: int
    ends: int


def _boxes(content: bytes | bytearray, begins: int, ends: int) -> Iterator[Box]:
    """Yield the parts of an MP4 and the parts inside them, outer before inner."""
    at = begins
    while at + 8 <= ends:
        length, name = int.from_bytes(content[at : at + 4], "big"), bytes(content[at + 4 : at + 8])
        body = at + 8
        if length == 1:
            length, body = int.from_bytes(content[at + 8 : at + 16], "big"), at + 16
        end = ends if length == 0 else at + length
        if end < body or end > ends:
            raise _broken()
        yield Box(name, at, body, end)
        if name in BOXES_WITH_BOXES:
            yield from _boxes(content, body, end)
        at = end


def _m4a(content: bytes) -> Sound:
    """Return an M4A whose notes are blank: their room stays, so that all else is found."""
    kept, handlers, seconds = bytearray(content), set(), None
    for box in list(_boxes(content, 0, len(content))):
        if box.name == b"hdlr":
            handlers.add(bytes(content[box.body + 8 : box.body + 12]))
        if box.name == b"mvhd":
            seconds = _seconds_of(content[box.body : box.ends])
        if box.name in NOTES_OF_AN_M4A:
            kept[box.begins + 4 : box.begins + 8] = b"free"
            kept[box.body : box.ends] = bytes(box.ends - box.body)
    if b"vide" in handlers:
        raise _no_video()
    if b"soun" not in handlers:
        raise _broken()
    return Sound(bytes(kept), "audio/mp4", seconds)


def _seconds_of(head: bytes) -> int | None:
    long = head[:1] == b"\x01"
    at, size = (20, 8) if long else (12, 4)
    scale = int.from_bytes(head[at : at + 4], "big")
    length = int.from_bytes(head[at + 4 : at + 4 + size], "big")
    return min(round(length / scale), A_YEAR) if scale else None


def _broken() -> NotReadable:
    return NotReadable(
        _("This recording cannot be played; it may have been cut off. Record or save it again.")
    )


def _no_video() -> UnknownKind:
    return UnknownKind(_("Videos are not kept here. Add a recording of the sound, or a photo."))
