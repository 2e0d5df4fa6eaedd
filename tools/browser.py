"""Find Chromium for the browser tests, install it where that is allowed, or say what to do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def chromium() -> str:
    """Return the path of a Chromium.

    :raises SystemExit: with the one line that says how to get it.
    """
    named = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if named and Path(named).exists():
        return named
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(
            "installing Debian's Chromium and a Chinese typeface for the browser tests", flush=True
        )
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(
            [
                "apt-get",
                "install",
                "-y",
                "-qq",
                "--no-install-recommends",
                "chromium",
                "fonts-noto-cjk",
            ],
            check=True,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
        )
        return "/usr/bin/chromium"
    raise SystemExit(
        "The browser tests need Chromium. As root: apt-get install chromium fonts-noto-cjk "
        "(or name another one in CHROMIUM)."
    )


if __name__ == "__main__":
    sys.stdout.write(chromium() + "\n")
