"""How often a child is to be met, by the level of risk: data, not code.

No national rule is known; these are the defaults of the code list ``risk_response_default``, read
at their least strict end for the steady rhythm and their clock for the first contact. A contract
that says otherwise replaces them.
"""

import datetime as dt
from dataclasses import dataclass

from tonghu.casework.constants import RiskLevel


@dataclass(frozen=True)
class Rhythm:
    """The first contact within so many days of the judgement, then one every so many."""

    first_within: int
    every: int

    def due(self, judged_on: dt.date, met_on: dt.date | None) -> dt.date:
        """Return the day by which the child is to be met next."""
        first = judged_on + dt.timedelta(days=self.first_within)
        if met_on is None:
            return first
        steady = met_on + dt.timedelta(days=self.every)
        return min(first, steady) if met_on < judged_on else steady


DEFAULT = {
    RiskLevel.L1_URGENT: Rhythm(1, 3),
    RiskLevel.L2_HIGH: Rhythm(3, 7),
    RiskLevel.L3_MEDIUM: Rhythm(7, 15),
    RiskLevel.L4_WATCH: Rhythm(14, 30),
    RiskLevel.NONE: Rhythm(30, 90),
}
"""Days by level; ``list:risk_response_default``."""


def rhythm_of(level: str) -> Rhythm:
    """Return the rhythm of a level; before anybody judged, that of a medium risk."""
    return DEFAULT[RiskLevel(level)] if level else DEFAULT[RiskLevel.L3_MEDIUM]
