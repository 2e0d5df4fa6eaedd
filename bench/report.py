"""The table for people (``RESULTS.md``) and the figures for other programs (``results.json``)."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Figure

FOLDER = Path(__file__).resolve().parent
HEAD = """# What it costs

Written by `make bench`, newest run of each capability. Ratios are the median of rounds measured
in turn (A B A B …) in one run, against a plain Django that the bench builds itself; CPU is user
and system time of all processes of a server. Absolute figures depend on the machine and on what
else it does.
"""


@dataclass(frozen=True)
class Run:
    """Where, when and on what was measured."""

    day: str
    commit: str
    machine: str
    load: str
    versions: str


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a table that reads well in a terminal too."""
    rows = [("figure", "measured", "at most", "", "in detail")]
    rows += [
        (
            one.says,
            _number(one.value, one.unit),
            _target(one),
            "holds" if one.holds else "DOES NOT HOLD",
            one.detail,
        )
        for one in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "| " + " | ".join(f"{cell:{w}}" for cell, w in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _target(figure: Figure) -> str:
    if figure.at_least is not None:
        return f"at least {_number(figure.at_least, figure.unit)}"
    return "–" if figure.at_most is None else _number(figure.at_most, figure.unit)


def _number(value: float, unit: str) -> str:
    said = f"{value:.0f}" if value == round(value) and unit in ("", "KB", "MB") else f"{value:.2f}"
    return f"{said} {unit}".strip()


def keep(name: str, figures: Sequence[Figure], run: Run, folder: Path = FOLDER) -> None:
    """Put a capability's newest run in the place of the one before."""
    path = folder / "RESULTS.md"
    written = path.read_text() if path.exists() else HEAD
    section = (
        f"## {name}\n\n{run.day}, commit {run.commit}  \n{run.machine}; {run.load}  \n"
        f"{run.versions}\n\n{table(figures)}\n"
    )
    parts = re.split(r"^(?=## )", written, flags=re.M)
    others = [part.rstrip() + "\n" for part in parts[1:] if not part.startswith(f"## {name}\n")]
    path.write_text("\n".join([HEAD, section, *others]))


def publish(figures: Mapping[str, float], run: Run, folder: Path = FOLDER) -> None:
    """Write the figures for other programs; those of capabilities not run stay."""
    path = folder / "results.json"
    before = json.loads(path.read_text())["ratios"] if path.exists() else {}
    ratios = before | {key: round(value, 4) for key, value in figures.items()}
    document = {"machine": run.machine, "commit": run.commit, "ratios": ratios}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
