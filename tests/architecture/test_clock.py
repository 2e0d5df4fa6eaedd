"""Only kernel.clock reads the clock."""

import ast
import re
from collections.abc import Iterable

import pytest

from tests.architecture.source import Module, dotted

READERS = {
    "config.serving": "the server's parent stays small: it does not load Django",
    "kernel.clock": "the one place",
}
"""Modules that read the clock, each with the reason."""

READS = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|timezone\.now|time\.time|time\.time_ns)$"
)
IMPORTED = {("time", "time"), ("time", "time_ns"), ("django.utils.timezone", "now")}
BY_ITSELF = re.compile(r"(^|\.)(localtime|localdate|Now)$")


def reading_the_clock(sources: Iterable[Module]) -> list[str]:
    """Places that read the present moment, or let a table or the database do it."""
    return [module.at(node) for module in sources for node in ast.walk(module.tree) if _reads(node)]


def _reads(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return bool(READS.search(dotted(node)))
    if isinstance(node, ast.ImportFrom):
        return any((node.module, alias.name) in IMPORTED for alias in node.names)
    if isinstance(node, ast.keyword):
        return node.arg in {"auto_now", "auto_now_add"}
    return isinstance(node, ast.Call) and not node.args and bool(BY_ITSELF.search(dotted(node)))


def test_only_the_clock_reads_the_clock(sources):
    found = {place.split(":")[0] for place in reading_the_clock(sources)}

    assert found == READERS.keys()


@pytest.mark.parametrize(
    "line",
    [
        "at = dt.datetime.now(dt.UTC)",
        "at = datetime.now()",
        "at = timezone.now()",
        "moment = models.DateTimeField(default=timezone.now)",
        "moment = models.DateTimeField(auto_now_add=True)",
        "today = dt.date.today()",
        "began = time.time()",
        "from time import time",
        "from django.utils.timezone import now",
        "today = timezone.localdate()",
        "rows.filter(until_at__gt=Now())",
    ],
)
def test_another_clock_is_named(plant, line):
    assert reading_the_clock(plant({"people/rosters.py": line})) == ["people.rosters:1"]


@pytest.mark.parametrize(
    "line", ["today = timezone.localdate(at)", "at = clock.now()", "began = time.monotonic()"]
)
def test_the_moment_that_was_passed_in_is_no_clock(plant, line):
    assert reading_the_clock(plant({"people/rosters.py": line})) == []
