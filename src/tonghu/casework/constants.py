"""The words of casework; codes and meanings come from the field's code lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    """Where a case stands (``list:case_status``)."""

    LEAD = "LEAD", _("Lead")
    SCREENING = "SCREENING", _("Intake")
    NOT_ACCEPTED = "NOT_ACCEPTED", _("Not taken on")
    DUPLICATE = "DUPLICATE", _("Known already")
    ASSESSMENT = "ASSESSMENT", _("Assessment")
    PLANNING = "PLANNING", _("Planning")
    ACTIVE = "ACTIVE", _("Under way")
    REVIEW = "REVIEW", _("Review")
    SUSPENDED = "SUSPENDED", _("Paused")
    CLOSING = "CLOSING", _("Closing, with the supervisor")
    TRANSFERRED = "TRANSFERRED", _("Handed to another agency")
    CLOSED = "CLOSED", _("Closed")
    FOLLOW_UP = "FOLLOW_UP", _("Follow-up")
    ARCHIVED = "ARCHIVED", _("Archived")


OPEN = (
    CaseState.SCREENING,
    CaseState.ASSESSMENT,
    CaseState.PLANNING,
    CaseState.ACTIVE,
    CaseState.REVIEW,
    CaseState.SUSPENDED,
    CaseState.CLOSING,
)
"""The states of which a child has at most one case."""
ALIVE = (CaseState.LEAD, *OPEN, CaseState.CLOSED, CaseState.FOLLOW_UP)
"""The states in which somebody still owes something."""


class CaseKind(models.TextChoices):
    """How much of a case it is (``list:case_kind``)."""

    CONSULT = "CONSULT", _("Consultation")
    SHORT = "SHORT", _("Brief case")
    STANDARD = "STANDARD", _("Full case")
    LONG = "LONG", _("Long-term")
    CRISIS = "CRISIS", _("Crisis")


class Source(models.TextChoices):
    """How the agency heard of a child (``list:case_source``)."""

    SELF = "SELF", _("The child or family asked")
    OUTREACH = "OUTREACH", _("Found by a social worker")
    CHILD_DIRECTOR = "CHILD_DIRECTOR", _("Child director")
    SCHOOL = "SCHOOL", _("School")
    NEIGHBOUR = "NEIGHBOUR", _("Neighbours")
    POLICE = "POLICE", _("Police, procuratorate, court")
    HOSPITAL = "HOSPITAL", _("Hospital")
    AGENCY = "AGENCY", _("Another agency")
    SCREEN = "SCREEN", _("Screening list")
    HOTLINE = "HOTLINE", _("Hotline")


class NotAccepted(models.TextChoices):
    """What happens instead when a lead is not taken on."""

    REFER = "refer", _("Others are better placed; they were told")
    CONSULT = "consult", _("Advice was enough")
    REFUSED = "refused", _("The family does not want it, and there is no danger")


class RiskLevel(models.TextChoices):
    """Four steps and none (``list:risk_level``); set by a person, never by a score (PIPL 24)."""

    L1_URGENT = "L1_URGENT", _("Immediate danger")
    L2_HIGH = "L2_HIGH", _("High risk")
    L3_MEDIUM = "L3_MEDIUM", _("Medium risk")
    L4_WATCH = "L4_WATCH", _("To be watched")
    NONE = "NONE", _("No current risk")


URGENCY = (RiskLevel.L1_URGENT, RiskLevel.L2_HIGH, "", RiskLevel.L3_MEDIUM, RiskLevel.L4_WATCH)
"""The order of lists. Nobody knows how urgent an unjudged case is: before those judged calm."""


MOODS: dict[str, str] = {
    RiskLevel.L1_URGENT: "h",
    RiskLevel.L2_HIGH: "h",
    RiskLevel.L3_MEDIUM: "m",
}
"""How a level of risk looks on a page; icon and word say the same."""


class ClosureReason(models.TextChoices):
    """Why a case ends (``list:closure_reason``); the last three are failures of the process."""

    GOAL_MET = "GOAL_MET", _("Goals met")
    PARTLY_MET = "PARTLY_MET", _("Partly met, and the family agrees")
    REFERRED = "REFERRED", _("Others go on with it")
    MOVED = "MOVED", _("Moved away")
    ADULT = "ADULT", _("Turned 18")
    CLIENT_WITHDREW = "CLIENT_WITHDREW", _("The family asked to end it")
    LOST = "LOST", _("No more contact")
    REFUSED = "REFUSED", _("The guardian refuses")
    DECEASED = "DECEASED", _("The child died")
    PROJECT_ENDED = "PROJECT_ENDED", _("The project ended")
    WORKER_LEFT = "WORKER_LEFT", _("The worker left, nobody followed")
    BEYOND_SCOPE = "BEYOND_SCOPE", _("Beyond what the agency can do")


class Need(models.TextChoices):
    """The parts of a life that an assessment looks at, in its order (``list:need_domain``)."""

    SAFETY = "SAFETY", _("Safety")
    GUARDIANSHIP = "GUARDIANSHIP", _("Care and guardianship")
    LIVELIHOOD = "LIVELIHOOD", _("Livelihood")
    HEALTH = "HEALTH", _("Health")
    REHAB = "REHAB", _("Rehabilitation")
    EDUCATION = "EDUCATION", _("School")
    MENTAL = "MENTAL", _("Feelings")
    BEHAVIOUR = "BEHAVIOUR", _("Behaviour")
    PEER = "PEER", _("Friends")
    FAMILY = "FAMILY", _("Parents and family life")
    INTEGRATION = "INTEGRATION", _("Feeling at home here")
    IDENTITY = "IDENTITY", _("Household registration")
    LEGAL = "LEGAL", _("Legal rights")
    ONLINE = "ONLINE", _("Life online")
    SUPPORT = "SUPPORT", _("Who supports the child")
    PARTICIPATION = "PARTICIPATION", _("Being heard")


class PaperKind(models.TextChoices):
    """What a supervisor is asked to approve."""

    ASSESSMENT = "assessment", _("Assessment")
    PLAN = "plan", _("Plan")
    REVIEW = "review", _("Review")
    CLOSURE = "closure", _("Closing")
    CAPACITY = "capacity", _("Guardianship assessment")
    CONTACT = "contact", _("Contact")


class Decision(models.TextChoices):
    """What the supervisor said."""

    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")


class Scale(models.TextChoices):
    """How a goal is measured."""

    GAS = "GAS", _("Five steps in words")
    PLAIN = "PLAIN", _("A figure from 0 to 10")


class SetBy(models.TextChoices):
    """Whose goal it is."""

    CHILD = "CHILD", _("The child")
    FAMILY = "FAMILY", _("The family")
    TOGETHER = "TOGETHER", _("The child and the family together")
    WORKER = "WORKER", _("The social worker")


class Doer(models.TextChoices):
    """Who does something of a plan; whoever gives a hand gets the task, not the plan (R29)."""

    WORKER = "WORKER", _("Social worker")
    CHILD = "CHILD", _("The child")
    PARENT = "PARENT", _("A parent or carer")
    DIRECTOR = "DIRECTOR", _("Child director")
    TEACHER = "TEACHER", _("Teacher")
    OTHER = "OTHER", _("Somebody else")


class Signer(models.TextChoices):
    """In which part somebody signs a plan."""

    CHILD = "CHILD", _("The child")
    GUARDIAN = "GUARDIAN", _("A guardian")
    WORKER = "WORKER", _("Social worker")
    SUPERVISOR = "SUPERVISOR", _("Supervisor")


class SignWay(models.TextChoices):
    """How somebody agreed to a plan."""

    PAPER = "PAPER", _("On paper")
    SCREEN = "SCREEN", _("On the screen")
    ORAL = "ORAL", _("By word, with a witness")


class AfterFollowUp(models.TextChoices):
    """What a follow-up decides."""

    FINE = "FINE", _("All is well, go on as planned")
    AGAIN = "AGAIN", _("Look again sooner")
    REOPEN = "REOPEN", _("Open the case again")
    REFER = "REFER", _("Others are asked to help")
