"""Imports go down, know no cycle and stand at the top; the tools that say so do say so."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, Module, literal

BIN = Path(sys.executable).parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONTRACTS = {one["id"]: one for one in PROJECT["tool"]["importlinter"]["contracts"]}
ONE_FLOOR = {"kernel": "its operations.py is the door itself, its rooms are no domain's"}
"""Packages whose files have the names of rooms and are none."""


def floors() -> dict[str, int]:
    """The number of each package's floor, from the top."""
    return {
        name: number
        for number, layer in enumerate(CONTRACTS["domains"]["layers"])
        for name in re.findall(r"\w+", layer)
    }


def named_upward(sources: Iterable[Module]) -> list[str]:
    """Texts that name a module of a higher floor: an import that no import-linter sees."""
    height, faults = floors(), []
    for module in sources:
        for node in ast.walk(module.tree):
            found = re.fullmatch(r"tonghu\.(\w+)(\.\w+)+", literal(node) or "")
            target = found[1] if found else ""
            if target in height and height[target] < height.get(module.domain, -1):
                faults.append(f"{module.at(node)} names tonghu.{target}")
    return faults


@pytest.fixture
def broken(tmp_path):
    """A copy of the sources with a fault in it: ``broken("a.py", "…")`` tells what was found."""
    shutil.copytree(
        PACKAGE,
        tmp_path / "src" / "tonghu",
        ignore=lambda folder, names: [
            n for n in names if (Path(folder) / n).is_file() and not n.endswith(".py")
        ],
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)

    def contracts(name: str = "", text: str = "") -> list[str]:
        if name:
            path = tmp_path / "src" / "tonghu" / name
            path.parent.mkdir(exist_ok=True)
            kept = path.read_text("utf-8") if path.exists() else ""
            path.write_text(kept + text, "utf-8")
        done = subprocess.run(
            [BIN / "lint-imports", "--no-cache"],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": "src"},
            capture_output=True,
            text=True,
            check=False,
        )
        said = re.findall(r"^(.+) (KEPT|BROKEN)$", done.stdout, re.M)
        assert (done.returncode == 0) is all(state == "KEPT" for _, state in said), done.stdout
        assert len(said) == len(CONTRACTS), done.stdout + done.stderr
        ids = {one["name"]: one["id"] for one in CONTRACTS.values()}
        return [ids[contract] for contract, state in said if state == "BROKEN"]

    return contracts


def test_the_contracts_hold(broken):
    assert broken() == []


@pytest.mark.parametrize(
    ("name", "text", "contracts"),
    [
        ("kernel/ids.py", "\nfrom tonghu.access import roles\n", ["domains", "acyclic"]),
        ("jobs/constants.py", "\nfrom tonghu.documents import characters\n", ["domains"]),
        ("casework/__init__.py", "", []),
        ("reports/__init__.py", "", ["domains"]),
        ("access/models/people.py", "\nfrom tonghu.access import queries\n", ["inside", "acyclic"]),
        ("access/policy.py", "\nfrom tonghu.access.web import pages\n", ["inside", "acyclic"]),
        ("access/ring_a.py", "from tonghu.access import ring_b\n", []),
    ],
    ids=[
        "up",
        "up, and no cycle",
        "a planned domain",
        "a package without a floor",
        "models ask queries",
        "policy knows the web",
        "one way",
    ],
)
def test_a_broken_contract_is_named(broken, name, text, contracts):
    if name.endswith("ring_a.py"):
        broken("access/ring_b.py", "")

    assert broken(name, text) == contracts


def test_a_cycle_between_two_modules_is_named(broken):
    broken("access/ring_b.py", "from tonghu.access import ring_a\n")

    assert broken("access/ring_a.py", "from tonghu.access import ring_b\n") == ["acyclic"]


def test_every_domain_with_rooms_is_held_to_their_order():
    rooms = set(re.findall(r"\w+", " ".join(CONTRACTS["inside"]["layers"]))) - {"apps", "urls"}
    with_rooms = {
        folder.name
        for folder in PACKAGE.iterdir()
        if any((folder / room).is_dir() or (folder / f"{room}.py").is_file() for room in rooms)
    }

    held = {name.removeprefix("tonghu.") for name in CONTRACTS["inside"]["containers"]}

    assert with_rooms - ONE_FLOOR.keys() - held == set()
    assert "access" in with_rooms


def test_no_text_names_a_module_of_a_higher_floor(sources):
    assert named_upward(sources) == []


def test_a_text_that_names_a_higher_floor_is_named(plant):
    planted = plant(
        {
            "kernel/ids.py": 'journal = import_string("tonghu.access.journal.DatabaseJournal")',
            "portals/pages.py": 'journal = import_string("tonghu.access.journal.DatabaseJournal")',
        }
    )

    assert named_upward(planted) == ["kernel.ids:1 names tonghu.access"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("def f() -> None:\n    import json\n\n    json.loads('1')\n", "PLC0415"),
        ("from . import roles\n\nprint(roles)\n", "TID252"),
        ("import datetime as dt\n\nNOW = dt.datetime.now(dt.UTC)\n", "TID251"),
        ("from django.utils import timezone\n\nNOW = timezone.now()\n", "TID251"),
        ("from django.http import HttpRequest\n\nREQUEST = HttpRequest\n", "TID251"),
    ],
)
def test_ruff_names_what_the_house_forbids(text, rule):
    done = subprocess.run(
        [
            BIN / "ruff",
            "check",
            "--quiet",
            "--output-format",
            "concise",
            "--stdin-filename",
            "src/tonghu/access/planted.py",
            "-",
        ],
        cwd=ROOT,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )

    assert rule in re.findall(r" ([A-Z]+\d+) ", done.stdout)
    assert done.returncode == 1


@pytest.mark.parametrize("rule", ["PLC0415", "TID252"])
def test_nobody_silences_hidden_or_relative_imports(sources, rule):
    assert [module.name for module in sources if re.search(rf"noqa:.*{rule}", module.text)] == []
