import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tools import reference

from tonghu.config import cli
from tonghu.kernel.environment import SETTINGS

ROOT = Path(reference.ROOT)
NAME = re.compile(r"\b(?:TONGHU_[A-Z_]+|DATABASE_URL)\b")


def first_cells(page: str) -> list[str]:
    """The code in the first cell of each row."""
    return re.findall(r"^\| `([^`]+)` \|", page, re.M)


@pytest.fixture(scope="module")
def pages():
    return {
        path.stem: path.read_text("utf-8") for path in sorted((ROOT / "docs/reference").iterdir())
    }


def test_the_pages_are_what_would_be_written():
    # In a process of its own: tests of other parts sign up sheets and acts of theirs.
    check = [sys.executable, "tools/reference.py", "--check"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}

    done = subprocess.run(
        check, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_each_page_says_that_it_is_written_by_a_tool(pages):
    assert {name: page.splitlines()[0] for name, page in pages.items()} == dict.fromkeys(
        ("commands", "events", "permissions", "settings"), reference.MARK
    )


def test_no_page_names_this_machine(pages):
    here = re.compile(re.escape(str(ROOT)) + "|" + re.escape(str(Path.home())) + r"|0x[0-9a-f]{6}")

    assert [name for name, page in pages.items() if here.search(page)] == []


def test_every_setting_that_is_read_is_described():
    sources = (ROOT / "src" / "tonghu").rglob("*.py")

    read = {name for path in sources for name in NAME.findall(path.read_text("utf-8"))}

    assert read == {setting.name for setting in SETTINGS}


def test_every_described_setting_is_read():
    source = (ROOT / "src/tonghu/kernel/environment.py").read_text("utf-8")

    unread = [one.name for one in SETTINGS if f'read("{one.name}"' not in source]

    assert unread == []


def test_every_event_has_a_row(pages):
    assert reference.operations().keys() - set(first_cells(pages["events"])) == set()


def test_every_event_stands_in_both_languages(pages):
    rows = re.findall(r"^\| `(\S+)` \| (.+?) \| (.+?) \| .+ \|$", pages["events"], re.M)

    silent = [event for event, english, chinese in rows if not re.search("[一-鿿]", chinese)]

    assert silent == []
    assert len(rows) == len(first_cells(pages["events"]))


def test_every_command_has_a_chapter(pages):
    whole = cli.parser()
    verbs = next(iter(whole._subparsers._group_actions)).choices

    assert re.findall(r"^## tonghu (\S+)$", pages["commands"], re.M) == list(verbs)


def test_every_argument_says_what_it_is_for(pages):
    assert re.findall(r"^\| `[^`]+` \|  ?(?:\(required\) )?\|$", pages["commands"], re.M) == []
