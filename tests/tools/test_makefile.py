import re
from pathlib import Path

MAKEFILE = (Path(__file__).parents[2] / "Makefile").read_text()


def test_makefile_has_a_rule_for_each_name_it_declares():
    declared = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    ruled = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))

    names = " ".join(declared).split()

    assert [name for name in names if name not in ruled] == []
    assert "demo" in names
