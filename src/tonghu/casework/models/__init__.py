"""Tables of casework."""

from tonghu.casework.models.assessments import (
    AssessedNeed,
    Assessment,
    InstrumentScore,
)
from tonghu.casework.models.capacity import CapacityAssessment, CapacityScore
from tonghu.casework.models.cases import Case, CaseChild, CaseStep, RiskFinding
from tonghu.casework.models.submissions import MarginNote, Submission
from tonghu.casework.models.supervision import SupervisedCase, SupervisionNote, SupervisionTask

__all__ = [
    "AssessedNeed",
    "Assessment",
    "CapacityAssessment",
    "CapacityScore",
    "Case",
    "CaseChild",
    "CaseStep",
    "InstrumentScore",
    "MarginNote",
    "RiskFinding",
    "Submission",
    "SupervisedCase",
    "SupervisionNote",
    "SupervisionTask",
]
