"""Files that a tool writes and that stand in the repository: written, or only compared."""

import argparse
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def stale(files: Mapping[str, str], root: Path = ROOT) -> list[str]:
    """Return a sentence for each file that is not what would be written."""
    return [
        f"{name} is {'out of date' if (root / name).is_file() else 'missing'}"
        for name, text in files.items()
        if not (root / name).is_file() or (root / name).read_text("utf-8") != text
    ]


def write(files: Mapping[str, str], root: Path = ROOT) -> None:
    """Write each file, making its folder where there is none."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")


def run(files: Mapping[str, str], *, about: str | None, again: str) -> None:
    """Write the files, or with ``--check`` fail on each that ``again`` would change."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--check", action="store_true", help="only compare")
    if not parser.parse_args().check:
        write(files)
    elif faults := stale(files):
        raise SystemExit("\n".join([*faults, f"Run: {again}"]))
