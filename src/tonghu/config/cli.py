"""The command ``tonghu``: start, demo, doctor, migrate, setup, keys, journal, jobs, manage.

Exit 0: done; 1: refused, with the reason; 2: wrong use. JSON is one document on standard
output; everything said to people goes to standard error.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tonghu.config import commands
from tonghu.config.refusals import sentence_for

DONE, REFUSED = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tonghu.config.settings")
    # Whatever a command makes, database and files included, is this user's alone.
    os.umask(0o077)
    asked = _parser().parse_args(arguments)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tonghu", description="TONGHU_HOME names the data folder."
    )
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")

    start = verbs.add_parser("start", help="serve; refuses unsafe configuration")
    start.add_argument("--host")
    start.add_argument("--port", type=int)
    start.set_defaults(run=commands.start)

    demo = verbs.add_parser("demo", help="serve a made-up agency")
    demo.add_argument("--host")
    demo.add_argument("--port", type=int)
    demo.add_argument("--data", type=Path, help="data folder of the demonstration")
    demo.add_argument("--cast", action="store_true", help="print the cast and end")
    demo.add_argument("--json", action="store_true")
    demo.set_defaults(run=commands.demo)

    doctor = verbs.add_parser("doctor", help="check everything that must hold")
    doctor.add_argument("--json", action="store_true")
    doctor.add_argument("--head", type=Path, help="a signed end of the journal, kept outside")
    doctor.add_argument("--at-start", action="store_true", help=argparse.SUPPRESS)
    doctor.set_defaults(run=commands.doctor)

    migrate = verbs.add_parser("migrate", help="make the data folder and keys, bring tables up")
    migrate.set_defaults(run=commands.migrate)
    _setup(verbs)
    _keys_and_journal(verbs)

    work = verbs.add_parser("jobs", help="run the long work that waits")
    work.add_argument("verb", choices=["work"])
    work.add_argument("--until-idle", type=float, default=0, metavar="SECONDS")
    work.set_defaults(run=commands.work)

    manage = verbs.add_parser("manage", help="Django's own commands")
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    manage.set_defaults(run=commands.manage)
    return parser


def _setup(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    setup = verbs.add_parser("setup", help="enter an agency, its head and its administrator")
    setup.add_argument("--agency", required=True, help="name of the agency")
    setup.add_argument("--latin", default="", help="its name in Latin letters")
    setup.add_argument("--credit-code", default="")
    setup.add_argument("--head", required=True, metavar="LOGIN=NAME")
    setup.add_argument("--administrator", required=True, metavar="LOGIN=NAME")
    setup.add_argument("--json", action="store_true")
    setup.set_defaults(run=commands.setup)


def _keys_and_journal(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    keys = verbs.add_parser("keys", help="state and rotation of the keys")
    keys.add_argument("verb", choices=["status", "rotate"])
    keys.add_argument("--json", action="store_true")
    keys.set_defaults(run=commands.keys)

    journal = verbs.add_parser("journal", help="sign or verify the journal")
    journal.add_argument("verb", choices=["head", "verify"])
    journal.add_argument("--head", type=Path, help="verify against this signed end")
    journal.set_defaults(run=commands.journal)


if __name__ == "__main__":
    sys.exit(main())
