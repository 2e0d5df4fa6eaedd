"""Goal attainment scaling: one figure for several goals, each from −2 to +2.

The formula is that of T. J. Kiresuk and R. E. Sherman, *Goal attainment scaling: A general method
for evaluating comprehensive community mental health programs*, Community Mental Health Journal 4
(1968), 443–453::

    T = 50 + 10 Σ(w·x) / √((1 − r) Σw² + r (Σw)²),   r = 0.3

``x`` is the step of a goal, ``w`` its weight, ``r`` what the goals are taken to have in common. 50
says that on the whole it went as hoped. The figure is the case's; nobody is ranked by it.
"""

from collections.abc import Sequence
from math import sqrt

IN_COMMON = 0.3
"""How far the goals of one person go together, as the authors propose."""


def t_score(levels: Sequence[int], weights: Sequence[int] = ()) -> float | None:
    """Return T to two places, or nothing where no goal was rated; without weights all count alike.

    :raises ValueError: when a level is not one of the five, or the weights are another number.
    """
    if not levels:
        return None
    weighed = list(weights) or [1] * len(levels)
    if len(weighed) != len(levels) or any(abs(level) > 2 for level in levels):
        raise ValueError("Each goal has one of five levels, and a weight of its own.")
    attained = sum(w * x for w, x in zip(weighed, levels, strict=True))
    squares = sum(w * w for w in weighed)
    spread = (1 - IN_COMMON) * squares + IN_COMMON * sum(weighed) ** 2
    return round(50 + 10 * attained / sqrt(spread), 2)
