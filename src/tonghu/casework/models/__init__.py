"""Tables of casework."""

from tonghu.casework.models.assessments import (
    AssessedNeed,
    Assessment,
    InstrumentScore,
)
from tonghu.casework.models.capacity import CapacityAssessment, CapacityScore
from tonghu.casework.models.cases import Case, CaseChild, CaseStep, RiskFinding
from tonghu.casework.models.conferences import Conference, ConferenceDecision, ConferenceMember
from tonghu.casework.models.endings import Closure, FollowUp, StageReview
from tonghu.casework.models.handovers import Handover
from tonghu.casework.models.incidents import Incident, IncidentNotice
from tonghu.casework.models.plans import (
    ContactGoal,
    Goal,
    GoalRating,
    Plan,
    PlanAction,
    SafetyPlan,
    Signature,
)
from tonghu.casework.models.referrals import Referral, ReferralStep
from tonghu.casework.models.reports import HarmReport, ReporterIdentity, ReportEvent
from tonghu.casework.models.submissions import MarginNote, Submission
from tonghu.casework.models.supervision import SupervisedCase, SupervisionNote, SupervisionTask
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
    "Conference",
    "ConferenceDecision",
    "ConferenceMember",
    "ContactGoal",
    "FollowUp",
    "Goal",
    "GoalRating",
    "Handover",
    "HarmReport",
    "Incident",
    "IncidentNotice",
    "InstrumentScore",
    "MarginNote",
    "Plan",
    "PlanAction",
    "Referral",
    "ReferralStep",
    "ReportEvent",
    "ReporterIdentity",
    "RiskFinding",
    "SafetyPlan",
    "Signature",
    "StageReview",
    "Submission",
    "SupervisedCase",
    "SupervisionNote",
    "SupervisionTask",
    "SupportMap",
    "SupportTie",
]
