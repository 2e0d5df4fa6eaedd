import json
import shutil
import sqlite3
from contextlib import closing
from uuid import uuid4

import psycopg
import pytest

from tests.faults.house import House
from tests.postgres import postgresql

SETUP = ("--head=qinhui=Qin Hui", "--administrator=hejing=He Jing", "--json")
ROW = (
    "id, agency_id, seq, event, act, at, made_at, account_id, membership_id, role, device_id, "
    "subject_kind, subject_id, about_id, fields, sealed, sealed_digest, op_id, content, "
    "previous, hash"
)
COPY = ROW.replace("id,", "{id},", 1).replace("seq", "{seq}").replace("op_id", "NULL")
INSIDE = {
    "edited": ["UPDATE access_journalrow SET event = 'access.notice.seen' WHERE seq = 3"],
    "moved in time": ["UPDATE access_journalrow SET at = '2026-01-01 00:00:00' WHERE seq = 3"],
    "put on another": [
        "UPDATE access_journalrow SET account_id = "
        "(SELECT CAST(id AS {uuid}) FROM access_account WHERE login = 'hejing') WHERE seq = 3"
    ],
    "deleted": ["DELETE FROM access_journalrow WHERE seq = 3"],
    "first deleted": ["DELETE FROM access_journalrow WHERE seq = 1"],
    "reordered": [
        "UPDATE access_journalrow SET seq = 1000 WHERE seq = 3",
        "UPDATE access_journalrow SET seq = 3 WHERE seq = 4",
        "UPDATE access_journalrow SET seq = 4 WHERE seq = 1000",
    ],
    "inserted": [
        "UPDATE access_journalrow SET seq = seq + 1000 WHERE seq > 3",
        f"INSERT INTO access_journalrow ({ROW}) SELECT "
        + COPY.format(id="{new_id}", seq="4")
        + " FROM access_journalrow WHERE seq = 3",
        "UPDATE access_journalrow SET seq = seq - 999 WHERE seq > 1000",
    ],
}
TRIGGERS = {
    "sqlite": [
        "DROP TRIGGER access_journalrow_no_update",
        "DROP TRIGGER access_journalrow_no_delete",
    ],
    "postgresql": ["DROP FUNCTION access_journal_append_only() CASCADE"],
}
DIALECT = {
    "sqlite": {"uuid": "text", "new_id": "'01980000000070008000000000000fff'"},
    "postgresql": {"uuid": "uuid", "new_id": "'01980000-0000-7000-8000-000000000fff'"},
}


class Sqlite:
    kind = "sqlite"

    def __init__(self, home):
        self.house = House(home)

    def by_hand(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.house.database, isolation_level=None)) as database:
            for statement in statements:
                database.execute(statement)


class Postgresql:
    kind = "postgresql"

    def __init__(self, home, url):
        self.house, self.url = House(home, {"DATABASE_URL": url}), url

    def by_hand(self, *statements: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as database:
            for statement in statements:
                database.execute(statement)


@pytest.fixture(scope="session")
def sqlite_agency(tmp_path_factory):
    """A data folder with a dozen rows in its journal, to be copied."""
    one = Sqlite(tmp_path_factory.mktemp("agency") / "home")
    assert one.house.run("setup", "--agency=Qinhui", *SETUP).returncode == 0
    return one


@pytest.fixture(scope="session")
def postgresql_agency(tmp_path_factory):
    """The same in PostgreSQL."""
    with postgresql() as url:
        home = tmp_path_factory.mktemp("postgresql") / "home"
        one = Postgresql(home, named(url, "template"))
        with psycopg.connect(url, autocommit=True) as database:
            database.execute("CREATE DATABASE template")
        done = one.house.run("setup", "--agency=Qinhui", *SETUP)
        assert done.returncode == 0, done.stderr
        yield one


def named(url: str, database: str) -> str:
    return f"{url.rpartition('/')[0]}/{database}"


@pytest.fixture(params=["sqlite", "postgresql"])
def journal(request, tmp_path):
    """An agency with a dozen rows in its journal, on either engine."""
    first = request.getfixturevalue(f"{request.param}_agency")
    shutil.copytree(first.house.home, tmp_path / "home")
    if request.param == "sqlite":
        return Sqlite(tmp_path / "home")
    name = f"t{uuid4().hex}"
    with psycopg.connect(named(first.url, "postgres"), autocommit=True) as database:
        database.execute(f'CREATE DATABASE "{name}" TEMPLATE template')
    return Postgresql(tmp_path / "home", named(first.url, name))


@pytest.fixture
def file(sqlite_agency, tmp_path):
    """The same in SQLite only."""
    shutil.copytree(sqlite_agency.house.home, tmp_path / "home")
    return Sqlite(tmp_path / "home")


def tamper(journal, *statements: str) -> None:
    """Change the journal as somebody with the file, or the database's owner, can."""
    words = DIALECT[journal.kind]
    journal.by_hand(*TRIGGERS[journal.kind], *(one.format(**words) for one in statements))


def found(journal, *arguments: str) -> dict[str, str]:
    """Return what doctor refuses, in words, by check; its exit code must agree."""
    done = journal.house.run("doctor", "--json", *arguments)
    checks = json.loads(done.stdout)["checks"]
    wrong = {one["name"]: one["words"] for one in checks if one["verdict"] == "refused"}
    assert done.returncode == bool(wrong)
    return wrong


def exported_head(journal, tmp_path) -> str:
    done = journal.house.run("journal", "head")
    path = tmp_path / "head.json"
    path.write_text(done.stdout)
    assert done.returncode == 0
    return str(path)


def test_journal_left_alone_holds(journal, tmp_path):
    head = exported_head(journal, tmp_path)

    assert found(journal) == found(journal, "--head", head) == {}


def test_database_refuses_to_change_the_journal(journal):
    for statement in ("UPDATE access_journalrow SET role = ''", "DELETE FROM access_journalrow"):
        with pytest.raises((sqlite3.IntegrityError, psycopg.Error), match="append-only"):
            journal.by_hand(statement)

    assert found(journal) == {}


@pytest.mark.parametrize("how", INSIDE)
def test_row_tampered_with_is_found_without_a_head(journal, how):
    tamper(journal, *INSIDE[how])

    wrong = found(journal)

    assert list(wrong) == ["journal.chain"]
    assert "is broken at row" in wrong["journal.chain"]


def test_cut_tail_is_found_with_the_exported_head(journal, tmp_path):
    head = exported_head(journal, tmp_path)
    tamper(
        journal,
        "DELETE FROM access_journalhead",
        "DELETE FROM access_journalrow WHERE seq > 4",
    )

    assert found(journal) == {}
    assert found(journal, "--head", head)["journal.head"].endswith(
        "the journal ends before the signed head: rows were cut off."
    )


def test_cut_tail_is_found_without_an_exported_head_while_the_own_one_is_there(journal):
    journal.house.run("journal", "head")
    tamper(journal, "DELETE FROM access_journalrow WHERE seq > 4")

    assert list(found(journal)) == ["journal.heads"]


def test_chain_computed_anew_is_found_with_the_exported_head(journal, tmp_path):
    head = exported_head(journal, tmp_path)
    tamper(journal, INSIDE["edited"][0], "DELETE FROM access_journalhead")
    journal.house.python_code(
        "from django.db import connection\n"
        "from tonghu.access.journal import START, chained\n"
        "from tonghu.access.models import JournalRow\n"
        "previous = START\n"
        "for row in JournalRow.objects.unscoped('a forger at work').order_by('seq'):\n"
        "    row.previous = previous\n"
        "    previous = row.hash = chained(row)\n"
        "    row.save(update_fields=['previous', 'hash'])\n"
    )

    assert found(journal) == {}
    assert found(journal, "--head", head)["journal.head"].endswith(
        "the journal is not the one that was signed."
    )


def test_copy_of_yesterday_is_found_with_the_exported_head(file, tmp_path):
    shutil.copytree(file.house.home, tmp_path / "yesterday")
    file.house.python_code(
        "from tonghu.kernel import clock\n"
        "from tonghu.access.actors import actor_of_the_past\n"
        "from tonghu.access.models import Account\n"
        "from tonghu.access.operations.sign_in import record_sign_in\n"
        "account = Account.objects.get(login='hejing')\n"
        "record_sign_in(account=account, by=actor_of_the_past(account), at=clock.now())\n"
    )
    head = exported_head(file, tmp_path)
    assert found(file, "--head", head) == {}
    shutil.rmtree(file.house.home)
    shutil.copytree(tmp_path / "yesterday", file.house.home)

    assert found(file) == {}
    assert list(found(file, "--head", head)) == ["journal.head"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("seq", 3, "the head's own signature does not hold"),
        ("hash", "0" * 64, "the head's own signature does not hold"),
        ("day", "2026-01-01", "the head's own signature does not hold"),
        ("public_key", "A" * 43 + "=", "the head was signed with another key"),
    ],
)
def test_head_that_was_altered_proves_nothing(file, tmp_path, name, value, words):
    path = exported_head(file, tmp_path)
    (head,) = json.loads((tmp_path / "head.json").read_text())
    (tmp_path / "head.json").write_text(json.dumps([head | {name: value}]))

    assert words in found(file, "--head", path)["journal.head"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "cannot be read: it is no JSON."),
        ("{", "cannot be read: it is no JSON."),
        ("[]", "is no signed end of a journal."),
        ("{}", "is no signed end of a journal."),
        ("[1, null]", "is no signed end of a journal."),
        ('{"agency": "x", "seq": "y"}', "is no signed end of a journal."),
        ("[" * 100_000, "cannot be read"),
    ],
)
def test_head_file_that_is_none_is_said_in_words(house, content, words):
    path = house.home.parent / "head.json"
    path.write_text(content)

    done = house.run("doctor", "--head", str(path))

    assert done.returncode == 1
    assert f"journal.head: {path} {words}" in done.stderr
    assert "Traceback" not in done.stderr


def test_head_file_that_is_not_there_is_said_in_words(house):
    done = house.run("journal", "verify", "--head", "/nowhere/head.json")

    assert done.returncode == 1
    assert "/nowhere/head.json cannot be read: No such file or directory." in done.stderr
