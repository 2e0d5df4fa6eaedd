"""Tables of casework."""

from tonghu.casework.models.assessments import (
    AssessedNeed,
    Assessment,
    InstrumentScore,
)
from tonghu.casework.models.capacity import CapacityAssessment, CapacityScore
from tonghu.casework.models.cases import Case, CaseChild, CaseStep, RiskFinding
from tonghu.casework.models.endings import Closure, FollowUp, StageReview
from tonghu.casework.models.plans import (
    ContactGoal,
    Goal,
    GoalRating,
    Plan,
    PlanAction,
    SafetyPlan,
    Signature,
)
from tonghu.casework.models.submissions import MarginNote, Submission
from tonghu.casework.models.support import SupportMap, SupportTie

__all__ = [
    "AssessedNeed",
    "Assessment",
    "CapacityAssessment",
    "CapacityScore",
    "Case",
    "CaseChild",
    "CaseStep",
    "Closure",
    "ContactGoal",
    "FollowUp",
    "Goal",
    "GoalRating",
    "InstrumentScore",
    "MarginNote",
    "Plan",
    "PlanAction",
    "RiskFinding",
    "SafetyPlan",
    "Signature",
    "StageReview",
    "Submission",
    "SupportMap",
    "SupportTie",
]
