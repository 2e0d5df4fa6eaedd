"""Tables of casework."""

from tonghu.casework.models.cases import Case, CaseChild, CaseStep, RiskFinding
from tonghu.casework.models.conferences import Conference, ConferenceDecision, ConferenceMember
from tonghu.casework.models.handovers import Handover
from tonghu.casework.models.incidents import Incident, IncidentNotice
from tonghu.casework.models.referrals import Referral, ReferralStep
from tonghu.casework.models.reports import HarmReport, ReporterIdentity, ReportEvent
from tonghu.casework.models.submissions import MarginNote, Submission

__all__ = [
    "Case",
    "CaseChild",
    "CaseStep",
    "Conference",
    "ConferenceDecision",
    "ConferenceMember",
    "Handover",
    "HarmReport",
    "Incident",
    "IncidentNotice",
    "MarginNote",
    "Referral",
    "ReferralStep",
    "ReportEvent",
    "ReporterIdentity",
    "RiskFinding",
    "Submission",
]
