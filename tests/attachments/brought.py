"""Files as people bring them, good and bad ones, each made here."""

import io
import random
import struct
import wave
import zlib

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

CAMERA = "Phone of the grandmother"
SCRIPT = b"<script>fetch('/people/')</script>"


def picture(size=(320, 200), colour="teal", kind: str = "JPEG", **saved) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind, **saved)
    return written.getvalue()


def noise(seed: int, side: int = 1400) -> bytes:
    """A photo that takes a moment to unpack: no two dots of it are alike."""
    dots = random.Random(seed).randbytes(side * side * 3)
    written = io.BytesIO()
    Image.frombytes("RGB", (side, side), dots).save(written, "JPEG", quality=85)
    return written.getvalue()


def photo_with_place(orientation: int = 1, size=(320, 200)) -> bytes:
    """A photo as a phone takes it: where it was, which phone, and how it was held."""
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = orientation, CAMERA
    notes[0x8825] = {1: "N", 2: (34.0, 15.0, 51.0), 3: "E", 4: (108.0, 56.0, 24.0)}
    return picture(size, exif=notes, comment=CAMERA.encode(), xmp=f"<x>{CAMERA}</x>".encode())


def picture_that_is_a_page() -> bytes:
    """A JPEG that is also an HTML page: a comment and a tail for whoever guesses."""
    return picture(comment=SCRIPT) + SCRIPT


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few kilobytes that unpacks to gigabytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def paper(pages: int = 1, *, password: str = "", author: str = "", script: str = "") -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if author:
        writer.add_metadata({"/Author": author})
    if script:
        writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
            {
                NameObject("/S"): NameObject("/JavaScript"),
                NameObject("/JS"): TextStringObject(script),
            }
        )
    if password:
        writer.encrypt(password, algorithm="AES-256")
    return _written(writer)


def paper_with_a_file() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_attachment("list.xlsx", b"names of all children")
    return _written(writer)


def paper_with_a_mark(subtype: str, **said: object) -> bytes:
    """A page on which something lies: a link, a form field, a note."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    mark = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(subtype),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 90, 20)]),
            NameObject("/Contents"): TextStringObject("remember"),
            NameObject("/A"): DictionaryObject(
                {
                    NameObject("/S"): NameObject("/JavaScript"),
                    NameObject("/JS"): TextStringObject("app.alert(1)"),
                }
            ),
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(mark)])
    return _written(writer)


def paper_that_acts_within() -> bytes:
    """A page whose resources lead to a script: nothing that is taken away with its margin."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    page[NameObject("/Resources")] = DictionaryObject(
        {
            NameObject("/Properties"): DictionaryObject(
                {
                    NameObject("/P0"): DictionaryObject(
                        {
                            NameObject("/S"): NameObject("/JavaScript"),
                            NameObject("/JS"): TextStringObject("app.alert(1)"),
                        }
                    )
                }
            )
        }
    )
    return _written(writer)


def paper_of_a_photo(photo: bytes) -> bytes:
    """A PDF as a scanning app makes it: the photo with its notes, laid onto a page."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    stream = DecodedStreamObject()
    stream.set_data(photo)
    stream.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Filter"): NameObject("/DCTDecode"),
            NameObject("/Width"): NumberObject(320),
            NameObject("/Height"): NumberObject(200),
            NameObject("/Note"): ByteStringObject(b""),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/I"): writer._add_object(stream)})}
    )
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def sound_wav(seconds: int = 2, note: bytes = b"") -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as one:
        one.setnchannels(1)
        one.setsampwidth(2)
        one.setframerate(8000)
        one.writeframes(b"\0\0" * 8000 * seconds)
    body = written.getvalue()[12:]
    if note:
        body = b"LIST" + struct.pack("<I", len(note)) + note + b"\0" * (len(note) % 2) + body
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WAVE" + body


def sound_mp3(note: bytes = b"") -> bytes:
    frame = b"\xff\xfb\x90\x00" + b"\0" * 413
    tag = b"ID3\x04\0\0" + bytes([0, 0, len(note) >> 7, len(note) & 0x7F]) + note if note else b""
    tail = b"TAG" + note[:125].ljust(125, b"\0") if note else b""
    return tag + frame * 4 + tail


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def sound_m4a(note: bytes = b"", handler: bytes = b"soun") -> bytes:
    head = b"\0" * 12 + struct.pack(">II", 1000, 7000) + b"\0" * 80
    track = box(b"trak", box(b"mdia", box(b"hdlr", b"\0" * 8 + handler + b"\0" * 13)))
    notes = box(b"udta", box(b"\xa9xyz", note)) if note else b""
    moov = box(b"moov", box(b"mvhd", head) + track + notes)
    return box(b"ftyp", b"M4A \0\0\0\0") + moov + box(b"mdat", b"\1" * 64)


def sound_amr(frames: int = 100) -> bytes:
    return b"#!AMR\n" + (b"\x04" + b"\0" * 12) * frames


def sound_ogg(codec: bytes = b"OpusHead") -> bytes:
    return b"OggS\0\2" + b"\0" * 20 + b"\1\x13" + codec + b"\0" * 40


def heic() -> bytes:
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + b"\0" * 64


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
