"""The children: found at once, known again, listed at the same cost however many there are."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from tests.postgres import postgresql

from bench.figures import Figure, Plan, in_turn
from bench.opening import AT_ONCE, Act, opens, seconds_of
from bench.product import ROOT, WHO, surroundings

NAME = "The children"
LINKAGE = ROOT.parent / "shared" / "data" / "linkage" / "sample_20k"


@dataclass(frozen=True)
class Registry:
    """An agency full of children, in a data folder and perhaps a PostgreSQL of its own."""

    home: Path
    agency: str
    database: str

    def ask(self, what: str, times: int) -> dict[str, Any]:
        """Ask this agency so many times and return what it cost."""
        return self.said("bench.asking", what, self.agency, str(times))

    def link(self, folder: Path, times: int) -> dict[str, Any]:
        """Look children of a list up among the others, and let pg_trgm do so too."""
        return self.said("bench.linkage", self.agency, str(folder), str(times))

    def bring(self, rows: int) -> dict[str, Any]:
        """Let a worker bring a list of so many rows and return what it cost."""
        return self.said("bench.bringing", self.agency, str(rows))

    def open(self, pages: int) -> list[float]:
        """Let eight browsers open so many children's pages each and return what each took."""
        entered = self.enter()
        return self.let(opens([f"/children/{one}/" for one in entered["files"]]), entered, pages)

    def enter(self) -> dict[str, Any]:
        """Let the worker in with eight browsers; return their cookies and the files she holds."""
        return self.said("bench.entering", self.agency, str(AT_ONCE))

    def let(self, act: Act, entered: dict[str, Any], times: int) -> list[float]:
        """Let eight browsers do something so often each and return what each took."""
        environment = _environment(self.home, self.database)
        return seconds_of(act, self.home, environment, entered["cookies"], times)

    def run(self, module: str, *arguments: str) -> None:
        """Run a module of the bench on this agency."""
        _run(self.home, self.database, "-m", module, *arguments)

    def said(self, module: str, *arguments: str) -> dict[str, Any]:
        """Run a module of the bench on this agency and return what it prints."""
        said: dict[str, Any] = json.loads(_run(self.home, self.database, "-m", module, *arguments))
        return said


def measure(folder: Path, plan: Plan) -> Iterator[Figure]:
    """Measure what the children's part promises, on SQLite and on PostgreSQL."""
    few, many = plan.rows
    sample = 4 if plan.quick else 60
    small, large = registry(folder / "few", few), registry(folder / "many", many)
    with postgresql() as url:
        served = registry(folder / "served", many, url)
        both = {"SQLite": large, "PostgreSQL": served}
        yield searching(both, many, sample)
        yield knowing(both, many, sample)
        yield opening(both, many, 3 if plan.quick else 50)
        yield from bringing(both, many, 200 if plan.quick else 5000)
    with postgresql() as url:
        yield from linking(registry(folder / "linked", 0, url), plan)
    yield listing(large, small, plan)


def registry(home: Path, children: int, url: str = "") -> Registry:
    """Found an agency and enter so many children."""
    setup = ["-m", "tonghu.config.cli", "setup", "--agency", "秦慧社工", *WHO, "--json"]
    agency = json.loads(_run(home, url, *setup))["agency"]
    if children:
        _run(home, url, "-m", "bench.children", agency, str(children))
    return Registry(home, agency, url)


def _environment(home: Path, url: str) -> dict[str, str]:
    return surroundings(home) | ({"DATABASE_URL": url} if url else {})


def _run(home: Path, url: str, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        env=_environment(home, url),
        cwd=home.parent,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return done.stdout


def searching(both: dict[str, Registry], many: int, sample: int) -> Figure:
    """Look for children by each kind of scrap."""
    worst, words = 0.0, []
    for engine, one in both.items():
        seconds = one.ask("search", sample)
        slowest = max(seconds, key=lambda kind: median(seconds[kind]))
        p95 = quantiles(chain.from_iterable(seconds.values()), n=20)[-1] * 1000
        worst = max(worst, p95)
        words.append(
            f"{engine} {p95:.1f}, the slowest kind {slowest} {median(seconds[slowest]) * 1000:.1f}"
        )
    return Figure(
        "search_p95_ms",
        f"A child among {many:,} by any scrap, 95 % of the answers within",
        worst,
        "ms",
        50,
        "; ".join(words),
    )


def knowing(
    both: dict[str, Registry], many: int, sample: int, key: str = "already_known_cpu_ms"
) -> Figure:
    """Ask whether a child is known already."""
    costs = {engine: median(one.ask("known", sample)["cpu"]) for engine, one in both.items()}
    return Figure(
        key,
        f"'Already known?' among {many:,}, CPU of one question",
        max(costs.values()) * 1000,
        "ms",
        20,
        "; ".join(f"{engine} {cost * 1000:.1f}" for engine, cost in costs.items()),
    )


def opening(both: dict[str, Registry], many: int, pages: int) -> Figure:
    """Let eight people open one child's page after the other, without a pause."""
    found = {engine: one.open(pages) for engine, one in both.items()}
    p95 = {engine: quantiles(seconds, n=20)[-1] * 1000 for engine, seconds in found.items()}
    return Figure(
        "child_page_p95_ms",
        f"A child's page among {many:,}, {AT_ONCE} at once without a pause, 95 % within",
        max(p95.values()),
        "ms",
        150,
        "; ".join(
            f"{engine} {p95[engine]:.0f}, the middle {median(seconds) * 1000:.0f}"
            for engine, seconds in found.items()
        ),
    )


def bringing(both: dict[str, Registry], many: int, rows: int) -> Iterator[Figure]:
    """Read a roster and take it over, on both engines; the slower one counts."""
    found = {engine: one.bring(rows) for engine, one in both.items()}

    def slowest(part: str) -> tuple[float, str]:
        words = "; ".join(f"{engine} {said[part]:.0f}" for engine, said in found.items())
        return min(said[part] for said in found.values()), words

    read, of_reading = slowest("read")
    written, of_writing = slowest("written")
    yield Figure(
        "roster_read_rows_s",
        f"A roster of {rows:,} rows read and checked, in a second",
        read,
        "rows",
        None,
        of_reading,
        at_least=2000,
    )
    yield Figure(
        "roster_write_rows_s",
        f"Its rows compared with {many:,} children and written, in a second",
        written,
        "rows",
        None,
        of_writing,
        at_least=300,
    )
    yield Figure(
        "roster_peak_mb",
        "Memory of the process that does both, at most",
        max(said["peak"] for said in found.values()),
        "MB",
        300,
        "; ".join(f"{engine} {said['peak']:.0f}" for engine, said in found.items()),
    )


def linking(empty: Registry, plan: Plan) -> Iterator[Figure]:
    """Compare with pg_trgm on a list whose repeats are known."""
    folder = Path(os.environ.get("TONGHU_LINKAGE", LINKAGE))
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} holds the list of repeats; name it in TONGHU_LINKAGE.")
    said = empty.link(folder, 10 if plan.quick else 1000)
    best = max(said["by_name"], said["by_all"])
    yield Figure(
        "already_known_missed_vs_pg_trgm",
        "Repeats not among the first ten, beyond those pg_trgm misses too",
        best - said["ours"],
        "",
        0,
        f"of {said['asked']} we found {said['ours']}, pg_trgm {said['by_name']} by name and"
        f" {said['by_all']} by all that is written",
    )
    yield Figure(
        "already_known_hits_vs_pg_trgm",
        "Repeats among the first ten, of those pg_trgm finds",
        said["ours"] / max(best, 1),
        "×",
        None,
        "at least 1 is promised: the line above holds it to that",
    )


def listing(large: Registry, small: Registry, plan: Plan) -> Figure:
    """Show twenty children of ten times as many."""
    rounds = 1 if plan.quick else 5
    found = in_turn(
        rounds,
        lambda: large.ask("list", 10)["cpu"],
        lambda: small.ask("list", 10)["cpu"],
    )
    few, many = plan.rows
    return Figure(
        "child_list_100k_vs_10k_cpu",
        f"A list of 20 of {many:,} children, of the CPU of one of {few:,}",
        found.ratio,
        "×",
        1.5,
        found.words(),
    )
