import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
CONFIG = ROOT / ".pre-commit-config.yaml"


@pytest.fixture(scope="module")
def hooks():
    repositories = yaml.safe_load(CONFIG.read_text("utf-8"))["repos"]
    assert [one["repo"] for one in repositories] == ["local"]
    return {hook["id"]: hook for hook in repositories[0]["hooks"]}


def test_the_hooks_are_such_as_their_program_accepts():
    check = [Path(sys.executable).parent / "pre-commit", "validate-config", CONFIG]

    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


def test_hooks_run_from_the_environment_and_fetch_nothing(hooks):
    assert {hook["language"] for hook in hooks.values()} == {"system"}
    assert {name for name, hook in hooks.items() if ".venv/bin/" not in hook["entry"]} == set()


def test_hooks_run_what_everything_runs(hooks):
    everything = (ROOT / "tools" / "everything.py").read_text("utf-8")

    steps = set(re.findall(r"Step\(\s*\"([^\"]+)\"", everything))

    assert set(hooks) - steps == {"generated"}


def test_hooks_name_scripts_that_are_there(hooks):
    scripts = {
        name for hook in hooks.values() for name in re.findall(r"tools/\w+\.py", hook["entry"])
    }

    assert {name for name in scripts if not (ROOT / name).is_file()} == set()
    assert scripts >= {"tools/messages.py", "tools/notice.py", "tools/reference.py"}
