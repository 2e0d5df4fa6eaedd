import pytest

from tonghu.kernel import checks
from tonghu.kernel.checks import Grade, check, ok, refused, run_checks, warning
from tonghu.kernel.registry import Registry


@pytest.fixture(autouse=True)
def nothing_registered(monkeypatch):
    monkeypatch.setattr(checks, "_checks", Registry("checks"))


def found(*, all_of_them: bool = True) -> dict[str, Grade]:
    return {name: verdict.grade for name, verdict in run_checks(all_of_them=all_of_them)}


def test_checks_run_in_the_order_of_their_names():
    check("keys")(lambda: warning("old", "rotate"))
    check("clock")(lambda: ok("stands"))
    check("disk")(lambda: refused("full", "make room"))

    assert list(found().items()) == [
        ("clock", Grade.OK),
        ("disk", Grade.REFUSED),
        ("keys", Grade.WARNING),
    ]


def test_long_checks_are_left_to_doctor():
    check("chain", at_start=False)(lambda: refused("broken", "restore"))
    check("clock")(lambda: ok("stands"))

    assert found(all_of_them=False) == {"clock": Grade.OK}
    assert found() == {"chain": Grade.REFUSED, "clock": Grade.OK}


def test_a_check_that_breaks_is_a_refusal_and_the_others_still_run():
    def breaks():
        raise OSError("no such folder")

    check("a")(breaks)
    check("b")(lambda: ok("well"))

    verdicts = dict(run_checks(all_of_them=True))

    assert verdicts["a"].grade is Grade.REFUSED
    assert verdicts["a"].words == "could not be checked: no such folder"
    assert verdicts["b"].grade is Grade.OK


def test_two_checks_of_one_name_are_a_mistake():
    first = check("clock")(lambda: ok("stands"))
    check("clock")(first)

    with pytest.raises(ValueError, match="clock"):
        check("clock")(lambda: ok("goes"))


def test_a_verdict_says_how_to_mend_it():
    verdict = refused("The disk is full.", "Make room.")

    assert (verdict.grade, verdict.words, verdict.mend) == (
        "refused",
        "The disk is full.",
        "Make room.",
    )
    assert ok("well").mend == ""


def test_checks_of_a_database_that_is_not_there_are_not_asked():
    asked = []
    check("data", asks_database=True)(lambda: asked.append("data") or ok("full"))
    check("keys")(lambda: ok("there"))
    nothing = refused("There is no database.", "Make one.")

    found = dict(run_checks(all_of_them=True, no_database=nothing))

    assert found == {"data": nothing, "keys": ok("there")}
    assert asked == []
