"""The plan with the family: goals in its words, who does what, and who agreed to it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.casework.constants import Doer, Scale, SetBy, Signer, SignWay
from tonghu.casework.models.cases import Case
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.periods import in_order
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.models import Person
from tonghu.people.models.families import Span


class Plan(models.Model):
    """One version of a case's plan; the newest that was agreed holds.

    ``agreed_on`` is the day of the last signature that was needed. Until the supervisor has it,
    a version is written on; afterwards the next one begins with what this one says.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField(_("version"))
    unpaid_helper = models.CharField(_("who helps without being paid"), max_length=120, blank=True)
    no_helper_why = models.TextField(_("why nobody does"), blank=True)
    limits = models.TextField(_("limits of confidentiality"), blank=True)
    told_child = models.BooleanField(_("said to the child"), default=False)
    told_guardian = models.BooleanField(_("said to the guardian"), default=False)
    review_on = models.DateField(_("reviewed by"), null=True, blank=True)
    written_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    agreed_on = models.DateField(_("plan agreed on"), null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency case written_by",
        plain="version unpaid_helper no_helper_why limits told_child told_guardian review_on "
        "written_at agreed_on",
        scrub={"unpaid_helper": blank, "no_helper_why": blank, "limits": blank},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "case", "version"],
                name="plan_version_once",
                violation_error_message=_("Somebody began this version already. Open it."),
            )
        ]

    def __str__(self) -> str:
        return f"plan {self.version}"


class Goal(models.Model):
    """What the child or the family wants to be different, and how one will see it.

    ``thread`` joins the same goal in the versions of a plan, so that its ratings go on.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="goals")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    thread = models.UUIDField(default=new_id)
    order = models.PositiveSmallIntegerField(default=1)
    words = models.CharField(_("the goal"), max_length=160)
    own_words = models.CharField(
        _("as the child or the family said it"), max_length=160, blank=True
    )
    set_by = models.CharField(_("whose goal it is"), max_length=8, choices=SetBy)
    scale = models.CharField(_("how it is measured"), max_length=5, choices=Scale)
    much_less = models.CharField(_("much less than hoped"), max_length=160, blank=True)
    less = models.CharField(_("a little less than hoped"), max_length=160, blank=True)
    hoped = models.CharField(_("as hoped"), max_length=160, blank=True)
    more = models.CharField(_("better than hoped"), max_length=160, blank=True)
    much_more = models.CharField(_("much better than hoped"), max_length=160, blank=True)
    baseline = models.SmallIntegerField(_("where it stands now"))
    target = models.SmallIntegerField(_("where it should stand"), default=0)
    target_on = models.DateField(_("reached by"))
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    is_out = models.BooleanField(_("left out"), default=False)

    objects = ScopedManager()
    privacy = decide(
        links="id agency case plan thread",
        plain="order words own_words set_by scale much_less less hoped more much_more baseline "
        "target target_on weight is_out",
        scrub={
            "words": blank,
            "own_words": blank,
            "much_less": blank,
            "less": blank,
            "hoped": blank,
            "more": blank,
            "much_more": blank,
        },
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "plan", "thread"], name="goal_once_in_a_plan"
            ),
            models.CheckConstraint(
                condition=Q(scale=Scale.GAS, baseline__gte=-2, baseline__lte=2, target=0)
                | Q(
                    scale=Scale.PLAIN,
                    baseline__gte=0,
                    baseline__lte=10,
                    target__gte=0,
                    target__lte=10,
                ),
                name="goal_on_its_scale",
                violation_error_message=_("This is not a step of the goal’s scale."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=5),
                name="goal_weight_one_to_five",
                violation_error_message=_("A goal weighs 1 to 5."),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "thread"], name="goals_of_case"),
            models.Index(fields=["plan", "order"], name="goals_of_plan"),
        ]

    def __str__(self) -> str:
        return f"goal {self.pk}"


class PlanAction(models.Model):
    """Something somebody does, by a day, at a time that suits the family."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="plan_actions")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="actions")
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="actions")
    what = models.CharField(_("what is done"), max_length=160)
    who = models.CharField(_("who does it"), max_length=8, choices=Doer)
    who_named = models.CharField(_("who that is"), max_length=60, blank=True)
    due_on = models.DateField(_("done by"))
    suits = models.CharField(_("when it suits the family"), max_length=60, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    is_out = models.BooleanField(_("left out"), default=False)

    objects = ScopedManager()
    privacy = decide(
        links="id agency case plan goal",
        plain="what who who_named due_on suits done_on is_out",
        scrub={"what": blank, "who_named": blank, "suits": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(who=Doer.OTHER) | ~Q(who_named=""),
                name="plan_action_names_the_other",
                violation_error_message=_("Say who the other one is."),
            )
        ]
        indexes = [models.Index(fields=["plan", "due_on"], name="actions_of_plan")]

    def __str__(self) -> str:
        return f"action {self.pk}"


class Signature(models.Model):
    """Somebody agreed to a plan: who, how, on which day, before whom."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="signatures")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="signatures")
    part = models.CharField(_("signs as"), max_length=10, choices=Signer)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField(_("how"), max_length=6, choices=SignWay)
    witness = models.CharField(_("witness"), max_length=60, blank=True)
    on = models.DateField(_("on which day"))
    noted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(_("why it does not hold"), max_length=160, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency case plan person account noted_by",
        plain="part way witness on noted_at withdrawn_at withdrawn_why",
        scrub={"witness": blank, "withdrawn_why": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(way=SignWay.ORAL) | ~Q(witness=""),
                name="signature_by_word_has_a_witness",
                violation_error_message=_("Who agrees by word has a witness. Name the witness."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""),
                name="signature_withdrawn_with_a_reason",
                violation_error_message=_("Say why the signature does not hold."),
            ),
        ]
        indexes = [models.Index(fields=["plan"], name="signatures_of_plan")]

    def __str__(self) -> str:
        return f"{self.part} {self.pk}"


class SafetyPlan(Span):
    """What the child does when it becomes dangerous, and whom it can go to; the newest holds."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="safety_plans")
    signs = EncryptedTextField(_("by what one sees that it becomes dangerous"))
    child_does = EncryptedTextField(_("what the child does then"))
    safe_adults = EncryptedTextField(_("safe adults, with their telephones"))
    call = EncryptedTextField(_("whom to call"))
    written_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()

    privacy = decide(
        links="id agency case written_by",
        plain="from_on until_on since_known written_at",
        encrypted="signs child_does safe_adults call",
        scrub={"signs": blank, "child_does": blank, "safe_adults": blank, "call": blank},
    )

    class Meta:
        constraints = [
            in_order("safety_plan_in_order"),
            models.UniqueConstraint(
                fields=["agency", "case"],
                condition=Q(until_on__isnull=True),
                name="safety_plan_one_at_a_time",
                violation_error_message=_("There is a newer safety plan already. Open it."),
            ),
        ]


class GoalRating(models.Model):
    """Where somebody saw a goal stand on a day; the row only grows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="goal_ratings")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="ratings")
    level = models.SmallIntegerField(_("where it stands"))
    on = models.DateField(_("on which day"))
    note = models.CharField(_("what shows it"), max_length=160, blank=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency case goal by", plain="level on note at", scrub={"note": blank}
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=-2, level__lte=10),
                name="goal_rating_on_a_scale",
                violation_error_message=_("This is not a step of the goal’s scale."),
            )
        ]
        indexes = [models.Index(fields=["goal", "on"], name="ratings_of_goal")]

    def __str__(self) -> str:
        return f"rating {self.pk}"


class ContactGoal(models.Model):
    """A contact was about a goal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    contact = models.ForeignKey("services.Contact", models.CASCADE, related_name="+")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="contacts")

    objects = ScopedManager()
    privacy = decide(links="id agency case contact goal", scrub={})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "contact", "goal"], name="contact_goal_once")
        ]

    def __str__(self) -> str:
        return f"contact {self.contact_id}"
