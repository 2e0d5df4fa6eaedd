import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.faults.house import House

REAL_AGENCY = (
    "setup",
    "--agency=Qinhui",
    "--head=qinhui=Qin Hui",
    "--administrator=hejing=He Jing",
    "--json",
)


def refused(house: House, *arguments: str, **more: str) -> str:
    """Run a command that must refuse; return what it says, once, in words."""
    done = house.run(*(arguments or ("start",)), **more)
    assert done.returncode == 1, done
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr


def test_start_refuses_without_the_key_of_the_sessions(house):
    (house.home / "keys" / "django.key").unlink()

    said = refused(house)

    assert f"refused  keys.signing: {house.home}/keys/django.key is missing." in said
    assert "Run: tonghu migrate" in said


def test_start_refuses_a_key_that_could_be_guessed(house):
    (house.home / "keys" / "django.key").write_text("changeme")

    assert "django.key is too short to be safe" in refused(house)


def test_start_refuses_a_key_that_others_can_read(house):
    (house.home / "keys" / "django.key").chmod(0o644)

    said = refused(house)

    assert "refused  keys.private" in said
    assert f"chmod 600 {house.home}/keys/django.key" in said


def test_start_refuses_a_key_it_cannot_read(house):
    (house.home / "keys" / "django.key").chmod(0o000)
    if os.geteuid() == 0:
        # Root reads everything unless the kernel is told otherwise.
        caps = "-dac_override,-dac_read_search"
        house.before = ("setpriv", f"--bounding-set={caps}", f"--inh-caps={caps}")

    said = refused(house)

    assert f"{house.home}/keys/django.key cannot be read: Permission denied." in said
    assert "django.key is missing" not in said


def test_start_refuses_debug_pages_outside_demo_mode(house):
    said = refused(house, TONGHU_DEBUG="1")

    assert "refused  settings.debug: TONGHU_DEBUG=1 outside demo mode." in said
    assert "Unset TONGHU_DEBUG." in said


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_start_refuses_http_to_other_machines(house, address):
    said = refused(house, TONGHU_BIND=address)

    assert f"refused  settings.http: Listening on {address} without https" in said
    assert "TONGHU_TRUSTED_PROXY" in said


def test_start_serves_other_machines_behind_a_proxy(house):
    house.serve(TONGHU_BIND="0.0.0.0", TONGHU_TRUSTED_PROXY="127.0.0.1")

    assert house.server.poll() is None


def test_start_refuses_the_folder_of_another_user(house):
    if os.geteuid() == 0:
        os.chown(house.home, 65534, 65534)
    else:
        house.home = Path("/usr")

    assert f"refused  folder.owner: {house.home} belongs to another user." in refused(house)


def test_start_refuses_a_folder_that_others_can_open(house):
    house.home.chmod(0o755)

    said = refused(house)

    assert "can be opened by others" in said
    assert f"chmod 700 {house.home}" in said


def test_start_refuses_a_clock_before_the_last_row_of_the_journal(house):
    house.python_code(
        "import datetime as dt\n"
        "from tonghu.kernel import clock\n"
        "from tonghu.portals.founding import found\n"
        "people = {'head': ('a', 'A'), 'administrator': ('b', 'B')}\n"
        "with clock.at(clock.now() + dt.timedelta(days=2)):\n"
        "    found(agency='Q', latin='', credit_code='', **people)\n"
    )

    said = refused(house)

    assert "refused  journal.clock: The clock says" in said
    assert "Set the clock of this machine right." in said


def test_start_refuses_while_migrations_wait(house):
    house.database.unlink()
    sqlite3.connect(house.database).close()

    said = refused(house)

    assert "refused  database.migrations:" in said
    assert "Run: tonghu migrate" in said


def test_start_refuses_a_second_server_on_the_same_file(house):
    house.serve()
    other = House(house.home)

    said = refused(other)

    assert said == (
        f"Another server runs on {house.home}. Stop it first, or use another TONGHU_HOME.\n"
    )


def test_start_refuses_a_second_server_through_another_name_of_the_folder(house, tmp_path):
    house.serve()
    (tmp_path / "other").symlink_to(house.home)

    assert "Another server runs on" in refused(House(tmp_path / "other"))


def test_start_refuses_a_port_that_is_taken(house, tmp_path):
    house.serve()
    shutil.copytree(house.home, tmp_path / "other")

    said = refused(House(tmp_path / "other", port=house.port))

    assert said.startswith(f"Cannot listen on 127.0.0.1, port {house.port}: Address already in use")


def test_start_refuses_a_folder_that_does_not_exist_and_makes_none(tmp_path):
    house = House(tmp_path / "nowhere")

    said = refused(house)

    assert f"{house.home} does not exist." in said
    assert not house.home.exists()


def test_start_refuses_a_folder_without_a_database_and_makes_none(house):
    (house.home / "erased.list").write_text(f"1.{64 * 'a'} 2026-05-04\n")
    house.database.unlink()

    assert f"There is no database: {house.database}" in refused(house)
    assert not house.database.exists()


@pytest.mark.parametrize("command", ["start", "migrate", "doctor", "journal head"])
def test_commands_say_that_the_database_is_no_database(house, command):
    for left in house.home.glob("tonghu.sqlite3*"):
        left.unlink()
    house.database.write_bytes(b"not a database " * 1000)

    assert "file is not a database" in refused(house, *command.split())


def test_doctor_finds_damaged_pages(house):
    with sqlite3.connect(house.database) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = database.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(house.database.read_bytes())
    content[20 * page : 24 * page] = b"\xa5" * (4 * page)
    house.database.write_bytes(content)

    assert "refused  database.whole" in refused(house, "doctor")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TONGHU_PORT", "abc", "TONGHU_PORT=abc is no port."),
        ("TONGHU_PORT", "70000", "TONGHU_PORT=70000 is no port."),
        ("TONGHU_TIME_ZONE", "Asia/Xian", "TONGHU_TIME_ZONE=Asia/Xian is not known here."),
        ("TONGHU_TIME_ZONE", "../../etc/passwd", "is not known here."),
        ("DATABASE_URL", "sqlite:///x.db", "DATABASE_URL names no PostgreSQL database (sqlite)."),
        ("DATABASE_URL", "mysql://u:geheim@h/d", "names no PostgreSQL database (mysql)."),
        ("DATABASE_URL", "geheim", "names no PostgreSQL database (no scheme)."),
        ("DATABASE_URL", "postgresql://u:geheim@h:x/d", "(an address that cannot be read)."),
        ("DATABASE_URL", "postgresql://u:geheim@h", "names no PostgreSQL database (postgresql)."),
    ],
)
def test_commands_refuse_a_variable_that_says_nothing(house, name, value, words):
    said = refused(house, "migrate", **{name: value})

    assert words in said
    assert "geheim" not in said


def test_start_lists_variables_that_say_nothing_beside_the_rest(house):
    said = refused(house, TONGHU_PORT="x", DATABASE_URL="sqlite:///x", TONGHU_DEBUG="1")

    assert "TONGHU_PORT=x is no port. DATABASE_URL names no PostgreSQL database (sqlite)." in said
    assert "refused  settings.debug" in said


def test_commands_say_that_postgresql_is_not_there(house):
    url = f"postgresql://tonghu:geheim@127.0.0.1:{house.port}/tonghu"

    said = refused(house, "migrate", DATABASE_URL=url)

    assert said.startswith("The database refuses: connection failed")
    assert "geheim" not in said


def test_commands_say_that_the_folder_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")

    said = refused(House(tmp_path / "file" / "home"), "migrate")

    assert said == f"{tmp_path}/file/home: Not a directory. See what is wrong: tonghu doctor\n"


def test_wrong_use_ends_with_two(house):
    for arguments in (["fly"], ["start", "--port", "abc"], ["setup"], ["keys", "lose"]):
        done = house.run(*arguments)

        assert (done.returncode, done.stdout) == (2, "")
        assert "usage: tonghu" in done.stderr


def test_doctor_lists_all_that_is_wrong_at_once(house):
    house.home.chmod(0o755)
    (house.home / "keys" / "django.key").chmod(0o640)
    house.database.unlink()

    done = house.run("doctor", "--json", TONGHU_DEBUG="1", TONGHU_BIND="0.0.0.0", TONGHU_PORT="0")

    document = json.loads(done.stdout)
    assert (done.returncode, done.stderr, document["verdict"]) == (1, "", "refused")
    found = {one["name"]: one for one in document["checks"]}
    wrong = {name for name, one in found.items() if one["verdict"] == "refused"}
    assert wrong == {
        "access.emergencies",
        "data.demonstration",
        "database.migrations",
        "database.safe",
        "database.second_lock",
        "database.whole",
        "folder.owner",
        "journal.chain",
        "journal.clock",
        "journal.heads",
        "keys.fit",
        "keys.private",
        "people.erased",
        "settings.debug",
        "settings.environment",
        "settings.http",
    }
    assert all(found[name]["words"] and found[name]["mend"] for name in wrong)


def test_doctor_is_content_with_a_house_in_order(house):
    done = house.run("doctor", "--json")

    document = json.loads(done.stdout)
    assert (done.returncode, document["verdict"]) == (0, "ok")
    assert {one["verdict"] for one in document["checks"]} <= {"ok", "warning"}


def test_doctor_finds_nothing_wrong_beside_a_running_server(house):
    house.serve()

    assert house.run("doctor").returncode == 0


def test_what_commands_make_is_this_users_alone(house):
    house.run(*REAL_AGENCY)

    open_to_others = [
        path for path in [house.home, *house.home.rglob("*")] if path.stat().st_mode & 0o077
    ]
    assert open_to_others == []


def test_start_refuses_the_made_up_agency_outside_demo_mode(demo):
    demo.environ.clear()

    said = refused(demo)

    assert "refused  data.demonstration" in said
    assert "holds the made-up agency, whose passwords are no secret" in said


def test_demo_refuses_a_real_house(house):
    house.run(*REAL_AGENCY)
    before = sqlite3.connect(house.database).execute("SELECT login FROM access_account").fetchall()

    said = refused(house, "demo", "--data", str(house.home))

    after = sqlite3.connect(house.database).execute("SELECT login FROM access_account").fetchall()
    assert "holds a real agency: demo mode would open its door." in said
    assert sorted(before) == sorted(after) == [("hejing",), ("qinhui",)]
    assert "holds a real agency" in refused(house, "start", TONGHU_DEMO="1")


def test_house_of_the_tests_runs_the_sources_of_this_folder(house):
    said = house.python_code("import tonghu; print(tonghu.__file__)")

    assert said.strip() == str(Path(__file__).resolve().parents[2] / "src/tonghu/__init__.py")
