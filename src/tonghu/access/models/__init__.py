"""Tables of access: who there is, what opens and closes a file, what was done."""

from tonghu.access.models.deputies import Deputy
from tonghu.access.models.grounds import BreakGlass, Closing, Duty, Reason, SealOpening
from tonghu.access.models.office import OfficeHours
from tonghu.access.models.people import Account, Device, Invitation, Membership, Organisation
from tonghu.access.models.records import JournalHead, JournalRow, Notice, Proposal
from tonghu.access.models.sessions import Session, Try

__all__ = [
    "Account",
    "BreakGlass",
    "Closing",
    "Deputy",
    "Device",
    "Duty",
    "Invitation",
    "JournalHead",
    "JournalRow",
    "Membership",
    "Notice",
    "OfficeHours",
    "Organisation",
    "Proposal",
    "Reason",
    "SealOpening",
    "Session",
    "Try",
]
