"""On what and with what was measured."""

import os
import platform
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("django", "granian", "whitenoise", "django-allauth", "playwright")


def machine() -> str:
    """Return processor, cores, memory, system, and how busy it was."""
    cpu = Path("/proc/cpuinfo").read_text()
    names = [line.partition(":")[2].strip() for line in cpu.splitlines() if "model name" in line]
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    name = names[0] if names else platform.machine()
    return f"{name}, {os.cpu_count()} cores, {gib:.0f} GiB, Linux {platform.release()}"


def load() -> str:
    """Return the load of the last minute and quarter of an hour."""
    one, _five, fifteen = os.getloadavg()
    return f"load {one:.1f} in the last minute, {fifteen:.1f} in the last quarter of an hour"


def versions() -> str:
    """Return the versions that matter."""
    parts = [f"{name} {version(name)}" for name in PARTS]
    return (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {', '.join(parts)}"
    )


def commit() -> str:
    """Return the commit that was measured, marked when files differ from it."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=12"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip() or "unknown"
