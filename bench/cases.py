"""Casework: the case page, Today and a contact for eight at once among 1.5 million contacts."""

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from tests.postgres import postgresql

from bench.figures import Figure, Plan, in_turn
from bench.opening import AT_ONCE, Act, opens
from bench.people import Registry, registry

NAME = "Casework"
MOST = 150
MadeBy = Callable[[dict[str, Any]], Act]


def measure(folder: Path, plan: Plan) -> Iterator[Figure]:
    """Measure what casework promises, on SQLite and on PostgreSQL."""
    few, many = plan.rows
    times = 3 if plan.quick else 50
    small, large = worked(folder / "few", few), worked(folder / "many", many)
    with postgresql() as url:
        both = {"SQLite": large, "PostgreSQL": worked(folder / "served", many, url)}
        yield for_eight("case_page_p95_ms", f"A case among {many:,} children", both, _a_case, times)
        yield for_eight("today_p95_ms", "Today of a worker with forty cases", both, _today, times)
        yield for_eight("contact_save_p95_ms", "A contact, saved", both, _contact, times)
    yield grown(small, large, plan)


def worked(home: Path, children: int, url: str = "") -> Registry:
    """Found an agency full of children, cases and contacts."""
    found = registry(home, children, url)
    found.run("bench.working", found.agency)
    return found


def for_eight(key: str, what: str, both: dict[str, Registry], make: MadeBy, times: int) -> Figure:
    """Let eight people do something again and again; the slower engine counts."""
    found: dict[str, list[float]] = {}
    for engine, one in both.items():
        entered = one.enter() | one.said("bench.holding", one.agency)
        found[engine] = one.let(make(entered), entered, times)
    p95 = {engine: quantiles(seconds, n=20)[-1] * 1000 for engine, seconds in found.items()}
    return Figure(
        key,
        f"{what}, {AT_ONCE} at once without a pause, 95 % within",
        max(p95.values()),
        "ms",
        MOST,
        "; ".join(
            f"{engine} {p95[engine]:.0f}, the middle {median(seconds) * 1000:.0f}"
            for engine, seconds in found.items()
        ),
    )


def _a_case(entered: dict[str, Any]) -> Act:
    return opens([f"/cases/{one}/" for one in entered["cases"]])


def _today(entered: dict[str, Any]) -> Act:
    return opens(["/"])


def _contact(entered: dict[str, Any]) -> Act:
    """Return the act of saving a contact: the form was opened before, only the saving counts."""

    def save(visitor: Any, chance: Any) -> None:
        path = f"/children/{chance.choice(entered['files'])}/contacts/new/"
        form = getattr(visitor, "form", None)
        if form is None:
            form = visitor.form = visitor.hidden(visitor.get(path))
        fields = {"csrfmiddlewaretoken": form["csrfmiddlewaretoken"], **entered["contact"]}
        visitor.post(path, fields)

    return save


def grown(small: Registry, large: Registry, plan: Plan) -> Figure:
    """Show Today in an agency of ten times as many children."""
    rounds = 1 if plan.quick else 5
    found = in_turn(
        rounds,
        lambda: large.said("bench.holding", large.agency, "10")["cpu"],
        lambda: small.said("bench.holding", small.agency, "10")["cpu"],
    )
    few, many = plan.rows
    return Figure(
        "today_100k_vs_10k_cpu",
        f"Today among {many:,} children, of the CPU of Today among {few:,}",
        found.ratio,
        "×",
        1.5,
        found.words(),
    )
