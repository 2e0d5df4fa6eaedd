"""Measure what the product costs: ``make bench``, or ``python -m bench --quick`` to try it out.

A capability adds its figures in a file of its own with ``NAME`` and ``measure(folder, plan)``,
and its module to ``CAPABILITIES``.
"""

import argparse
import datetime as dt
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench import cases, house, people
from bench.figures import QUICK, WHOLE, Figure
from bench.machine import commit, load, machine, versions
from bench.report import Run, keep, publish, table

CAPABILITIES = {"house": house, "people": people, "casework": cases}


def main() -> int:
    """Measure, print one table, keep it; return 1 when a target does not hold."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few calls, nothing is kept")
    parser.add_argument("--only", choices=CAPABILITIES, help="one capability; the others stay kept")
    parser.add_argument("--rounds", type=int, default=WHOLE.rounds)
    parser.add_argument("--requests", type=int, default=WHOLE.requests, help="of each round")
    parser.add_argument("--paints", type=int, default=WHOLE.paints, help="visits of each page")
    asked = parser.parse_args()
    quick = asked.quick
    whole = replace(WHOLE, rounds=asked.rounds, requests=asked.requests, paints=asked.paints)
    run = Run(
        day=f"{dt.datetime.now(dt.UTC).date()}, {whole.rounds} rounds of {whole.requests} calls",
        commit=commit(),
        machine=machine(),
        load=load(),
        versions=versions(),
    )
    figures: list[Figure] = []
    for name in [asked.only] if asked.only else CAPABILITIES:
        capability = CAPABILITIES[name]
        with tempfile.TemporaryDirectory(prefix="tonghu-bench-") as folder:
            found = list(_said(capability.measure(Path(folder), QUICK if quick else whole)))
        figures += found
        if not quick:
            keep(capability.NAME, found, run)
    if not quick:
        publish({one.key: one.value for one in figures}, run)
    print(f"{run.machine}; {run.load}\n{run.versions}\n\n{table(figures)}")
    return int(not quick and not all(one.holds for one in figures))


def _said(figures: Iterator[Figure]) -> Iterator[Figure]:
    for one in figures:
        print(f"{one.key} {one.value:.3f} {one.detail}", file=sys.stderr, flush=True)
        yield one


if __name__ == "__main__":
    sys.exit(main())
