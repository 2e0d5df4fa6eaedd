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
from tonghu.casework.models.reports import HarmReport, ReporterIdentity, ReportEvent
from tonghu.casework.models.submissions import MarginNote, Submission

__all__ = [
    "Case",
    "CaseChild",
    "CaseStep",
    "Closure",
    "ContactGoal",
    "FollowUp",
    "Goal",
    "GoalRating",
    "HarmReport",
    "MarginNote",
    "Plan",
    "PlanAction",
    "ReportEvent",
    "ReporterIdentity",
    "RiskFinding",
    "SafetyPlan",
    "Signature",
    "StageReview",
    "Submission",
]
