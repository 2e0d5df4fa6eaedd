import shutil
from pathlib import Path

import psycopg
import pytest
from tools import messages, pack

from tests.faults.house import Browser, House
from tests.postgres import postgresql


@pytest.fixture(scope="session", autouse=True)
def _built():
    for domain in messages.domains():
        if domain.po.is_file() and not domain.po.with_suffix(".mo").is_file():
            messages.compile_catalogue(domain)
    assert (pack.ROOT / "src/tonghu/static").is_dir(), "run: tools/pack.py src/tonghu/static"


@pytest.fixture(scope="session")
def founded(tmp_path_factory) -> Path:
    """A data folder with tables and keys, to be copied."""
    one = House(tmp_path_factory.mktemp("founded") / "home")
    done = one.run("migrate")
    assert done.returncode == 0, done.stderr
    return one.home


@pytest.fixture
def house(tmp_path, founded):
    """A real house: tables and keys, nobody in it yet."""
    one = House(tmp_path / "home")
    shutil.copytree(founded, one.home)
    yield one
    one.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory) -> Path:
    """A data folder with the made-up agency, to be copied."""
    one = House(tmp_path_factory.mktemp("demonstration") / "home")
    try:
        one.serve("demo", "--data", str(one.home))
        one.terminate()
    finally:
        one.close()
    return one.home


@pytest.fixture
def demo(tmp_path, demonstration):
    """A copy of the made-up agency that serves with ``start``."""
    one = House(tmp_path / "home", {"TONGHU_DEMO": "1"})
    shutil.copytree(demonstration, one.home)
    yield one
    one.close()


@pytest.fixture
def administrator(demo):
    """He Jing sets up the agency, at a running server."""
    demo.serve()
    return Browser(demo.port).come_in("hejing")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def either(request, tmp_path_factory):
    """The made-up agency, served on either engine to everybody in this module."""
    home = tmp_path_factory.mktemp(request.param) / "home"
    one = House(home, {"TONGHU_DEMO": "1"})
    if request.param == "sqlite":
        one.serve("demo", "--data", str(home))
        yield one
        one.close()
        return
    with postgresql() as url:
        with psycopg.connect(url, autocommit=True) as database:
            database.execute("CREATE DATABASE demo")
        one.environ["DATABASE_URL"] = f"{url.rpartition('/')[0]}/demo"
        for arguments in (["migrate"], ["manage", "load_demo"]):
            done = one.run(*arguments)
            assert done.returncode == 0, done.stderr
        one.serve("start")
        yield one
        one.close()
