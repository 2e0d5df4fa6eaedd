import io
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tonghu.kernel.logs import Nameless

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = "小雨"
ASK = """
import logging, django
from django.conf import settings
django.setup()
logging.getLogger("tonghu.jobs").warning("job %s: no space", 7)
settings.ROOT_URLCONF = "tests.kernel.broken_urls"
from django.test import Client
client = Client(raise_request_exception=False, SERVER_NAME="localhost")
print(client.get("/children/小雨/", {"name": "小雨"}).status_code)
print(client.get("/nothing/小雨/").status_code)
print(client.get("/house/", SERVER_NAME="xiaoyu.example").status_code)
"""


@pytest.fixture
def log():
    """A log of its own: ``log.text()`` is what it told."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    handler.setFormatter(Nameless("%(levelname)s %(message)s"))
    logger = logging.Logger("planted")
    logger.addHandler(handler)
    logger.text = told.getvalue
    return logger


def broken(name: str) -> None:
    raise ValueError(f"{name} is there twice")


def test_a_bug_is_told_by_kind_and_place_without_its_words(log):
    try:
        broken(NAME)
    except ValueError:
        log.exception("job %s broke", 7)

    assert log.text().splitlines()[0] == "ERROR job 7 broke"
    assert log.text().splitlines()[-1] == "builtins.ValueError"
    assert "in broken" in log.text()
    assert NAME not in log.text()


def test_the_errors_a_bug_came_from_are_told_too(log):
    try:
        try:
            broken(NAME)
        except ValueError as error:
            raise KeyError(NAME) from error
    except KeyError:
        log.exception("broke")

    kinds = [line for line in log.text().splitlines() if line.startswith("builtins.")]
    assert kinds == ["builtins.ValueError", "builtins.KeyError"]
    assert NAME not in log.text()


def test_what_another_handler_kept_of_the_words_is_not_told(log):
    other = logging.StreamHandler(io.StringIO())
    log.handlers.insert(0, other)

    try:
        broken(NAME)
    except ValueError:
        log.exception("broke")

    assert NAME in other.stream.getvalue()
    assert NAME not in log.text()


def test_a_broken_page_is_told_by_its_route_and_a_missing_one_not_at_all(tmp_path):
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "TONGHU_HOME": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["500", "404", "400"]
    assert re.findall(r"(?:WARNING|ERROR) \S+: (.+)", done.stderr) == [
        "job 7: no space",
        "GET children/<str:name>/",
    ]
    assert done.stderr.splitlines()[-1] == "django.db.utils.IntegrityError"
    assert NAME not in done.stderr
    assert "xiaoyu" not in done.stderr
