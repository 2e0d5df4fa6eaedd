"""Ask 'already known?' among a million children: ``python -m bench.million``, by hand.

Filling two databases with a million takes long and much room, so ``make bench`` leaves it out.
With ``--children`` it tries fewer and keeps nothing.
"""

import argparse
import datetime as dt
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.postgres import postgresql

from bench.figures import Figure
from bench.machine import commit, load, machine, versions
from bench.people import knowing, registry
from bench.report import Run, keep, publish, table

NAME = "The children, a million of them"
MILLION = 1_000_000
QUESTIONS = 60


def main() -> int:
    """Measure, print one line, keep it; return 1 when the target does not hold."""
    parser = argparse.ArgumentParser(prog="bench.million", description=__doc__)
    parser.add_argument("--children", type=int, default=MILLION)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    asked = parser.parse_args()
    run = Run(
        day=f"{dt.datetime.now(dt.UTC).date()}, {asked.questions} questions",
        commit=commit(),
        machine=machine(),
        load=load(),
        versions=versions(),
    )
    with tempfile.TemporaryDirectory(prefix="tonghu-bench-") as folder:
        figures = list(measure(Path(folder), asked.children, asked.questions))
    if asked.children == MILLION:
        keep(NAME, figures, run)
        publish({one.key: one.value for one in figures}, run)
    print(table(figures))
    return int(not all(one.holds for one in figures))


def measure(folder: Path, children: int, questions: int) -> Iterator[Figure]:
    """Fill an agency on both engines and ask whether children are known already."""
    with postgresql() as url:
        both = {
            "SQLite": registry(folder / "large", children),
            "PostgreSQL": registry(folder / "served", children, url),
        }
        yield knowing(both, children, questions, key="already_known_1m_cpu_ms")


if __name__ == "__main__":
    sys.exit(main())
