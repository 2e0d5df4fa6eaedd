from pathlib import Path

import pytest
from django.db import connection

from tonghu.kernel.environment import SETTINGS, read_environment

WAITS = {"connect_timeout": 5, "options": "-c lock_timeout=10s"}


@pytest.fixture(autouse=True)
def unset(monkeypatch, tmp_path):
    """A machine on which nothing is set."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("demo", False),
        ("debug", False),
        ("hosts", ["localhost", "127.0.0.1", "[::1]"]),
        ("bind", "127.0.0.1"),
        ("port", 8000),
        ("trusted_proxy", ""),
        ("time_zone", "Asia/Shanghai"),
    ],
)
def test_a_machine_on_which_nothing_is_set_is_a_laptop(attribute, value):
    assert getattr(read_environment(), attribute) == value


def test_a_laptop_keeps_everything_in_one_folder(unset):
    home = unset / ".local" / "share" / "tonghu"

    found = read_environment()

    assert (found.home, found.keys) == (home, home / "keys")
    assert found.database["NAME"] == home / "tonghu.sqlite3"


@pytest.mark.parametrize(
    ("name", "said", "attribute", "value"),
    [
        ("TONGHU_HOME", "/srv/tonghu", "home", Path("/srv/tonghu")),
        ("TONGHU_HOSTS", "tonghu.example, 10.0.0.7", "hosts", ["tonghu.example", "10.0.0.7"]),
        ("TONGHU_HOSTS", "tonghu.example,", "hosts", ["tonghu.example"]),
        ("TONGHU_BIND", "0.0.0.0", "bind", "0.0.0.0"),
        ("TONGHU_PORT", "8107", "port", 8107),
        ("TONGHU_TRUSTED_PROXY", "10.0.0.1", "trusted_proxy", "10.0.0.1"),
        ("TONGHU_TIME_ZONE", "Asia/Urumqi", "time_zone", "Asia/Urumqi"),
        ("TONGHU_DEMO", "1", "demo", True),
        ("TONGHU_DEMO", "0", "demo", False),
        ("TONGHU_DEBUG", "1", "debug", True),
        ("TONGHU_DEBUG", "yes", "debug", False),
    ],
)
def test_a_setting_is_read(monkeypatch, name, said, attribute, value):
    monkeypatch.setenv(name, said)

    assert getattr(read_environment(), attribute) == value


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS])
def test_a_setting_left_empty_is_as_good_as_none(monkeypatch, name):
    without = read_environment()
    monkeypatch.setenv(name, "")

    empty = read_environment()

    for attribute in ("home", "hosts", "bind", "port", "time_zone", "database", "demo", "debug"):
        assert getattr(empty, attribute) == getattr(without, attribute)


def test_a_home_may_be_named_as_the_shell_names_it(monkeypatch, unset):
    monkeypatch.setenv("TONGHU_HOME", "~/data")

    assert read_environment().home == unset / "data"


def test_a_home_is_absolute(monkeypatch, unset):
    monkeypatch.chdir(unset)
    monkeypatch.setenv("TONGHU_HOME", "var/demo")

    assert read_environment().home == unset / "var" / "demo"


def test_settings_name_no_variable_twice_and_none_without_a_meaning():
    names = [setting.name for setting in SETTINGS]

    assert len(set(names)) == len(names)
    assert all(setting.meaning for setting in SETTINGS)


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        (
            "postgresql://tonghu:secret@db.example:5433/tonghu",
            ("tonghu", "tonghu", "secret", "db.example", "5433"),
        ),
        ("postgresql://tonghu@db.example/tonghu", ("tonghu", "tonghu", "", "db.example", "")),
        ("postgres://tonghu@127.0.0.1/t", ("t", "tonghu", "", "127.0.0.1", "")),
        ("postgresql://tonghu@[::1]:5432/t", ("t", "tonghu", "", "::1", "5432")),
        ("postgresql:///tonghu", ("tonghu", "", "", "", "")),
        (
            "postgresql://t%40ng:p%40ss%2Fw%3Ard%25%23%3F%20@db/t",
            ("t", "t@ng", "p@ss/w:rd%#? ", "db", ""),
        ),
        ("postgresql://tonghu:a+b@db/%E7%AB%A5%E6%8A%A4", ("童护", "tonghu", "a+b", "db", "")),
    ],
)
def test_database_url_is_taken_apart(monkeypatch, url, parts):
    monkeypatch.setenv("DATABASE_URL", url)

    found = read_environment().database

    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert tuple(found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == parts
    assert found["OPTIONS"] == WAITS


def test_database_url_hands_the_drivers_own_settings_on(monkeypatch):
    monkeypatch.setenv(
        "DATABASE_URL", "postgresql://u@db/t?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"
    )

    assert read_environment().database["OPTIONS"] == WAITS | {
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ca.pem",
    }


@pytest.mark.parametrize("url", ["sqlite:///x.sqlite3", "mysql://u:secret@db/t", "tonghu"])
def test_database_url_of_another_kind_is_refused_without_quoting_it(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)

    found = read_environment()

    scheme = url.partition("://")[0] if "://" in url else "no scheme"
    assert [one.words for one in found.faults] == [
        f"DATABASE_URL names no PostgreSQL database ({scheme})."
    ]
    assert found.database == {"ENGINE": "django.db.backends.dummy"}


def test_a_signing_key_is_read_from_its_file(monkeypatch, unset):
    monkeypatch.setenv("TONGHU_HOME", str(unset))
    (unset / "keys").mkdir()
    (unset / "keys" / "django.key").write_text("a-key-that-signs-sessions\n")

    assert read_environment().secret_key == "a-key-that-signs-sessions"


def test_a_signing_key_that_was_never_made_says_so_and_is_never_the_same():
    first, second = read_environment().secret_key, read_environment().secret_key

    assert first.startswith("unset-")
    assert first != second


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="these are settings of SQLite")
def test_sqlite_loses_nothing_in_a_power_cut_and_keeps_to_its_foreign_keys():
    with connection.cursor() as cursor:
        told = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert connection.transaction_mode == "IMMEDIATE"
