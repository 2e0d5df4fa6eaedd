"""Files and functions fit in the head; names say what is in them; silence has a reason."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, Function, Module, modules

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40
LONG = {
    "faults.test_killed.test_server_killed_in_the_middle_of_writing_keeps_what"
    "_it_acknowledged_once": ("one story: a server writes, is killed, comes back, ten times"),
    "postgres._served": "one server's life in its order",
}
"""Files and functions that may be longer, each with the reason."""

JUNK = {
    "common",
    "core",
    "helper",
    "helpers",
    "manager",
    "managers",
    "misc",
    "shared",
    "util",
    "utils",
}
NOQA = re.compile(r"# noqa\b(?!: [A-Z0-9, ]+ -- \S)")


def too_long(sources: Iterable[Module]) -> list[str]:
    """Files and functions that ask to be split."""
    found = []
    for module in sources:
        if len(module.text.splitlines()) > LINES_OF_A_FILE:
            found.append(module.name)
        found += [
            f"{module.name}.{node.name}"
            for node in ast.walk(module.tree)
            if isinstance(node, Function) and _lines(node) > LINES_OF_A_FUNCTION
        ]
    return found


def _lines(node: Function) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def junk_drawers(folder: Path) -> list[str]:
    """Files and folders whose name says nothing."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.name.split(".")[0].lower() in JUNK and "__pycache__" not in path.parts
    )


def silenced_without_a_reason(sources: Iterable[Module]) -> list[str]:
    """Silenced checks that do not say why."""
    return [
        f"{module.name}:{number}"
        for module in sources
        for number, line in enumerate(module.text.splitlines(), 1)
        if NOQA.search(line)
    ]


@pytest.fixture(scope="module")
def everything():
    """The product, its tests, its tools."""
    folders = (PACKAGE, ROOT / "tests", ROOT / "tools", ROOT / "bench")
    return [module for folder in folders for module in modules(folder)]


def test_files_and_functions_fit_in_the_head(everything):
    assert sorted(set(too_long(everything))) == sorted(LONG)


def test_names_say_what_is_in_them():
    assert [name for part in ("src", "tests", "tools") for name in junk_drawers(ROOT / part)] == []


def test_every_silenced_check_says_why(sources):
    assert silenced_without_a_reason(sources) == []


def test_a_long_file_is_named(plant):
    assert too_long(plant({"people/rosters.py": "x = 1\n" * 401})) == ["people.rosters"]


def test_a_file_of_the_longest_length_is_not(plant):
    assert too_long(plant({"people/rosters.py": "x = 1\n" * 400})) == []


@pytest.mark.parametrize(("lines", "named"), [(39, []), (40, ["people.rosters.read"])])
def test_a_long_function_is_named(plant, lines, named):
    text = "def read():\n" + "    x = 1\n" * lines

    assert too_long(plant({"people/rosters.py": text})) == named


@pytest.mark.parametrize("name", ["utils.py", "helpers/__init__.py", "static/common.js"])
def test_a_junk_drawer_is_named(plant, tmp_path, name):
    plant({f"people/{name}": ""})

    assert junk_drawers(tmp_path) == [f"tonghu/people/{name.removesuffix('/__init__.py')}"]


@pytest.mark.parametrize("silence", ["# noqa", "# noqa: S105", "# noqa: S105 --"])
def test_silence_without_a_reason_is_named(plant, silence):
    planted = plant({"people/rosters.py": f"PASSWORD = 1  {silence}"})

    assert silenced_without_a_reason(planted) == ["people.rosters:1"]


def test_silence_with_a_reason_is_none(plant):
    planted = plant({"people/rosters.py": "PASSWORD = 1  # noqa: S105 -- made up"})

    assert silenced_without_a_reason(planted) == []
