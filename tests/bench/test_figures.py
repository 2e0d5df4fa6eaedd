import json

from bench.figures import Figure, in_turn
from bench.report import Run, keep, publish, table

RUN = Run(day="2026-06-01", commit="abc", machine="m", load="l", versions="v")


def figure(value: float, at_most: float | None = 1.0) -> Figure:
    return Figure("a_key", "What it says", value, "×", at_most, "detail")


def test_in_turn_takes_the_middle_of_the_rounds_ratios():
    calls = []
    first, second = iter([1.0, 9.0, 2.0]), iter([1.0, 3.0, 1.0])

    def one(name, costs):
        calls.append(name)
        return next(costs)

    found = in_turn(3, lambda: one("A", first), lambda: one("B", second))

    assert calls == ["A", "B", "B", "A", "A", "B"]
    assert (found.ratios, found.ratio) == ([1.0, 3.0, 2.0], 2.0)
    assert (found.first, found.second) == (2000.0, 1000.0)


def test_figure_holds_up_to_its_target_and_always_without_one():
    assert [figure(1.0).holds, figure(1.01).holds, figure(9, None).holds] == [True, False, True]


def test_figure_that_must_reach_something_holds_from_there():
    found = [Figure("a_key", "What it says", value, "rows", None, "", 300) for value in (299, 300)]

    assert [one.holds for one in found] == [False, True]
    assert "at least 300.00 rows" in table(found)


def test_table_says_what_does_not_hold():
    assert "DOES NOT HOLD" in table([figure(2)])
    assert "DOES NOT HOLD" not in table([figure(1)])


def test_keep_replaces_a_capability_and_leaves_the_others(tmp_path):
    keep("Cases", [figure(0.5)], RUN, tmp_path)
    keep("The house", [figure(0.6)], RUN, tmp_path)
    keep("The house", [figure(0.7)], RUN, tmp_path)

    written = (tmp_path / "RESULTS.md").read_text()
    assert written.count("## The house") == written.count("## Cases") == 1
    assert ["0.70 ×" in written, "0.60 ×" in written, "0.50 ×" in written] == [True, False, True]


def test_publish_keeps_the_figures_of_capabilities_not_run(tmp_path):
    publish({"old": 1.0, "both": 1.0}, RUN, tmp_path)
    publish({"both": 2.0}, RUN, tmp_path)

    kept = json.loads((tmp_path / "results.json").read_text())
    assert kept == {"machine": "m", "commit": "abc", "ratios": {"old": 1.0, "both": 2.0}}
