"""The words of people; codes and meanings come from the field's code lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceKind(models.TextChoices):
    """What kind of committee a place has."""

    VILLAGE = "VILLAGE", _("Village")
    COMMUNITY = "COMMUNITY", _("Urban community")


class Sex(models.TextChoices):
    """As the identity number says it; empty where nobody knows yet."""

    FEMALE = "F", _("Girl")
    MALE = "M", _("Boy")


class Precision(models.TextChoices):
    """How exactly a birth date is known."""

    DAY = "day", _("to the day")
    MONTH = "month", _("to the month")
    YEAR = "year", _("to the year")
    ESTIMATED = "estimated", _("estimated")


class NameKind(models.TextChoices):
    """What a further name is."""

    FORMER = "former", _("Former name")
    NICK = "nick", _("Nickname")
    VARIANT = "variant", _("Other spelling")


class HukouKind(models.TextChoices):
    """The kind of household registration."""

    RURAL = "RURAL", _("Rural")
    URBAN = "URBAN", _("Urban")
    RESIDENT = "RESIDENT", _("Resident (unified)")


class Fitness(models.TextChoices):
    """Whether an entrusted carer may care for a child (law on minors art. 22)."""

    FIT = "FIT", _("Fit")
    UNFIT = "UNFIT", _("In one of the four barred classes")
    UNCHECKED = "UNCHECKED", _("Not checked yet")


class ContactWay(models.TextChoices):
    """How parents who are away stay in contact with their child."""

    VIDEO = "VIDEO", _("Video call")
    PHONE = "PHONE", _("Telephone")
    MESSAGE = "MESSAGE", _("Messages")
    VISIT = "VISIT", _("They come home")


class Category(models.TextChoices):
    """What a child may be entitled by; several at once, each a dated span."""

    ORPHAN = "ORPHAN", _("Orphan")
    DE_FACTO_UNSUPPORTED = "DE_FACTO_UNSUPPORTED", _("De facto unsupported child")
    LEFT_BEHIND = "LEFT_BEHIND", _("Left-behind child")
    MIGRANT = "MIGRANT", _("Migrant child")
    DIFF_ECONOMIC = "DIFF_ECONOMIC", _("Child in hardship: family poverty")
    DIFF_SELF = "DIFF_SELF", _("Child in hardship: own disability or illness")
    DIFF_GUARDIAN = "DIFF_GUARDIAN", _("Child in hardship: absent or improper guardianship")
    STREET = "STREET", _("Street child / child begging")
    ABUSED = "ABUSED", _("Child harmed or suspected harmed")
    PARENT_IN_CUSTODY = "PARENT_IN_CUSTODY", _("Child of prisoner or of person in compulsory detox")
    COURT_CORRECTION = "COURT_CORRECTION", _("Child in community correction or diversion")
    BEHAVIOUR = "BEHAVIOUR", _("Child with (serious) misconduct")
    BOARDING_LEFT = "BOARDING_LEFT", _("Rural boarding child")
    TEMP_EMERGENCY = "TEMP_EMERGENCY", _("Child in hardship after an emergency")
    OTHER = "OTHER", _("Other")


class CareArrangement(models.TextChoices):
    """Who cares for the child in fact, day by day."""

    PARENT_BOTH = "PARENT_BOTH", _("Both parents")
    PARENT_ONE = "PARENT_ONE", _("One parent")
    STEP_PARENT = "STEP_PARENT", _("Step-parent")
    GRANDPARENT_P = "GRANDPARENT_P", _("Paternal grandparents")
    GRANDPARENT_M = "GRANDPARENT_M", _("Maternal grandparents")
    RELATIVE = "RELATIVE", _("Kinship care")
    ADULT_SIBLING = "ADULT_SIBLING", _("Adult sibling")
    NON_RELATIVE = "NON_RELATIVE", _("Unrelated adult")
    FOSTER = "FOSTER", _("Foster care")
    RESIDENTIAL = "RESIDENTIAL", _("Residential care")
    BOARDING = "BOARDING", _("Boarding school")
    CHILD_HEADED = "CHILD_HEADED", _("Child-headed household")
    ALONE = "ALONE", _("Living alone (unlawful under 16)")
    NONE = "NONE", _("No care")


class ParentStatus(models.TextChoices):
    """How a parent is; one at a time for each parent, dated."""

    HEALTHY = "HEALTHY", _("Healthy and present")
    SEVERELY_ILL = "SEVERELY_ILL", _("Severely ill")
    DISABLED = "DISABLED", _("Disabled")
    DEAD = "DEAD", _("Dead")
    DECLARED_DEAD = "DECLARED_DEAD", _("Declared dead by court")
    DECLARED_MISSING = "DECLARED_MISSING", _("Declared missing by court")
    LEFT_HOME = "LEFT_HOME", _("Left home")
    WORKING_AWAY = "WORKING_AWAY", _("Working away long-term")
    NOT_SUPPORTING = "NOT_SUPPORTING", _("Not performing guardianship")
    IN_CUSTODY = "IN_CUSTODY", _("In custody")
    COMPULSORY_DETOX = "COMPULSORY_DETOX", _("In compulsory detox")
    REMARRIED = "REMARRIED", _("Remarried away")
    UNKNOWN = "UNKNOWN", _("Unknown")


class Relation(models.TextChoices):
    """What somebody is to a child."""

    FATHER = "FATHER", _("Father")
    MOTHER = "MOTHER", _("Mother")
    STEP = "STEP", _("Step-parent")
    GF_P = "GF_P", _("Paternal grandfather")
    GM_P = "GM_P", _("Paternal grandmother")
    GF_M = "GF_M", _("Maternal grandfather")
    GM_M = "GM_M", _("Maternal grandmother")
    SIBLING = "SIBLING", _("Sibling")
    UNCLE_AUNT = "UNCLE_AUNT", _("Uncle or aunt")
    TEACHER = "TEACHER", _("Teacher")
    PEER = "PEER", _("Peer")
    NEIGHBOUR = "NEIGHBOUR", _("Neighbour")
    VOLUNTEER = "VOLUNTEER", _("Volunteer")
    DIRECTOR = "DIRECTOR", _("Child director")
    OTHER = "OTHER", _("Other")


class GuardianshipBasis(models.TextChoices):
    """On what a guardianship rests (Civil Code, law on minors art. 92-94)."""

    PARENTS = "PARENTS", _("Parents")
    RELATIVE = "RELATIVE", _("Relative as guardian")
    WILL = "WILL", _("Testamentary")
    AGREED = "AGREED", _("By agreement")
    DESIGNATED = "DESIGNATED", _("Designated by committee, bureau or court")
    TEMP_STATE = "TEMP_STATE", _("Temporary state guardianship")
    LONG_STATE = "LONG_STATE", _("Long-term state guardianship")
    NONE = "NONE", _("None found")


class SchoolState(models.TextChoices):
    """How a child stands with school."""

    IN_SCHOOL = "IN_SCHOOL", _("Attending")
    LEAVE = "LEAVE", _("On leave")
    ABSENT = "ABSENT", _("Absent without reason")
    DROPPED_OUT = "DROPPED_OUT", _("Dropped out")
    NEVER = "NEVER", _("Out of school")
    PRESCHOOL = "PRESCHOOL", _("Below school age or kindergarten")
    VOCATIONAL = "VOCATIONAL", _("Vocational")
    FINISHED = "FINISHED", _("Left school")


class BenefitState(models.TextChoices):
    """Whether a benefit that is due arrives."""

    FULL = "FULL", _("In full")
    ELIGIBLE_NOT_GIVEN = "ELIGIBLE_NOT_GIVEN", _("Eligible, not given")
    PARTIAL = "PARTIAL", _("Given, short")
    NOT_ELIGIBLE = "NOT_ELIGIBLE", _("Not eligible")
    OTHER = "OTHER", _("Other")


class Benefit(models.TextChoices):
    """What is paid or given to children by law; from which category it follows is data."""

    ORPHAN_ALLOWANCE = "ORPHAN_ALLOWANCE", _("Basic living allowance for orphans")
    DE_FACTO_ALLOWANCE = "DE_FACTO_ALLOWANCE", _("Allowance for de facto unsupported children")
    DIBAO = "DIBAO", _("Subsistence allowance")
    TEKUN = "TEKUN", _("Support for the destitute")
    SCHOOL_AID = "SCHOOL_AID", _("Aid for pupils of poor families")
    BOARDING_AID = "BOARDING_AID", _("Living aid for boarding pupils")
    MEDICAL_AID = "MEDICAL_AID", _("Medical assistance")
    DISABILITY_LIVING = "DISABILITY_LIVING", _("Living subsidy for the disabled in hardship")
    DISABILITY_CARE = "DISABILITY_CARE", _("Care subsidy for the severely disabled")
    REHABILITATION = "REHABILITATION", _("Rehabilitation for disabled children")
    TEMPORARY_AID = "TEMPORARY_AID", _("Temporary assistance")


class Reach(models.TextChoices):
    """How far from its home a child is registered, where codes of regions are not known."""

    SAME_TOWNSHIP = "SAME_TOWNSHIP", _("In the same township")
    OTHER_TOWNSHIP = "OTHER_TOWNSHIP", _("In another township of the county")
    OTHER_COUNTY = "OTHER_COUNTY", _("In another county")


class DoubleState(models.TextChoices):
    """What is said of two files that may be one child's."""

    OPEN = "open", _("To be decided")
    SAME = "same", _("The same child")
    DIFFERENT = "different", _("Two children")
    UNSURE = "unsure", _("Not sure yet")


class HiddenKind(models.TextChoices):
    """What of a child can be kept from every page; all but the first two by the worker's tick."""

    RESIDENCE = "residence", _("Home address")
    PHONE = "phone", _("Telephone")
    PLACE = "place", _("Village or community")
    SCHOOL = "school", _("School")


class LookReason(models.TextChoices):
    """Why somebody looks at what is hidden (code list ``access_reason``): the own work, too."""

    ASSIGNED = "ASSIGNED", _("Own work with the child")
    SUPERVISION = "SUPERVISION", _("Supervision")
    COVER = "COVER", _("Cover for a colleague")
    EMERGENCY = "EMERGENCY", _("Emergency")
    DATA_RIGHTS = "DATA_RIGHTS", _("Subject access")
    AUDIT = "AUDIT", _("Compliance audit")


class ConsentKind(models.TextChoices):
    """What a consent is for; each with giver, date, way and expiry."""

    SERVICE = "SERVICE", _("Service")
    DATA_COLLECT = "DATA_COLLECT", _("Collect personal data")
    DATA_SENSITIVE = "DATA_SENSITIVE", _("Sensitive data, asked separately")
    DATA_SHARE = "DATA_SHARE", _("Share with another office, asked separately")
    PHOTO = "PHOTO", _("Photo or video")
    PUBLISH = "PUBLISH", _("Publication")
    RESEARCH = "RESEARCH", _("Research")
    CONTACT_SCHOOL = "CONTACT_SCHOOL", _("Contact the school")
    NONE_LEGAL_DUTY = "NONE_LEGAL_DUTY", _("No consent needed: legal duty")


class ConsentAnswer(models.TextChoices):
    """What was answered; a refusal is an answer too."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_NEEDED = "legal_duty", _("Not needed: legal duty")


class ConsentWay(models.TextChoices):
    """How somebody was asked, or took a consent back."""

    FACE = "face", _("Face to face, in words")
    SIGNED = "signed", _("Signed on paper")
    PHONE = "phone", _("On the telephone or by video")
    MESSAGE = "message", _("By written message")


class ConsentLanguage(models.TextChoices):
    """In which language it was explained."""

    MANDARIN = "mandarin", _("Mandarin")
    DIALECT = "dialect", _("The local dialect")
    OWN = "own", _("Their own language")
    SIGN = "sign", _("Sign language")


class ChildView(models.TextChoices):
    """How the child itself stands to it; asked at any age."""

    WILLING = "willing", _("Is willing")
    UNWILLING = "unwilling", _("Does not want it")
    UNSURE = "unsure", _("Does not know yet")
    TOO_SMALL = "too_small", _("Too small to say")


class LegalBasis(models.TextChoices):
    """The duty of the law that asks for no consent (PIPL 13(3))."""

    REPORT = "report", _("Mandatory report of harm")
    GUARDIANSHIP = "guardianship", _("Temporary state guardianship")
    COURT = "court", _("Order of a court or of the police")


class SuspensionGround(models.TextChoices):
    """Why a guardian's rights on a child's file are suspended."""

    SUSPECT = "suspect", _("Is suspected of harming the child")
    NOT_FOUND = "not_found", _("Cannot be found")


class KeeperKind(models.TextChoices):
    """Who keeps a list of children."""

    COMMITTEE = "COMMITTEE", _("Villagers’ or residents’ committee")
    SCHOOL = "SCHOOL", _("School")
    STATION = "STATION", _("Township station")


class RosterState(models.TextChoices):
    """How far a roster has been taken over."""

    READ = "read", _("Read, not imported yet")
    IMPORTING = "importing", _("Being imported")
    IMPORTED = "imported", _("Imported")
    UNDONE = "undone", _("Undone")


class LineOutcome(models.TextChoices):
    """What came of one line of a roster."""

    WAITING = "", _("Not imported yet")
    NEW = "new", _("New on the list")
    KNOWN = "known", _("Known, linked")
    CHANGED = "changed", _("Known, says something else")
    DECISION = "decision", _("Waits for a decision")
    REFUSED = "refused", _("Left out")


class RosterAnswer(models.TextChoices):
    """What a person decided about a question of a roster."""

    TAKE = "take", _("Take it over")
    SAME = "same", _("The same child")
    OTHER = "other", _("Another child")
    VALUE = "value", _("Write it down")
    LEAVE = "leave", _("Leave it out")
    ASK = "ask", _("Leave it empty for now")
    MOVED = "moved", _("Has moved away")
    STAYS = "stays", _("Still lives here")
    LOOK = "look", _("Go and see")


class ErasureGround(models.TextChoices):
    """Why a child's file is erased (PIPL 47)."""

    ASKED = "asked", _("The child or a guardian asks for it")
    DONE = "done", _("What it was kept for is done, and no law keeps it longer")
    WITHDRAWN = "withdrawn", _("The consent was taken back, and no law keeps it")
    MISTAKE = "mistake", _("It should never have been kept")


class ErasureState(models.TextChoices):
    """How far an erasure has come."""

    WAITING = "waiting", _("Closed, can still be stopped")
    STOPPED = "stopped", _("Stopped in time")
    DONE = "done", _("Erased")


class HoldAuthority(models.TextChoices):
    """Who needs a file kept as it is."""

    COURT = "court", _("A court")
    POLICE = "police", _("The police or the prosecutor")
    INSPECTION = "inspection", _("An inspection or audit")
    CLAIM = "claim", _("A dispute that may go to court")


class CorrectionPart(models.TextChoices):
    """Which part of a file is said to be wrong."""

    IDENTITY = "identity", _("Name, sex, birth")
    FAMILY = "family", _("Family and guardians")
    HOME = "home", _("Where the child lives, telephones")
    CARE = "care", _("Who cares for the child")
    SCHOOL = "school", _("School")
    CATEGORY = "category", _("Categories and benefits")
    OTHER = "other", _("Something else")


class CorrectionState(models.TextChoices):
    """What came of a request to correct something."""

    OPEN = "open", _("Waits for an answer")
    ACCEPTED = "accepted", _("Accepted, corrected")
    DECLINED = "declined", _("Declined, with the reason")
