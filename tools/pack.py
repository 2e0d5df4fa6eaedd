"""Pack the static files as the wheel carries them, and say what they weigh.

    python tools/pack.py src/tonghu/static     # writes hashed names, each with .br and .gz
    python tools/pack.py                       # only measures

Comments and spare spaces go out of stylesheets; nothing else is changed. Only what is named
here is packed: the own statics of each package, and single files of third-party packages.
"""

import argparse
import gzip
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import brotli
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import FileSystemStorage

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "tonghu"
THIRD_PARTY = {
    "allauth.mfa": ("mfa/js/webauthn-json.js", "mfa/js/webauthn.js"),
}
LEFT_OUT = {".md"}
PACKABLE = {".css", ".js", ".svg", ".json", ".txt"}
BUDGETS = {".css": 9 * 1024, ".js": 25 * 1024}
NAMES = {".css": "stylesheet", ".js": "scripts"}


class Packed(ManifestFilesMixin, FileSystemStorage):  # type: ignore[misc]  # as Django's own
    """Names each file by its content and keeps the list of names beside them."""


def squeezed(css: str) -> str:
    """Return a stylesheet without comments and spare spaces."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r" ?([{};,>]) ?", r"\1", re.sub(r"\s+", " ", css))
    return css.replace(": ", ":").replace(";}", "}").strip()


def sources() -> dict[str, Path]:
    """Return every file to pack under the name pages call it by.

    :raises SystemExit: when a third-party package that pages need is not installed.
    """
    found = {
        path.relative_to(folder).as_posix(): path
        for folder in sorted(PACKAGE.glob("*/static"))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in LEFT_OUT
    }
    for package, names in THIRD_PARTY.items():
        for name in names:
            found[name] = _of(package) / "static" / name
    return found


def _of(package: str) -> Path:
    # The parent alone is asked for: finding a submodule would import the package.
    parent, _dot, child = package.partition(".")
    spec = find_spec(parent)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{parent} is not installed; its files belong to the pages")
    return Path(spec.submodule_search_locations[0], *child.split("."))


def pack(target: Path) -> None:
    """Write every file with its plain and its hashed name, and both compressed forms."""
    if not settings.configured:
        settings.configure(STATIC_URL="/static/", DEBUG=False)
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        _stage(Path(folder))
        staged = FileSystemStorage(location=folder)
        names = [path.relative_to(folder).as_posix() for path in _files(Path(folder))]
        shutil.copytree(folder, target)
        storage = Packed(location=target, base_url="/static/")
        for _name, _hashed, done in storage.post_process({name: (staged, name) for name in names}):
            if isinstance(done, Exception):
                raise done
    for path in list(_files(target)):
        _compress(path)


def _stage(folder: Path) -> None:
    for name, path in sources().items():
        copy = folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".css":
            copy.write_text(squeezed(path.read_text("utf-8")), "utf-8")
        else:
            copy.write_bytes(path.read_bytes())


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _compress(path: Path) -> None:
    if path.suffix not in PACKABLE or path.name == "staticfiles.json":
        return
    content = path.read_bytes()
    path.with_name(path.name + ".br").write_bytes(brotli.compress(content, quality=11))
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))


def weights() -> dict[str, dict[str, int]]:
    """Return what each stylesheet and script weighs on the line, by kind."""
    found: dict[str, dict[str, int]] = {kind: {} for kind in BUDGETS}
    for name, path in sources().items():
        if path.suffix in found:
            text = path.read_text("utf-8")
            content = squeezed(text) if path.suffix == ".css" else text
            found[path.suffix][name] = len(brotli.compress(content.encode(), quality=11))
    return found


def faults(weighed: dict[str, dict[str, int]]) -> list[str]:
    """Return a sentence for each budget that is not held."""
    return [
        f"{NAMES[kind]}: {sum(files.values())} bytes, the budget is {BUDGETS[kind]}"
        for kind, files in weighed.items()
        if sum(files.values()) > BUDGETS[kind]
    ]


def main() -> int:
    """Measure, and pack when a folder is named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    folder = parser.parse_args().folder
    weighed = weights()
    for kind, files in weighed.items():
        for name, size in files.items():
            print(f"{size:>7}  {name}")
        print(f"{sum(files.values()):>7}  {NAMES[kind]}, of {BUDGETS[kind]} allowed")
    if found := faults(weighed):
        print("\n".join(found))
        return 1
    if folder:
        pack(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
