import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.faults.house import Browser, House, invitation_of

UNAVAILABLE = "The server can keep nothing just now"


@pytest.fixture
def small(tmp_path, demonstration):
    """The made-up agency on a disk of eight megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(disk)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert mounted.returncode == 0, f"this test mounts a small disk, as root: {mounted.stderr}"
    one = House(disk / "home", {"TONGHU_DEMO": "1"}, log=tmp_path / "said")
    try:
        shutil.copytree(demonstration, one.home)
        yield one
    finally:
        one.close()
        unmount(disk)


def unmount(disk: Path) -> None:
    until = time.monotonic() + 10
    while subprocess.run(["umount", str(disk)], capture_output=True, check=False).returncode:
        # A killed process holds its files until the kernel has taken it away.
        assert time.monotonic() < until, f"{disk} is still in use"
        time.sleep(0.1)


def fill(house: House) -> None:
    """Leave no byte, neither on the disk nor in what the database had room for already."""
    with closing(sqlite3.connect(house.database, isolation_level=None)) as database:
        database.execute("UPDATE access_session SET seen_at = datetime('now', '-2 minutes')")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (house.home.parent / "ballast").open("wb", buffering=0) as ballast:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    ballast.write(b"\0" * size)
            except OSError:
                continue
    assert os.statvfs(house.home).f_bavail == 0


def kept(house: House) -> list[tuple]:
    return house.rows("SELECT login FROM access_account WHERE login LIKE 'full%'")


def test_full_disk_refuses_writing_in_words_goes_on_reading_and_recovers(small):
    small.serve()
    browser = Browser(small.port).come_in("hejing")
    sent = invitation_of("full") | {
        "op_id": str(uuid4()),
        "csrfmiddlewaretoken": browser.token("/people/new/"),
    }
    fill(small)

    answer = browser.post_as_is("/people/new/", sent)

    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert UNAVAILABLE in answer.text
    for address in ("/", "/people/", "/account/", "/healthz"):
        assert browser.get(address).status == 200, address
    assert kept(small) == []

    (small.home.parent / "ballast").unlink()
    again = browser.post_as_is("/people/new/", sent)

    assert again.status == 200
    assert "/invitation/" in again.text
    assert kept(small) == [("full",)]
    assert small.run("doctor").returncode == 0


def test_full_disk_shows_no_record_whose_look_cannot_be_put_on_record(small):
    small.serve()
    browser = Browser(small.port, language="zh-hans").come_in("hejing")
    ((liu_min,),) = small.rows("SELECT id FROM access_account WHERE login = 'liumin'")
    fill(small)

    answer = browser.get(f"/people/{UUID(liu_min)}/")

    assert answer.status == 503
    assert "服务器暂时存不进新内容" in answer.text
    assert "刘敏" not in answer.text


def test_full_disk_lets_nobody_in_and_says_why(small):
    small.serve()
    browser = Browser(small.port)
    fields = {"login": "hejing", "password": "tonghu-demo"}
    fields["csrfmiddlewaretoken"] = browser.token("/sign-in/")
    fill(small)

    answer = browser.post_as_is("/sign-in/", fields)

    assert answer.status == 503
    assert UNAVAILABLE in answer.text


def test_server_says_in_words_that_it_cannot_start_on_a_full_disk(small):
    small.begin("start")
    small.wait_until_ready()
    small.terminate()
    fill(small)

    done = small.run("start")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "could not be checked: database or disk is full" in done.stderr or (
        "could not be checked: disk I/O error" in done.stderr
        or "could not be checked: unable to open database file" in done.stderr
    )


def test_database_locked_for_long_refuses_in_words_and_reading_goes_on(demo, administrator):
    sent = invitation_of("fullofpatience") | {
        "op_id": str(uuid4()),
        "csrfmiddlewaretoken": administrator.token("/people/new/"),
    }
    with closing(sqlite3.connect(demo.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()

        answer = administrator.post_as_is("/people/new/", sent)

        waited = time.monotonic() - began
        assert (answer.status, UNAVAILABLE in answer.text) == (503, True)
        assert 8 < waited < 15
        assert administrator.get("/people/").status == 200
        other.execute("ROLLBACK")

    assert administrator.post_as_is("/people/new/", sent).status == 200
    assert kept(demo) == [("fullofpatience",)]


def test_missing_table_is_a_fault_of_ours_and_no_lack_of_room(demo, administrator):
    with closing(sqlite3.connect(demo.database)) as database:
        database.execute("DROP TABLE access_notice")
        database.commit()

    answer = administrator.get("/")

    assert answer.status == 500
    assert "Something broke on our side" in answer.text
    assert "access_notice" not in answer.text
