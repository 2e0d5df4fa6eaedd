from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from tests.attachments import brought
from tonghu.attachments.examining import examine
from tonghu.attachments.models import Attachment, AttachmentContent
from tonghu.kernel import rotation
from tonghu.kernel.encryption import SealBroken, SealedBytes
from tonghu.kernel.keyring import ring

pytestmark = pytest.mark.usefixtures("agreed")

MARK = b"\xff\xd8\xff\xe0\x00\x10JFIF"


@pytest.fixture
def own_keys(settings, tmp_path, home):
    settings.KEYS_FOLDER = tmp_path / "keys"
    ring.cache_clear()
    yield
    ring.cache_clear()


def rows() -> dict[str, bytes]:
    """What the database itself holds of every content, past the field."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM attachments_attachmentcontent")
        return {str(number): bytes(one) for number, (one,) in enumerate(cursor.fetchall())}


def test_no_picture_stands_open_in_the_table(photo):
    held = rows().values()

    assert len(held) == 2
    assert [MARK in one or b"JFIF" in one for one in held] == [False, False]
    assert {one[:6] for one in held} == {b"tg1.1."}


def test_neither_picture_nor_title_stands_in_any_file_of_the_database(photo, home):
    kept = examine(brought.photo_with_place(), shows="photo").content
    said = "在村口".encode()

    files = [one for one in Path(home).rglob("tonghu.sqlite3*") if one.is_file()]
    everything = b"".join(one.read_bytes() for one in files)

    assert (kept[200:260] in everything, said in everything) == (False, False)


@pytest.mark.usefixtures("own_keys")
def test_bytes_moved_to_another_row_do_not_open(photo):
    one, other = AttachmentContent.objects.unscoped("a test").order_by("id")
    held = one.__dict__["content"]
    assert isinstance(held, SealedBytes)

    other.content = held

    with pytest.raises(SealBroken):
        _ = other.content


@pytest.mark.usefixtures("own_keys")
def test_new_keys_seal_the_pictures_anew(photo):
    before = bytes(photo.content.content)
    ring("field").create_next()
    ring("index").create_next()
    assert rotation.left()["field"] >= 4

    list(rotation.rewrap(batch=1))
    ring("field").retire(1)
    ring.cache_clear()

    assert {one[:6] for one in rows().values()} == {b"tg1.2."}
    assert rotation.left() == {"field": 0, "index": 0, "hidden": 0, "reporter": 0}
    again = AttachmentContent.objects.unscoped("a test").get(pk=photo.content_id)
    assert bytes(again.content) == before


def test_sealed_column_is_never_asked_for_a_content(photo):
    everything = AttachmentContent.objects.unscoped("a test")

    with pytest.raises(TypeError):
        everything.filter(content=b"x")
    with pytest.raises(TypeError):
        everything.update(content=b"x")


def test_database_refuses_what_is_withdrawn_at_no_moment(photo):
    with pytest.raises(DatabaseError), transaction.atomic():
        Attachment.objects.unscoped("a test").update(state="withdrawn")
