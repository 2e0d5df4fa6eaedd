"""Write NOTICE: whose files the product carries and whose libraries it requires.

python tools/notice.py           # write it
python tools/notice.py --check   # fail when it is not what would be written
"""

import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tools import generated, vendor  # noqa: E402

from tonghu.portals.licences import licence_of  # noqa: E402 -- the path is set above

HEAD = """\
Tonghu (童护)
Copyright the Tonghu authors
Licensed under the Apache License, Version 2.0; see LICENSE.

Written by tools/notice.py from vendor.toml, tools/vendor-fonts.toml and requirements/.
"""
CARRIED = "Files of others that this package carries, unchanged, with the SHA-256 of each"
REQUIRED = "Libraries that this package requires; installed beside it, not carried"


def notice(files: list[dict[str, Any]], requirements: dict[str, str]) -> str:
    """Return the text for the carried files and the required libraries with their versions."""
    parts = [HEAD, _heading(CARRIED)]
    packages = {(file["package"], file["version"], file["licence"]) for file in files}
    for package, version, licence in sorted(packages):
        of_it = [one for one in files if one["package"] == package]
        lines = [f"{package} {version} ({licence})"]
        lines += [f"  {one['target']}\n    {one['sha256']}" for one in of_it]
        parts.append("\n".join(lines) + "\n")
    libraries = [
        f"{name} {version} ({licence_of(name).licence})"
        for name, version in sorted(requirements.items())
    ]
    return "\n".join([*parts, _heading(REQUIRED), "\n".join(libraries)]) + "\n"


def required(folder: Path = ROOT / "requirements") -> dict[str, str]:
    """Return the direct requirements of the running product with the versions of the lock."""
    lock = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (folder / "run.txt").read_text("utf-8"), re.M))
    lines = (folder / "run.in").read_text("utf-8").split()
    names = [re.split(r"[\[<>=]", line)[0] for line in lines]
    return {name: lock[name] for name in names}


def _heading(words: str) -> str:
    return f"{words}\n{'-' * len(words)}\n"


def files() -> dict[str, str]:
    """Return NOTICE as it would be written."""
    return {"NOTICE": notice(vendor.listed(), required())}


if __name__ == "__main__":
    generated.run(files(), about=__doc__, again="python tools/notice.py")
