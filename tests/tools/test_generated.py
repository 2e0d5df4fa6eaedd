import pytest
from tools import generated

FILES = {"docs/reference/a.md": "one\n", "NOTICE": "two\n"}


@pytest.fixture
def root(tmp_path):
    generated.write(FILES, tmp_path)
    return tmp_path


def test_written_files_are_not_stale(root):
    assert generated.stale(FILES, root) == []


def test_a_file_edited_by_hand_is_named(root):
    (root / "NOTICE").write_text("two and a half\n")

    assert generated.stale(FILES, root) == ["NOTICE is out of date"]


def test_a_file_taken_away_is_named(root):
    (root / "docs/reference/a.md").unlink()

    assert generated.stale(FILES, root) == ["docs/reference/a.md is missing"]
