from textwrap import dedent

import pytest

from tests.architecture.source import Module, modules


@pytest.fixture(scope="session")
def sources():
    """The product's own modules, migrations left out."""
    return modules()


@pytest.fixture
def plant(tmp_path):
    """A made-up package with a fault in it: ``plant({"casework/operations.py": "…"})``."""

    def planted(files: dict[str, str]) -> list[Module]:
        for name, text in files.items():
            path = tmp_path / "tonghu" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), "utf-8")
        return modules(tmp_path / "tonghu")

    return planted
