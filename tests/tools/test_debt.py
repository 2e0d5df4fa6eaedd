import re
from pathlib import Path

DEBT = Path(__file__).resolve().parent.parent.parent / "DEBT.md"
MOST = 10


def entries(text: str) -> list[str]:
    """The numbered entries of a list of debt."""
    return re.split(r"^\d+\. ", text, flags=re.M)[1:]


def without_a_step(text: str) -> list[str]:
    """Entries that do not say what is done about them."""
    return [entry.split("**")[1] for entry in entries(text) if "Next: " not in entry]


def test_debt_is_short_and_each_has_its_next_step():
    text = DEBT.read_text("utf-8")

    assert 0 < len(entries(text)) <= MOST
    assert without_a_step(text) == []


def test_debt_without_a_next_step_is_named():
    text = "# Debt\n\n1. **Slow.** Next: measure.\n2. **Ugly.** One day.\n"

    assert without_a_step(text) == ["Ugly."]
