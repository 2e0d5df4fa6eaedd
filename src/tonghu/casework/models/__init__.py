"""Tables of casework."""

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
    "Case",
    "CaseChild",
    "CaseStep",
    "Closure",
    "ContactGoal",
    "FollowUp",
    "Goal",
    "GoalRating",
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
