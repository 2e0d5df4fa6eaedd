"""The command ``tonghu``: start, demo, doctor, migrate, setup, keys, journal, jobs,
search, import, cases, print, manage.

Exit 0: done; 1: refused, with the reason; 2: wrong use. JSON is one document on standard
output; everything said to people goes to standard error.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from tonghu.config import commands
from tonghu.config.refusals import sentence_for

DONE, REFUSED = 0, 1
AS_JSON = "one document on standard output"
Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tonghu.config.settings")
    # Whatever a command makes, database and files included, is this user's alone.
    os.umask(0o077)
    asked = parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int | None] = asked.run
    try:
        commands.prepare(asked)
        return run(asked) or DONE
    except KeyboardInterrupt:
        return DONE
    except Exception as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        sys.stderr.write(f"{sentence}\n")
        return REFUSED


def parser() -> argparse.ArgumentParser:
    """Return the whole command line; the page of commands is made from it."""
    whole = argparse.ArgumentParser(prog="tonghu", description="TONGHU_HOME names the data folder.")
    verbs = whole.add_subparsers(required=True, metavar="COMMAND")
    _serving(verbs)
    _looking_after(verbs)
    _setup(verbs)
    _keys_and_journal(verbs)
    _work(verbs)
    _finding(verbs)
    _people(verbs)
    _casework(verbs)
    _import(verbs)
    manage = verbs.add_parser("manage", help="Django's own commands")
    manage.add_argument("rest", nargs=argparse.REMAINDER, help="the command and its options")
    manage.set_defaults(run=commands.manage)
    return whole


def _serving(verbs: Verbs) -> None:
    start = verbs.add_parser("start", help="serve; refuses unsafe configuration")
    _address(start)
    start.set_defaults(run=commands.start)

    demo = verbs.add_parser("demo", help="serve a made-up agency")
    _address(demo)
    demo.add_argument("--data", type=Path, help="data folder of the demonstration")
    demo.add_argument("--cast", action="store_true", help="print the cast and end")
    demo.add_argument("--json", action="store_true", help=AS_JSON)
    demo.set_defaults(run=commands.demo)


def _looking_after(verbs: Verbs) -> None:
    doctor = verbs.add_parser("doctor", help="check everything that must hold")
    doctor.add_argument("--json", action="store_true", help=AS_JSON)
    doctor.add_argument("--head", type=Path, help="a signed end of the journal, kept outside")
    doctor.add_argument("--at-start", action="store_true", help=argparse.SUPPRESS)
    doctor.set_defaults(run=commands.doctor)

    migrate = verbs.add_parser("migrate", help="make the data folder and keys, bring tables up")
    migrate.set_defaults(run=commands.migrate)


def _work(verbs: Verbs) -> None:
    work = verbs.add_parser("jobs", help="run the long work that waits")
    work.add_argument("verb", choices=["work"], help="take up what waits")
    work.add_argument(
        "--until-idle",
        type=float,
        default=0,
        metavar="SECONDS",
        help="end when nothing has waited for so long",
    )
    work.set_defaults(run=commands.work)


def _import(verbs: Verbs) -> None:
    bring = verbs.add_parser("import", help="take a roster over, or try it")
    bring.add_argument("what", choices=["roster"], help="a list of children")
    bring.add_argument("file", type=Path, help=".xlsx, .xls or .csv")
    bring.add_argument(
        "--as",
        dest="login",
        default="",
        metavar="LOGIN",
        help="who brings it, by sign-in name; else the program",
    )
    bring.add_argument("--agency", default="", help="for which agency, where there are several")
    bring.add_argument("--place", default="", help="village or community, where she has several")
    bring.add_argument("--source", default="", help="who keeps the list")
    bring.add_argument("--dry-run", action="store_true", help="say what would happen")
    bring.add_argument("--json", action="store_true", help=AS_JSON)
    bring.set_defaults(run=commands.import_roster)


def _address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", help="address to listen on, instead of TONGHU_BIND")
    command.add_argument("--port", type=int, help="port to listen on, instead of TONGHU_PORT")


def _finding(verbs: Verbs) -> None:
    search = verbs.add_parser("search", help="find children by any scrap, as a colleague would")
    search.add_argument("text", metavar="TEXT", help="part of a name, pinyin, village, number")
    search.add_argument(
        "--as", dest="login", required=True, metavar="LOGIN", help="whose duties decide"
    )
    search.add_argument("--json", action="store_true", help=AS_JSON)
    search.set_defaults(run=commands.search)


def _people(verbs: Verbs) -> None:
    people = verbs.add_parser("people", help="made-up children, to be compared elsewhere")
    people.add_argument("what", choices=["export-linkage"], help="which files are one child's")
    people.add_argument("-o", dest="file", type=Path, required=True, metavar="FILE", help=".csv")
    people.set_defaults(run=commands.export_linkage)


def _casework(verbs: Verbs) -> None:
    cases = verbs.add_parser("cases", help="the cases that somebody at work finds")
    cases.add_argument("what", choices=["list"], help="list them")
    cases.add_argument(
        "--as", dest="login", required=True, metavar="LOGIN", help="whose duties decide"
    )
    cases.add_argument("--json", action="store_true", help=AS_JSON)
    cases.set_defaults(run=commands.list_cases)

    paper = verbs.add_parser("print", help="print a form of a case, or say which forms there are")
    paper.add_argument("what", choices=["case", "forms"], help="a case, or the list of forms")
    paper.add_argument("number", nargs="?", metavar="NUMBER", help="of the case")
    paper.add_argument("--form", metavar="NAME", help="one of those that print forms names")
    paper.add_argument("--lang", choices=["zh", "en"], default="zh", help="language of the paper")
    paper.add_argument("-o", dest="file", type=Path, metavar="FILE", help=".pdf")
    paper.add_argument(
        "--as", dest="login", default="", metavar="LOGIN", help="who prints; else the program"
    )
    paper.add_argument("--json", action="store_true", help=AS_JSON)
    paper.set_defaults(run=commands.print_paper)


def _setup(verbs: Verbs) -> None:
    setup = verbs.add_parser("setup", help="enter an agency, its head and its administrator")
    setup.add_argument("--agency", required=True, help="name of the agency")
    setup.add_argument("--latin", default="", help="its name in Latin letters")
    setup.add_argument("--credit-code", default="", help="18 digits and capital letters")
    setup.add_argument(
        "--head", required=True, metavar="LOGIN=NAME", help="who answers for the agency"
    )
    setup.add_argument(
        "--administrator", required=True, metavar="LOGIN=NAME", help="who sets it up"
    )
    setup.add_argument("--json", action="store_true", help=AS_JSON)
    setup.set_defaults(run=commands.setup)


def _keys_and_journal(verbs: Verbs) -> None:
    keys = verbs.add_parser("keys", help="state and rotation of the keys")
    keys.add_argument("verb", choices=["status", "rotate"], help="say, or seal anew")
    keys.add_argument("--json", action="store_true", help=AS_JSON)
    keys.set_defaults(run=commands.keys)

    journal = verbs.add_parser("journal", help="sign or verify the journal")
    journal.add_argument("verb", choices=["head", "verify"], help="sign, or check")
    journal.add_argument("--head", type=Path, help="verify against this signed end")
    journal.set_defaults(run=commands.journal)


if __name__ == "__main__":
    sys.exit(main())
