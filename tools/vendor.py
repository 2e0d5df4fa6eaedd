"""Fetch the third-party files with ``npm pack``, check them, copy them.

``vendor.toml`` names those of the pages, ``tools/vendor-fonts.toml`` those of the documents. A
maintainer runs this; users and servers never do. ``--check`` only compares what is there.
"""

import argparse
import hashlib
import subprocess
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LISTS = ("vendor.toml", "tools/vendor-fonts.toml")


def listed() -> list[dict[str, Any]]:
    """Return the files of all lists."""
    return [
        file for name in LISTS for file in tomllib.loads((ROOT / name).read_text("utf-8"))["file"]
    ]


def unlisted(files: list[dict[str, Any]]) -> list[str]:
    """Return what lies in the folders of others' files, and in no list."""
    named = {file["target"] for file in files}
    folders = {(ROOT / target).parent for target in named}
    found = {path for folder in folders for path in folder.iterdir() if path.is_file()}
    return sorted({path.relative_to(ROOT).as_posix() for path in found} - named)


def faults(files: list[dict[str, Any]]) -> list[str]:
    """Return a sentence for each file that is missing or not the one its list names."""
    return [fault for file in files if (fault := _fault(file))]


def _fault(file: dict[str, Any]) -> str:
    target = ROOT / file["target"]
    if not target.is_file():
        return f"{file['target']} is missing"
    found = hashlib.sha256(target.read_bytes()).hexdigest()
    if found != file["sha256"]:
        return f"{file['target']}: sha256 is {found}, its list says {file['sha256']}"
    return ""


def fetch(file: dict[str, Any]) -> None:
    """Take one file out of its published package and put it in its place."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{file['package']}@{file['version']}"
        done = subprocess.run(
            ["npm", "pack", "--silent", wanted, "--pack-destination", folder],
            check=True,
            capture_output=True,
            text=True,
        )
        with tarfile.open(Path(folder) / done.stdout.split()[-1]) as archive:
            inside = archive.extractfile(file["member"])
            if inside is None:
                raise SystemExit(f"{wanted} has no {file['member']}")
            target = ROOT / file["target"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(inside.read())


def main() -> None:
    """Fetch every file, or only compare what is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare with the lists")
    files = listed()
    if not parser.parse_args().check:
        for file in files:
            fetch(file)
    found = faults(files) + [f"{name} is in no list" for name in unlisted(files)]
    if found:
        raise SystemExit("\n".join(found))
    for file in files:
        print(f"{file['target']}  {file['package']} {file['version']}  {file['licence']}")


if __name__ == "__main__":
    main()
