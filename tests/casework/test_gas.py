import pytest

from tonghu.casework.gas import t_score


@pytest.mark.parametrize(
    ("levels", "weights", "score"),
    [
        ([0], [], 50),
        ([1], [], 60),
        ([1, 1, 1], [], 63.69),
        ([-2, -2, -2], [], 22.61),
        ([2, 0, -1], [3, 1, 1], 62.82),
    ],
)
def test_goals_are_attained_by_the_published_formula(levels, weights, score):
    assert t_score(levels, weights) == score


def test_without_a_goal_there_is_no_figure():
    assert t_score([]) is None


@pytest.mark.parametrize(("levels", "weights"), [([3], []), ([1, 1], [1])])
def test_what_is_no_step_of_the_scale_has_no_figure(levels, weights):
    with pytest.raises(ValueError, match="five levels"):
        t_score(levels, weights)
