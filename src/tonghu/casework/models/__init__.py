"""Tables of casework."""

from tonghu.casework.models.cases import Case, CaseChild, CaseStep, RiskFinding
from tonghu.casework.models.submissions import MarginNote, Submission
from tonghu.casework.models.support import SupportMap, SupportTie

__all__ = [
    "Case",
    "CaseChild",
    "CaseStep",
    "MarginNote",
    "RiskFinding",
    "Submission",
    "SupportMap",
    "SupportTie",
]
