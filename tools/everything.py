"""Run all that must pass, say what each step took, stop at nothing, fail at the end.

python tools/everything.py            # what CI runs
python tools/everything.py --quick    # what a commit needs: no browser, SQLite only
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.postgres import postgresql  # noqa: E402 -- the path is set above
from tools.browser import chromium  # noqa: E402

BIN = Path(sys.executable).parent
UNIT = [
    "--ignore=tests/browser",
    "--ignore=tests/wheel",
    "--ignore=tests/faults",
    "--ignore=tests/bench_smoke",
    "--ignore=tests/people/test_matrix.py",
]


@dataclass(frozen=True)
class Step:
    """One thing that must pass."""

    name: str
    command: list[str]


def program(name: str, *arguments: str) -> list[str]:
    """Return the command of a program of the environment."""
    return [str(BIN / name), *arguments]


def python(*arguments: str) -> list[str]:
    """Return the command of a script of ours."""
    return [sys.executable, *arguments]


STATIC = [
    Step("format", program("ruff", "format", "--check", "--quiet", ".")),
    Step("lint", program("ruff", "check", "--quiet", ".")),
    Step("contracts", program("lint-imports", "--no-cache")),
    Step("templates", program("djlint", "src", "--check", "--lint", "--quiet")),
    Step("messages", python("tools/messages.py", "check")),
    Step("vendored files", python("tools/vendor.py", "--check")),
    Step("notice", python("tools/notice.py", "--check")),
    Step("reference pages", python("tools/reference.py", "--check")),
    Step(
        "migrations",
        python(
            "-m",
            "django",
            "makemigrations",
            "--check",
            "--dry-run",
            "--settings",
            "tonghu.config.settings",
        ),
    ),
    Step("types", program("mypy", "src")),
]


def tests(name: str, *arguments: str) -> Step:
    """Return a run of pytest."""
    return Step(name, python("-m", "pytest", *arguments))


def main() -> int:
    """Run the steps and return 1 when one of them failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tonghu-test-") as home:
        environment = os.environ | {"PYTHONPATH": "src", "TONGHU_HOME": home}
        failed = [step.name for step in STATIC if not passed(step, environment)]
        unit = tests("unit tests, SQLite", "-n", "2", "tests", *UNIT)
        failed += [] if passed(unit, environment) else [unit.name]
        if not quick:
            failed += whole(environment)
    print(f"\n{time.monotonic() - began:.0f} s in all", flush=True)
    if failed:
        print(f"FAILED: {', '.join(failed)}", flush=True)
    return bool(failed)


def whole(environment: dict[str, str]) -> list[str]:
    """Run what takes longer: PostgreSQL, faults, the browser, the wheel."""
    failed = []
    with postgresql() as url:
        unit = tests("unit tests, PostgreSQL", "-n", "2", "tests", *UNIT)
        if not passed(unit, environment | {"DATABASE_URL": url}):
            failed.append(unit.name)
    environment = environment | {"CHROMIUM": chromium()}
    for step in (
        tests("matrix", "-n", "2", "tests/people/test_matrix.py"),
        tests("faults", "tests/faults"),
        tests("browser journeys", "tests/browser"),
        tests("the bench, a few calls", "tests/bench_smoke"),
        tests("the wheel alone", "tests/wheel"),
    ):
        if not passed(step, environment):
            failed.append(step.name)
    return failed


def passed(step: Step, environment: dict[str, str]) -> bool:
    """Run one step; show what it says only when it failed, or when it is a test run."""
    began = time.monotonic()
    done = subprocess.run(
        step.command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    took = time.monotonic() - began
    good = done.returncode == 0
    print(f"{'ok    ' if good else 'FAILED'} {step.name} ({took:.1f} s)", flush=True)
    if not good or "pytest" in step.command:
        print((done.stdout + done.stderr)[-20000:], flush=True)
    return good


if __name__ == "__main__":
    sys.exit(main())
