"""Tables of casework."""

from tonghu.casework.models.cases import Case, CaseChild, CaseStep, RiskFinding
from tonghu.casework.models.reports import HarmReport, ReporterIdentity, ReportEvent
from tonghu.casework.models.submissions import MarginNote, Submission

__all__ = [
    "Case",
    "CaseChild",
    "CaseStep",
    "HarmReport",
    "MarginNote",
    "ReportEvent",
    "ReporterIdentity",
    "RiskFinding",
    "Submission",
]
