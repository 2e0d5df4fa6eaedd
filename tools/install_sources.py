"""Put the sources on the environment's path, with the metadata and the command of the wheel.

Pip's editable install would build in isolation and fetch the build tools once more; this writes
the three small files that it would write.
"""

import sys
import sysconfig
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

COMMAND = """#!{python}
import sys
from tonghu.config.cli import main
sys.exit(main())
"""


def main() -> None:
    """Write the path file, the metadata and the command."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    site = Path(sysconfig.get_path("purelib"))
    (site / "tonghu.pth").write_text(f"{ROOT / 'src'}\n")
    about = site / f"tonghu-{project['version']}.dist-info"
    about.mkdir(exist_ok=True)
    lines = [
        "Metadata-Version: 2.3",
        "Name: tonghu",
        f"Version: {project['version']}",
        f"License-Expression: {project['license']}",
        *(f"Requires-Dist: {line}" for line in requirements()),
    ]
    (about / "METADATA").write_text("\n".join(lines) + "\n")
    (about / "RECORD").write_text("")
    command = Path(sysconfig.get_path("scripts")) / "tonghu"
    command.write_text(COMMAND.format(python=sys.executable))
    command.chmod(0o755)


def requirements() -> list[str]:
    """Return the direct requirements as the inputs of the lock name them."""
    lines = (ROOT / "requirements" / "run.in").read_text().splitlines()
    return [line.strip() for line in lines if line.strip()]


main()
