"""What each command does; Django is set up only by those that need it."""

import argparse
import json
import os
import secrets
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command, execute_from_command_line
from django.utils.module_loading import import_string

from tonghu.kernel.checks import Grade, Verdict, refused, run_checks
from tonghu.kernel.environment import Environment, read_environment
from tonghu.kernel.errors import Refused
from tonghu.kernel.keyring import write_secret

ERASED = "erased.list"
KEEP_OUT = [sys.executable, "-m", "tonghu.config.cli", "manage", "keep_out_erased"]
GATE = [sys.executable, "-m", "tonghu.config.cli", "doctor", "--at-start"]


def prepare(asked: argparse.Namespace) -> None:
    """Take the options that stand for environment variables, refuse variables that say nothing.

    ``doctor`` and ``start`` list these faults beside all others.

    :raises Refused: with everything that is wrong, and how to mend it.
    """
    if asked.run is demo:
        _enter_demo_mode(asked)
    for option, name in (("host", "TONGHU_BIND"), ("port", "TONGHU_PORT")):
        if getattr(asked, option, None) is not None:
            os.environ[name] = str(getattr(asked, option))
    faults = read_environment().faults
    if faults and asked.run not in (doctor, start):
        raise Refused("\n".join(f"{one.words} {one.mend}" for one in faults))


def start(_asked: argparse.Namespace) -> int:
    """Serve, unless a check refuses."""
    environment = read_environment()
    serving = import_module("tonghu.config.serving")
    with serving.alone(environment):
        return _serve(environment)


def demo(asked: argparse.Namespace) -> int:
    """Serve the made-up agency, or print its cast."""
    if asked.cast:
        return _print_cast(as_json=asked.json)
    make_home()
    environment = read_environment()
    serving = import_module("tonghu.config.serving")
    # The lock comes first: tables are not brought up under a server that is running.
    with serving.alone(environment):
        # In a process of its own: the server's parent stays small.
        load = [sys.executable, "-m", "tonghu.config.cli", "manage", "load_demo"]
        if subprocess.run(load, check=False).returncode:  # noqa: S603 -- our own command
            return 1
        return _serve(environment)


def doctor(asked: argparse.Namespace) -> int:
    """Run all checks and say how each came out."""
    django.setup()
    missing = _no_database()
    found = list(run_checks(all_of_them=not asked.at_start, no_database=missing))
    if asked.head and missing:
        found.append(("journal.head", missing))
    elif asked.head:
        found.append(("journal.head", import_string("tonghu.access.checks.against")(asked.head)))
    worst = [name for name, verdict in found if verdict.grade is Grade.REFUSED]
    if asked.json:
        rows = [
            {"name": name, "verdict": one.grade, "words": one.words, "mend": one.mend}
            for name, one in found
        ]
        _print({"verdict": "refused" if worst else "ok", "checks": rows})
    for name, one in found:
        if not asked.json and (one.grade is Grade.REFUSED or not asked.at_start):
            _say(
                f"{one.grade:8} {name}: {one.words}"
                + (f"\n         {one.mend}" if one.mend else "")
            )
    return 1 if worst else 0


def _no_database() -> Verdict | None:
    """Return why no check can ask the database; opening SQLite would make an empty file."""
    database = read_environment().database
    if database["ENGINE"].endswith("dummy"):
        return refused("DATABASE_URL names no database.", "Mend settings.environment first.")
    if database["ENGINE"].endswith("sqlite3") and not Path(database["NAME"]).is_file():
        return refused(f"There is no database: {database['NAME']}", "Run: tonghu migrate")
    return None


def migrate(_asked: argparse.Namespace) -> None:
    """Make the data folder and the keys where they are missing, bring the tables up."""
    make_home()
    django.setup()
    call_command("migrate", verbosity=0)
    _say("The tables are up to date.")


def make_home() -> None:
    """Make the data folder, for this user alone, with the key that signs sessions."""
    home = read_environment().home
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = home / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    if not (keys / "django.key").exists():
        write_secret(keys / "django.key", secrets.token_urlsafe(50).encode())


def setup(asked: argparse.Namespace) -> None:
    """Enter an agency with its head and administrator; print their ways in, once."""
    migrate(asked)
    found = import_string("tonghu.portals.founding.found")(
        agency=asked.agency,
        latin=asked.latin,
        credit_code=asked.credit_code,
        head=_login_and_name(asked.head),
        administrator=_login_and_name(asked.administrator),
    )
    if asked.json:
        _print(found)
        return
    for one in found["invited"]:
        _say(f"{one['name']} ({one['login']}): {one['path']}")
    _say("Put the address of this server before each, as http://127.0.0.1:8000/invitation/…")
    _say("Each works once, within seven days. Hand it over in person.")


def keys(asked: argparse.Namespace) -> None:
    """Say how many values stand under which key, or rotate."""
    django.setup()
    rotation = import_string("tonghu.config.rotation.rotate")
    state = import_string("tonghu.kernel.rotation.state")
    if asked.verb == "rotate":
        for line in rotation():
            _say(line)
    found = state()
    if asked.json:
        _print(found)
    else:
        for name, numbers in found["rings"].items():
            _say(f"{name}: keys {numbers}, {found['left'].get(name, 0)} values under older ones")


def journal(asked: argparse.Namespace) -> int:
    """Print the day's signed end of each journal, or verify the chains."""
    django.setup()
    if asked.verb == "verify":
        return doctor(argparse.Namespace(json=False, head=asked.head, at_start=False))
    import_string("tonghu.access.registration.sign_heads")(
        import_string("tonghu.kernel.clock.now")()
    )
    _print(import_string("tonghu.access.heads.latest_documents")())
    return 0


def work(asked: argparse.Namespace) -> None:
    """Run waiting jobs until there have been none for a while."""
    django.setup()
    call_command("work_jobs", until_idle=asked.until_idle)


def search(asked: argparse.Namespace) -> None:
    """Find children as somebody at work would; the search stands in the journal under her name."""
    django.setup()
    found = import_string("tonghu.people.search.asking.search_as")(asked.text, asked.login)
    if asked.json:
        _print(found)
        return
    for one in found["children"]:
        _say(" · ".join(filter(None, (one["name"], one["age"], one["place"], one["matched"]))))
    _say(f"{len(found['children'])} found.")


def import_roster(asked: argparse.Namespace) -> None:
    """Import a roster as somebody at work, or say what that would do; print the totals.

    :raises Refused: when there is no such file.
    """
    if not asked.file.is_file():
        raise Refused(f"There is no file {asked.file}.")
    django.setup()
    found = import_string("tonghu.people.roster_report.bring")(
        asked.file.read_bytes(),
        file_name=asked.file.name,
        login=asked.login,
        agency=asked.agency,
        place=asked.place,
        source=asked.source,
        dry_run=asked.dry_run,
    )
    if asked.json:
        _print(found)
    for name, count in found["totals"].items():
        _say(f"{name:9} {count}")


def export_linkage(asked: argparse.Namespace) -> None:
    """Write which files of the made-up agency are held for one child's.

    :raises Refused: where the data folder holds another agency than the made-up one.
    """
    django.setup()
    count = import_string("tonghu.portals.demo.linkage.export")(asked.file)
    _say(f"{count} files of made-up children in {asked.file}.")


def list_cases(asked: argparse.Namespace) -> None:
    """List the cases that somebody at work finds."""
    django.setup()
    found = import_string("tonghu.casework.asked.cases_as")(asked.login)
    if asked.json:
        _print(found)
        return
    for one in found["cases"]:
        _say(" · ".join(filter(None, (one["number"], one["name"], one["state"], one["risk"]))))
    _say(f"{len(found['cases'])} found.")


def print_paper(asked: argparse.Namespace) -> None:
    """Print a form of a case into a file, or say which forms there are.

    :raises Refused: when a case is to be printed and number, form or file is not said.
    """
    django.setup()
    if asked.what == "forms":
        _print_forms(as_json=asked.json)
        return
    if not (asked.number and asked.form and asked.file):
        raise Refused("Say which: tonghu print case NUMBER --form NAME --lang zh -o FILE")
    size = import_string("tonghu.casework.asked.print_case")(
        asked.number, asked.form, asked.lang, asked.file, asked.login
    )
    _say(f"{asked.file}: {size} bytes")


def _print_forms(*, as_json: bool) -> None:
    found = import_string("tonghu.casework.asked.forms_document")()
    if as_json:
        _print(found)
        return
    for one in found["forms"]:
        share = one["share_filled_by_reuse"]
        _say(f"{one['name']:12} {'' if share is None else f'{share:.0%}':>4}  {one['title']['en']}")


def manage(asked: argparse.Namespace) -> None:
    """Run one of Django's own commands."""
    execute_from_command_line(["tonghu manage", *asked.rest])


def _enter_demo_mode(asked: argparse.Namespace) -> None:
    """Choose the demonstration's own folder, and in it SQLite, whatever a real server uses."""
    os.environ["TONGHU_DEMO"] = "1"
    os.environ.pop("DATABASE_URL", None)
    if asked.data:
        os.environ["TONGHU_HOME"] = str(asked.data.absolute())
    else:
        os.environ.setdefault("TONGHU_HOME", str(Path("var/demo").absolute()))


def _serve(environment: Environment) -> int:
    """Serve unless a check refuses; the checks run in a process that ends before the server.

    Where anybody was ever erased, whoever came back with an older copy is erased again first.
    """
    if (environment.home / ERASED).exists() and _no_database() is None:
        subprocess.run(KEEP_OUT, check=False)  # noqa: S603 -- our own command; the gate refuses
    if subprocess.run(GATE, check=False).returncode:  # noqa: S603 -- our own command
        return 1
    _say(f"http://{environment.bind}:{environment.port}/")
    code: int = import_module("tonghu.config.serving").serve(environment)
    return code


def _print_cast(*, as_json: bool) -> int:
    environment = read_environment()
    if not (environment.home / "tonghu.sqlite3").exists():
        raise Refused(f"No demonstration lies in {environment.home}. Start one: tonghu demo")
    django.setup()
    cast = import_string("tonghu.portals.demo.loading.cast_list")()
    address = f"http://{environment.bind}:{environment.port}/"
    if as_json:
        _print({"address": address, "cast": cast})
    else:
        _say(address)
        for one in cast:
            _say(f"{one['login']:12} {one['password']}  {one['name']} · {one['role_name']}")
    return 0


def _login_and_name(text: str) -> tuple[str, str]:
    login, found, name = text.partition("=")
    if not found or not login or not name:
        raise Refused(f"Write {text!r} as LOGIN=NAME, for example: qinhui='Qin Hui'")
    return login, name


def _print(document: Any) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n")


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")
