"""What the wheel carries beyond the sources: pinned requirements, messages, packed statics.

Two hooks of hatchling: the requirements are the lock that the tests ran with, so that the
wheel installs what was tested; messages and statics are built if ``make`` has not yet.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

ROOT = Path(__file__).resolve().parent.parent
BUILT = ("src/tonghu/static", "src/tonghu/*/locale/*/LC_MESSAGES/*.mo")


def pins() -> list[str]:
    """Return the direct requirements with the versions of the lock."""
    lock = dict(
        re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "requirements/run.txt").read_text(), re.M)
    )
    wanted = [line.strip() for line in (ROOT / "requirements/run.in").read_text().splitlines()]
    found = []
    for line in filter(None, wanted):
        name = re.split(r"[\[<>=]", line)[0]
        extra = re.search(r"\[.+\]", line)
        found.append(f"{name}{extra[0] if extra else ''}=={lock[name]}")
    return found


class PinnedRequirements(MetadataHookInterface):
    """Writes the pins into the wheel's metadata."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Set what the wheel requires."""
        metadata["dependencies"] = pins()


class BuiltFiles(BuildHookInterface):  # type: ignore[type-arg]
    """Builds messages and statics, and puts them into the wheel though git ignores them."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is ignored by git and name it as part of the wheel."""
        if version == "editable":
            return
        for command in (["tools/messages.py", "compile"], ["tools/pack.py", "src/tonghu/static"]):
            subprocess.run([sys.executable, *command], cwd=ROOT, check=True)
        build_data["artifacts"] += BUILT
