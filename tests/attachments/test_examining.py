import io

import pytest
from PIL import Image

from tests.attachments import brought
from tonghu.attachments.constants import LONG_SIDE, MOST_BYTES, AttachmentKind
from tonghu.attachments.examining import examine
from tonghu.attachments.examining.jpeg import without_notes
from tonghu.attachments.examining.refusals import (
    Active,
    Locked,
    NotReadable,
    TooLarge,
    UnknownKind,
)

PHOTO = AttachmentKind.PHOTO
NOTE = "陈小雨家，34.2641N 108.9400E".encode()


def kept(content: bytes, shows: AttachmentKind = PHOTO):
    return examine(content, shows=shows)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_place_and_phone_of_a_photo_are_gone():
    photo = brought.photo_with_place()
    assert brought.CAMERA.encode() in photo
    assert opened(photo).getexif().get_ifd(0x8825) != {}

    one = kept(photo)

    for content in (one.content, one.small):
        assert brought.CAMERA.encode() not in content
        assert dict(opened(content).getexif()) == {}
        assert set(opened(content).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_photo_taken_upright_stands_upright():
    one = kept(brought.photo_with_place(orientation=6, size=(320, 200)))

    assert (one.width, one.height) == (200, 320)
    assert opened(one.content).size == (200, 320)


def test_large_photo_is_made_smaller_and_gets_a_small_picture():
    one = kept(brought.picture((4000, 3000)))

    assert max(opened(one.content).size) == LONG_SIDE
    assert opened(one.small).size == (320, 240)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_of_picture_is_kept_as_jpeg(kind):
    one = kept(brought.picture(kind=kind), AttachmentKind.SCAN)

    assert (one.kind, one.media_type) == (AttachmentKind.SCAN, "image/jpeg")
    assert opened(one.content).format == "JPEG"


def test_what_is_see_through_becomes_white_paper():
    written = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(written, "PNG")

    assert opened(kept(written.getvalue()).content).getpixel((4, 4)) == (255, 255, 255)


def test_page_hidden_in_a_picture_is_gone():
    content = brought.picture_that_is_a_page()
    assert content.count(brought.SCRIPT) == 2

    assert brought.SCRIPT not in kept(content).content


def test_icc_profile_is_gone():
    content = brought.picture(icc_profile=b"profile of a monitor")

    assert b"profile of a monitor" not in kept(content).content


@pytest.mark.parametrize(
    ("content", "refusal", "words"),
    [
        (brought.SVG, UnknownKind, "JPEG、PNG、WebP"),
        (b"<html><body>", UnknownKind, "JPEG、PNG、WebP"),
        (b"MZ\x90\0", UnknownKind, "JPEG、PNG、WebP"),
        (b"GIF89a" + b"\0" * 20, UnknownKind, "JPEG、PNG、WebP"),
        (b"", UnknownKind, "空的"),
        (brought.heic(), UnknownKind, "HEIC"),
        (brought.bomb(), TooLarge, "5000 万"),
        (brought.bomb(8000, 8000), TooLarge, "5000 万"),
        (brought.picture()[:200], NotReadable, "打不开"),
        (b"\xff\xd8\xff" + b"\0" * 500, NotReadable, "打不开"),
        (brought.picture() + b"\0" * MOST_BYTES, TooLarge, "10 MB"),
        (brought.paper(password="secret"), Locked, "密码"),
        (brought.paper()[:120], NotReadable, "打不开"),
        (b"%PDF-1.7\n", NotReadable, "打不开"),
        (brought.paper(201), TooLarge, "200 页"),
        (brought.paper_with_a_mark("/Widget"), Active, "表单"),
        (brought.paper_that_acts_within(), Active, "自动"),
        (brought.sound_m4a(handler=b"vide"), UnknownKind, "视频"),
        (brought.sound_ogg(b"\x80theora"), UnknownKind, "视频"),
        (brought.sound_m4a()[:60], NotReadable, "放不出来"),
        (brought.sound_amr(0), NotReadable, "放不出来"),
        (b"RIFF\0\0\0\0WAVE", NotReadable, "放不出来"),
        (brought.sound_wav(1) + b"\0" * 2 * MOST_BYTES, TooLarge, "20 MB"),
    ],
)
def test_what_is_not_taken_says_so_in_a_sentence(content, refusal, words):
    with pytest.raises(refusal) as refused:
        kept(content)

    assert type(refused.value) is refusal
    assert words in str(refused.value)


def test_pdf_keeps_its_pages_and_loses_who_wrote_it():
    one = kept(brought.paper(3, author=brought.CAMERA))

    assert (one.kind, len(brought.read(one.content).pages)) == (AttachmentKind.PDF, 3)
    assert not (brought.read(one.content).metadata or {}).get("/Author")
    assert brought.CAMERA.encode() not in one.content


@pytest.mark.parametrize(
    ("content", "gone"),
    [
        (brought.paper(script="app.alert(1)"), b"app.alert"),
        (brought.paper_with_a_file(), b"names of all children"),
        (brought.paper_with_a_mark("/Link"), b"app.alert"),
        (brought.paper_with_a_mark("/Text"), b"app.alert"),
    ],
    ids=["script", "file", "link", "note with an action"],
)
def test_what_a_pdf_does_by_itself_is_taken_out(content, gone):
    written = kept(content).content

    assert gone not in written
    root = brought.read(written).trailer["/Root"]
    assert set(root) <= {"/Type", "/Pages"}


def test_note_on_a_page_stays():
    page = brought.read(kept(brought.paper_with_a_mark("/Text")).content).pages[0]

    assert [mark.get_object()["/Contents"] for mark in page["/Annots"]] == ["remember"]


def test_place_in_a_scanned_photo_is_gone_and_the_photo_stays():
    photo = brought.photo_with_place()

    written = kept(brought.paper_of_a_photo(photo)).content

    assert brought.CAMERA.encode() not in written
    page = brought.read(written).pages[0]
    inside = page["/Resources"]["/XObject"]["/I"].get_object()._data
    assert list(opened(inside).get_flattened_data()) == list(opened(photo).get_flattened_data())


def test_notes_are_taken_out_of_a_jpeg_without_touching_a_dot():
    photo = brought.photo_with_place()

    bare = without_notes(photo)

    assert brought.CAMERA.encode() not in bare
    assert list(opened(bare).get_flattened_data()) == list(opened(photo).get_flattened_data())
    assert without_notes(b"no picture") == b"no picture"


@pytest.mark.parametrize(
    ("content", "media_type", "seconds"),
    [
        (brought.sound_wav(2), "audio/wav", 2),
        (brought.sound_mp3(), "audio/mpeg", None),
        (brought.sound_m4a(), "audio/mp4", 7),
        (brought.sound_amr(100), "audio/amr", 2),
        (brought.sound_ogg(), "audio/ogg", None),
        (b"\xff\xf1\x50\x80" + b"\0" * 60, "audio/aac", None),
    ],
    ids=["wav", "mp3", "m4a", "amr", "ogg", "aac"],
)
def test_recordings_are_known_by_their_first_bytes(content, media_type, seconds):
    one = kept(content)

    assert (one.kind, one.media_type, one.seconds) == (AttachmentKind.AUDIO, media_type, seconds)


@pytest.mark.parametrize(
    ("with_note", "without"),
    [
        (brought.sound_wav(1, NOTE), brought.sound_wav(1)),
        (brought.sound_mp3(NOTE), brought.sound_mp3()),
    ],
    ids=["wav", "mp3"],
)
def test_notes_beside_the_sound_are_taken_out(with_note, without):
    assert NOTE in with_note

    assert kept(with_note).content == without


def test_notes_of_an_m4a_are_blank_and_all_else_stays_in_its_place():
    content = brought.sound_m4a(NOTE)

    written = kept(content).content

    assert (NOTE in content, NOTE in written) == (True, False)
    assert (len(written), written[-72:]) == (len(content), content[-72:])
