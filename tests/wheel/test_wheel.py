"""The built wheel alone is the product: no sources, no Node, no compiler, no network."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from a copy of the sources without anything fetched."""
    sources = tmp_path_factory.mktemp("sources") / "tonghu"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (sources / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, sources / name)
    for name in ("README.md", "NOTICE"):
        assert (sources / name).exists(), f"{name} is missing: the wheel names it"
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist"],
        cwd=sources,
        env=os.environ | {"PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = (sources / "dist").glob("tonghu-*.whl")
    return found


@pytest.fixture(scope="session")
def names(wheel) -> list[str]:
    with zipfile.ZipFile(wheel) as inside:
        return inside.namelist()


@pytest.fixture(scope="session")
def bare(wheel, tmp_path_factory) -> Path:
    """A bare environment with the wheel and what it requires, nothing of ours beside it."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    done = subprocess.run(
        [
            *(folder / "venv/bin/python", "-m", "pip", "install", "--quiet"),
            *("--only-binary", ":all:", "--constraint", constraints(folder), wheel),
        ],
        cwd="/",
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "venv"


def constraints(folder: Path) -> Path:
    """Return every version of the lock, without the hashes that only a lock may carry."""
    pins = re.findall(r"^[a-z0-9-]+==\S+", (ROOT / "requirements/run.txt").read_text(), re.M)
    (folder / "pins.txt").write_text("\n".join(pins))
    return folder / "pins.txt"


def test_wheel_carries_no_tests_no_maps_and_no_catalogue_that_nobody_reads(names):
    unwanted = [
        name
        for name in names
        if re.search(r"(^|/)tests?/|\.map(\.br|\.gz)?$|\.pyc$|\.md$|node_modules|conftest", name)
    ]
    assert unwanted == []
    catalogues = {name.rpartition(".")[0] for name in names if name.endswith(".po")}
    assert catalogues == {name.rpartition(".")[0] for name in names if name.endswith(".mo")}
    assert {re.search(r"/locale/(\w+)/", name)[1] for name in catalogues} == {"zh_Hans"}


def test_wheel_carries_statics_with_their_packed_forms_and_the_typeface(names):
    plain = [name for name in names if re.search(r"static/.*\.[0-9a-f]{12}\.(css|js)$", name)]

    assert len(plain) >= 3
    assert [name for name in plain if not {f"{name}.br", f"{name}.gz"} <= set(names)] == []
    assert [name for name in names if name.endswith((".otf", ".ttf"))] != []
    assert "tonghu/static/staticfiles.json" in names


def test_wheel_requires_what_was_tested(wheel, names):
    with zipfile.ZipFile(wheel) as inside:
        (said,) = [name for name in names if name.endswith("METADATA")]
        required = re.findall(r"^Requires-Dist: (.+)$", inside.read(said).decode(), re.M)

    locked = (ROOT / "requirements/run.txt").read_text()
    assert len(required) >= 15
    for one in required:
        name, _, pin = one.partition("==")
        assert re.search(rf"^{re.escape(name.partition('[')[0])}=={re.escape(pin)} ", locked, re.M)


def test_wheel_alone_serves_styles_both_languages_and_a_printed_page(bare, tmp_path):
    assert os.geteuid() == 0, "this test takes the network away (unshare --net), as root"
    journey = [sys.executable, "-m", "tests.wheel.journey", bare / "bin/python", tmp_path / "home"]

    done = subprocess.run(
        ["unshare", "--net", *journey],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines() == [
        "no way out",
        "an agency was entered",
        "styles come compressed",
        "pages speak zh-Hans and en",
        "invited and signed in",
        "printed with NotoSansSC-Bold, NotoSansSC-Regular",
        "doctor is content",
    ]
