import pytest

from tonghu.kernel import law
from tonghu.kernel.law import LAST, places, upholds


@pytest.fixture(autouse=True)
def nothing_noted(monkeypatch):
    monkeypatch.setattr(law, "_places", {})


def test_what_upholds_a_rule_is_found_under_each_of_its_numbers():
    @upholds("R2", "R90")
    def ask():
        return "answer"

    @upholds("R2")
    class Sheet:
        pass

    name = f"{__name__}.test_what_upholds_a_rule_is_found_under_each_of_its_numbers.<locals>"
    assert places() == {"R2": [f"{name}.Sheet", f"{name}.ask"], "R90": [f"{name}.ask"]}
    assert ask() == "answer"


@pytest.mark.parametrize("number", ["R0", f"R{LAST + 1}", "R100", "R02", "2", "r2", "R2 ", ""])
def test_a_number_the_policy_does_not_have_is_a_mistake(number):
    with pytest.raises(ValueError, match="policy"):
        upholds(number)(lambda: None)

    assert places() == {}
