from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler

from tonghu.config.checks import device_of, disk_for, durability_of, filesystem_of, is_loopback
from tonghu.kernel.checks import Grade
from tonghu.kernel.environment import read_environment

MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw
23 22 0:21 / /proc rw,nosuid - proc proc rw
31 22 0:40 / /srv rw,relatime shared:9 master:2 - nfs4 nas.example:/export rw,vers=4.2
32 31 8:2 / /srv/local rw,relatime - xfs /dev/sdb1 rw
33 22 0:41 / /mnt/her\040stick rw - cifs //nas/share rw
34 22 0:42 / /mnt/儿童 rw - fuse.sshfs worker@host: rw
""".strip()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv", "nfs4"),
        ("/srv/tonghu", "nfs4"),
        ("/srv/local/tonghu", "xfs"),
        ("/srv/localised", "nfs4"),
        ("/srvx", "ext4"),
        ("/mnt/her stick/home", "cifs"),
        ("/mnt/儿童/home", "fuse.sshfs"),
        ("/var/lib/tonghu", "ext4"),
    ],
)
def test_file_system_is_that_of_the_nearest_mount(path, kind):
    assert filesystem_of(Path(path), MOUNTS) == kind


def test_file_system_is_unknown_where_nothing_tells():
    assert filesystem_of(Path("/srv"), "") == ""


def test_device_is_that_of_the_nearest_mount():
    found = [device_of(Path(path), MOUNTS) for path in ("/home", "/srv/local")]

    assert found == ["/dev/mapper/vg-root", "/dev/sdb1"]


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p"])
def test_sqlite_is_refused_on_a_network_file_system(kind):
    verdict = disk_for("sqlite", kind)

    assert verdict.grade is Grade.REFUSED
    assert verdict.words == f"The data folder lies on a network file system ({kind})."
    assert disk_for("postgresql", kind).grade is Grade.OK


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "tmpfs", ""])
def test_sqlite_is_content_with_a_local_disk(kind):
    assert disk_for("sqlite", kind).grade is Grade.OK


def opened(path, init_command: str):
    options = {"init_command": init_command} if init_command else {}
    handler = ConnectionHandler(
        {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": path / "a.sqlite3",
                "OPTIONS": options,
            }
        }
    )
    return handler["default"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("init_command", "words"),
    [
        ("", "SQLite runs with journal_mode=delete, synchronous=2."),
        ("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;", "journal_mode=wal, synchronous=1."),
        ("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;", "journal_mode=wal, synchronous=0."),
        ("PRAGMA journal_mode=MEMORY;", "journal_mode=memory, synchronous=2."),
    ],
)
def test_sqlite_that_could_lose_a_record_is_refused(tmp_path, init_command, words):
    database = opened(tmp_path, init_command)
    try:
        verdict = durability_of(database)
    finally:
        database.close()

    assert verdict.grade is Grade.REFUSED
    assert verdict.words.endswith(words)


@pytest.mark.django_db
def test_sqlite_as_the_settings_open_it_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    options = read_environment().database["OPTIONS"]
    database = opened(tmp_path, options["init_command"])
    try:
        verdict = durability_of(database)
    finally:
        database.close()

    assert verdict.grade is Grade.OK


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.2", False),
        ("localhost.example", False),
        ("127.example", False),
    ],
)
def test_loopback_is_what_only_this_machine_reaches(address, answer):
    assert is_loopback(address) is answer
