"""Tables of people: persons and children, households, kin, and the spans of their lives."""

from tonghu.people.models.benefits import BenefitCheck, DeclinedSuggestion
from tonghu.people.models.consents import Consent, GuardianSuspension
from tonghu.people.models.doubles import PossibleDouble
from tonghu.people.models.families import (
    Guardianship,
    Household,
    HouseholdMember,
    Kinship,
    ParentStatusSpan,
)
from tonghu.people.models.hidden import HiddenField
from tonghu.people.models.merging import Merge
from tonghu.people.models.persons import Child, IdentityNumber, Person, PersonName, Phone
from tonghu.people.models.places import Place
from tonghu.people.models.rights import CorrectionRequest, Erasure, ErasureMark, LegalHold
from tonghu.people.models.rosters import (
    Roster,
    RosterFile,
    RosterLine,
    RosterQuestion,
    RosterSource,
)
from tonghu.people.models.search import SearchKey
from tonghu.people.models.spans import CareSpan, CategorySpan, HukouSpan, ResidenceSpan, SchoolSpan

__all__ = [
    "BenefitCheck",
    "CareSpan",
    "CategorySpan",
    "Child",
    "Consent",
    "CorrectionRequest",
    "DeclinedSuggestion",
    "Erasure",
    "ErasureMark",
    "GuardianSuspension",
    "Guardianship",
    "HiddenField",
    "Household",
    "HouseholdMember",
    "HukouSpan",
    "IdentityNumber",
    "Kinship",
    "LegalHold",
    "Merge",
    "ParentStatusSpan",
    "Person",
    "PersonName",
    "Phone",
    "Place",
    "PossibleDouble",
    "ResidenceSpan",
    "Roster",
    "RosterFile",
    "RosterLine",
    "RosterQuestion",
    "RosterSource",
    "SchoolSpan",
    "SearchKey",
]
