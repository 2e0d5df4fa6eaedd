"""Write the reference pages from the code: settings, permissions, events, commands.

python tools/reference.py           # write them below docs/reference/
python tools/reference.py --check   # fail when one is not what would be written
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "tonghu.config.settings"

import django  # noqa: E402 -- the path is set above

django.setup()

from django.utils.functional import Promise  # noqa: E402 -- Django is set up above
from django.utils.translation import override  # noqa: E402
from tools import generated, messages  # noqa: E402

import tonghu  # noqa: E402
from tonghu.access.articles import SECTIONS  # noqa: E402
from tonghu.access.events import WORDS  # noqa: E402
from tonghu.access.roles import ROLES, Role  # noqa: E402
from tonghu.access.sheets import SHEETS, Action, Sheet  # noqa: E402
from tonghu.access.two_persons import ACTS  # noqa: E402
from tonghu.access.upheld import Upheld, upheld  # noqa: E402
from tonghu.config import cli  # noqa: E402
from tonghu.kernel.environment import SETTINGS  # noqa: E402
from tonghu.portals.templatetags.sheet import ACTIONS, who  # noqa: E402

MARK = "<!-- Written by tools/reference.py from the code: do not edit. -->"
NOT_OPERATIONS = "no operation: the journal's own"


def everything() -> list[ModuleType]:
    """Return all modules of the product: what is not imported has signed up for nothing."""
    names = [one.name for one in walk_packages(tonghu.__path__, "tonghu.")]
    return [import_module(name) for name in names if ".migrations." not in name]


def files() -> dict[str, str]:
    """Return each page by its name, as it would be written."""
    pages: dict[str, Callable[[], list[str]]] = {
        "settings": settings,
        "permissions": permissions,
        "events": events,
        "commands": commands,
    }
    everything()
    with override("en"):
        return {f"docs/reference/{name}.md": _page(make()) for name, make in pages.items()}


def settings() -> list[str]:
    """Return the page of the environment variables."""
    rows = [(f"`{one.name}`", one.default or "–", one.meaning) for one in SETTINGS]
    return [
        "# Settings",
        "Every difference between two machines is an environment variable; there is no other "
        "settings file. `tonghu doctor` says which of them are unsafe.",
        _table(("Variable", "Default", "Meaning"), rows),
    ]


def permissions() -> list[str]:
    """Return the page of roles, sheets, acts for two persons, and the policy's rules."""
    sheets = sorted(SHEETS, key=lambda sheet: int(sheet.number[1:]))
    parts = [
        "# Permissions",
        "Who may do what, as the code has it. The policy in words is "
        "[access-policy.md](../concepts/access-policy.md); people read the same on the page "
        "`/who-may-do-what/`.",
        "## Roles",
        "A role opens nothing by itself; a duty does.",
        _table(("Role", "Key", "Given in", "Reach", "Duties", "Sees names", "Ends"), _roles()),
        "## Sheets",
        "One for each class of data: who may find, read, write, approve and take away its rows.",
        _table(("Sheet", "Kind", "Rules", *map(str, ACTIONS.values())), map(_sheet, sheets)),
        "## Acts that take two persons",
        _table(("Act", "Key", "Confirmed by"), [_act(key) for key in sorted(ACTS)]),
        "## Rules",
    ]
    for section in SECTIONS:
        rows = [_rule(upheld(article)) for article in section.articles]
        parts += [f"### {section.title}", _table(("Rule", "Demands", "Built in"), rows)]
    return parts


def _roles() -> list[tuple[str, ...]]:
    return [_role(role) for role in ROLES.values()]


def _role(role: type[Role]) -> tuple[str, ...]:
    return (
        str(role.name),
        f"`{role.key}`",
        str(role.given_by.label),
        ", ".join(str(scope.label) for scope in role.scopes),
        ", ".join(str(duty.label) for duty in role.duties) or "–",
        "yes" if role.sees_names else "no",
        "needs a last day" if role.must_end else "–",
    )


def _sheet(sheet: Sheet) -> tuple[str, ...]:
    words = [who(sheet, action) for action in Action]
    return (str(sheet.name), f"`{sheet.target_kind}`", " ".join(sheet.numbers), *words)


def _act(key: str) -> tuple[str, ...]:
    return (str(ACTS[key].name), f"`{key}`", str(ACTS[key].confirm.says))


def _rule(one: Upheld) -> tuple[str, ...]:
    built = [f"`{place.code}`: {place.says}" for place in one.places] or ["**not built yet**"]
    still = [f"*{one.article.still}*"] if one.article.still else []
    return (one.article.number, str(one.article.title), "<br>".join([*built, *still]))


def events() -> list[str]:
    """Return the page of what the journal can say, in both languages."""
    found = operations()
    rows = [
        (
            f"`{event}`",
            _in("en", WORDS[event]),
            _in("zh-hans", WORDS[event]),
            found.get(event, NOT_OPERATIONS),
        )
        for event in sorted(WORDS | found)
    ]
    return [
        "# Events",
        "What the journal can say: one event for each operation, and what it notes itself. A "
        "new operation brings its words in `registration.py` of its domain.",
        _table(("Event", "English", "Chinese", "Operation"), rows),
    ]


def operations() -> dict[str, str]:
    """Return where each event's operation stands, by event."""
    found = {}
    for module in everything():
        for name, thing in vars(module).items():
            if (
                isfunction(thing)
                and thing.__module__ == module.__name__
                and hasattr(thing, "event")
            ):
                place = f"{module.__name__}.{name}"
                found[thing.event] = f"`{place.removeprefix('tonghu.')}`"
    return found


def commands() -> list[str]:
    """Return the page of the command line."""
    parts = [
        "# Commands",
        "The one command is `tonghu`. Exit code 0: done; 1: refused, with the reason on standard "
        "error; 2: wrong use. What `--json` prints is one document on standard output. "
        "`TONGHU_HOME` names the data folder for all of them.",
    ]
    whole = cli.parser()
    verbs = next(a for a in whole._actions if isinstance(a, argparse._SubParsersAction))
    about = {choice.dest: choice.help or "" for choice in verbs._choices_actions}
    for name, command in verbs.choices.items():
        shown = [a for a in command._actions if a.dest != "help" and a.help != argparse.SUPPRESS]
        parts += [f"## tonghu {name}", f"{about[name][0].upper()}{about[name][1:]}."]
        if shown:
            parts.append(_table(("Argument", "Meaning"), [_argument(a) for a in shown]))
    return parts


def _argument(action: argparse.Action) -> tuple[str, str]:
    value = action.metavar or action.dest.upper()
    if action.choices:
        value = " | ".join(action.choices)
    named = " ".join([*action.option_strings[:1], *([] if action.nargs == 0 else [str(value)])])
    return (f"`{named}`", f"{action.help or ''}{' (required)' if action.required else ''}")


def _in(language: str, words: Promise) -> str:
    with override(language):
        return str(words)


def _page(parts: Sequence[str]) -> str:
    return "\n\n".join([MARK, *parts]) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(one) for one in line)} |" for line in lines)


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    for domain in messages.domains():
        messages.compile_catalogue(domain)
    generated.run(files(), about=__doc__, again="python tools/reference.py")
