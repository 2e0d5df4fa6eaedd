"""What a measurement says: one figure with its target, and how rounds become one figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One measured value; ``at_most`` is what it must not exceed, ``at_least`` what it must reach.

    Where neither is set the figure tells and promises nothing.
    """

    key: str
    says: str
    value: float
    unit: str
    at_most: float | None
    detail: str = ""
    at_least: float | None = None

    @property
    def holds(self) -> bool:
        """Tell whether the target is met."""
        reached = self.at_least is None or self.value >= self.at_least
        return reached and (self.at_most is None or self.value <= self.at_most)


@dataclass(frozen=True)
class Plan:
    """How much is measured; ``quick`` only proves that everything still runs."""

    rounds: int
    requests: int
    rows: tuple[int, int]
    writers: int
    writing_for: float
    idle_for: float
    paints: int
    quick: bool


WHOLE = Plan(
    rounds=7,
    requests=300,
    rows=(10_000, 100_000),
    writers=16,
    writing_for=60,
    idle_for=30,
    paints=3,
    quick=False,
)
QUICK = Plan(
    rounds=1,
    requests=10,
    rows=(50, 200),
    writers=4,
    writing_for=1,
    idle_for=1,
    paints=1,
    quick=True,
)


@dataclass(frozen=True)
class Compared:
    """Two ways of the same thing, measured in turn: ratio of each round, cost of each side."""

    ratios: list[float]
    first: float
    second: float

    @property
    def ratio(self) -> float:
        """Return the middle of the rounds' ratios."""
        return median(self.ratios)

    def words(self, unit: str = "ms") -> str:
        """Return both sides and how far the rounds lie apart."""
        low, high = min(self.ratios), max(self.ratios)
        sides = f"{self.first:.2f} against {self.second:.2f} {unit}"
        return f"{sides}; rounds {low:.2f} to {high:.2f}"


def in_turn(
    rounds: int, first: Callable[[], float], second: Callable[[], float], scale: float = 1000
) -> Compared:
    """Measure A B A B …, so that a busy minute of the machine falls on both alike."""
    costs = [_one_round(number, first, second) for number in range(rounds)]
    return Compared(
        ratios=[one / other for one, other in costs],
        first=median(_column(costs, 0)) * scale,
        second=median(_column(costs, 1)) * scale,
    )


def _one_round(
    number: int, first: Callable[[], float], second: Callable[[], float]
) -> tuple[float, float]:
    if number % 2:
        other = second()
        return first(), other
    return first(), second()


def _column(costs: Sequence[tuple[float, float]], side: int) -> list[float]:
    return [cost[side] for cost in costs]
