"""The words of access, importable from anywhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation is to the project."""

    AGENCY = "agency", _("Social-work agency")
    BUYER = "buyer", _("Buyer")
    EVALUATOR = "evaluator", _("Evaluating organisation")
    COMMUNITY = "community", _("Community")


class ScopeKind(models.TextChoices):
    """How far a membership reaches."""

    ORGANISATION = "organisation", _("Whole organisation")
    PROJECT = "project", _("One project")
    PLACE = "place", _("One place")


class DutyKind(models.TextChoices):
    """Why somebody may know of a child: a dated row each (R1)."""

    ASSIGNMENT = "assignment", _("Assigned worker")
    SUPERVISION = "supervision", _("Supervision")
    COVER = "cover", _("Cover")
    TEAM = "team", _("Same project and place")
    PLACE = "place", _("Lives in the village")
    CONTRACT = "contract", _("Contract bought")
    MANDATE = "mandate", _("Audit mandate")
    SAMPLE = "sample", _("Sealed sample")
    LINK = "link", _("One-time link")


class ClosingKind(models.TextChoices):
    """What closes a file to one person, or by a seal to all (R55, R56, R57, R59)."""

    CONFLICT = "conflict", _("Kinship or conflict of interest")
    SUSPECT_KIN = "suspect_kin", _("Kin of a suspect guardian")
    CLEARANCE = "clearance", _("Record check")
    SEAL = "seal", _("Seal")


class ReasonCode(models.TextChoices):
    """Why a record outside the own duty is opened (code list ``access_reason``).

    ``ASSIGNED`` and ``EVALUATION`` of that list are duties here and need no reason.
    """

    SUPERVISION = "SUPERVISION", _("Supervision")
    COVER = "COVER", _("Cover for a colleague")
    EMERGENCY = "EMERGENCY", _("Emergency")
    DATA_RIGHTS = "DATA_RIGHTS", _("Subject access")
    AUDIT = "AUDIT", _("Compliance audit")


class ProposalState(models.TextChoices):
    """Where an act that takes two persons stands."""

    WAITING = "waiting", _("Waiting for the second person")
    LEAVING = "leaving", _("Confirmed, leaves later")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Language(models.TextChoices):
    """The languages of the product."""

    CHINESE = "zh-hans", _("Chinese")
    ENGLISH = "en", _("English")
