"""The spans of a child's life: where it lives, who cares for it, school, what it is entitled by."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.periods import in_order
from tonghu.kernel.privacy import blank, decide
from tonghu.people.constants import (
    CareArrangement,
    Category,
    ContactWay,
    Fitness,
    HukouKind,
    Reach,
    SchoolState,
)
from tonghu.people.models.families import Span
from tonghu.people.models.persons import Child, Person
from tonghu.people.models.places import Place


class ResidenceSpan(Span):
    """Where somebody lives: the place, and the ordinary address as people say it.

    A hidden address, and where it was ticked a hidden place, stand in a table and under a key of
    their own; here they leave nothing.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="residences")
    # The index below begins with the place and holds all that a Rule asks of who lives there.
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    address = models.CharField(_("address"), max_length=160, blank=True)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    place_is_hidden = models.BooleanField(_("place hidden"), default=False)

    privacy = decide(
        links="id agency person place",
        plain="address is_hidden place_is_hidden from_on until_on since_known",
        scrub={"address": blank},
    )

    class Meta:
        constraints = [
            in_order("residence_in_order"),
            models.CheckConstraint(
                condition=Q(is_hidden=False) | Q(address=""),
                name="hidden_residence_says_nothing",
                violation_error_message=_("A hidden address is kept elsewhere."),
            ),
            models.CheckConstraint(
                condition=Q(place_is_hidden=False) | Q(place__isnull=True),
                name="hidden_place_says_nothing",
                violation_error_message=_("A hidden place is kept elsewhere."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["place", "until_on", "from_on", "person"], name="residents_in_time"
            ),
            models.Index(fields=["person", "until_on"], name="residence_of_person"),
        ]


class HukouSpan(Span):
    """Where somebody's household is registered."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="hukou")
    kind = models.CharField(_("kind"), max_length=8, choices=HukouKind, blank=True)
    region = models.CharField(_("registered in"), max_length=80)
    region_code = models.CharField(_("region code"), max_length=12, blank=True)
    reach = models.CharField(
        _("seen from where the child lives"), max_length=14, choices=Reach, blank=True
    )

    privacy = decide(
        links="id agency person",
        plain="kind region region_code reach from_on until_on since_known",
        scrub={"region": blank, "region_code": blank, "reach": blank},
    )

    class Meta:
        constraints = [in_order("hukou_in_order")]


class CareSpan(Span):
    """Who cares for a child in fact; with entrusted care, what the law asks of it (art. 22, 23)."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="care")
    arrangement = models.CharField(_("care"), max_length=13, choices=CareArrangement)
    carer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    is_entrusted = models.BooleanField(_("entrusted by the parents"), default=False)
    fitness = models.CharField(
        _("may care for the child"), max_length=9, choices=Fitness, default=Fitness.UNCHECKED
    )
    school_told_on = models.DateField(_("school told in writing"), null=True, blank=True)
    committee_told_on = models.DateField(_("committee told in writing"), null=True, blank=True)
    weekly_contact = models.BooleanField(_("parents in contact weekly"), null=True, blank=True)
    contact_by = models.CharField(
        _("how they are in contact"), max_length=7, choices=ContactWay, blank=True
    )
    contact_asked_on = models.DateField(_("contact last asked about"), null=True, blank=True)
    confirmed_on = models.DateField(_("entrusted care confirmed in writing"), null=True, blank=True)
    child_heard = models.BooleanField(_("the child was heard"), null=True, blank=True)
    has_harmed = models.BooleanField(_("whether a child was harmed"), null=True, blank=True)
    is_addicted = models.BooleanField(_("whether drugs, drink or gambling"), null=True, blank=True)
    has_failed = models.BooleanField(_("whether care failed before"), null=True, blank=True)
    is_otherwise_unfit = models.BooleanField(_("whether otherwise not fit"), null=True, blank=True)
    is_able = models.BooleanField(_("whether adult and able to care"), null=True, blank=True)
    fitness_checked_on = models.DateField(_("fitness checked on"), null=True, blank=True)
    fitness_checked_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    fitness_asked = models.CharField(_("who was asked about it"), max_length=80, blank=True)

    privacy = decide(
        links="id agency child carer fitness_checked_by",
        plain="arrangement is_entrusted fitness school_told_on committee_told_on weekly_contact "
        "contact_by contact_asked_on confirmed_on child_heard has_harmed is_addicted has_failed "
        "is_otherwise_unfit is_able fitness_checked_on fitness_asked from_on until_on since_known",
        scrub={
            "has_harmed": blank,
            "is_addicted": blank,
            "has_failed": blank,
            "is_otherwise_unfit": blank,
            "is_able": blank,
            "fitness_asked": blank,
        },
    )

    class Meta:
        constraints = [in_order("care_in_order")]
        indexes = [models.Index(fields=["child", "until_on"], name="care_of_child")]


class SchoolSpan(Span):
    """A child at a school, in a grade and class, and how it stands there.

    A hidden school stands in a table and under a key of its own; here it leaves nothing.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="schooling")
    school = models.CharField(_("school"), max_length=80, blank=True)
    grade = models.CharField(_("grade"), max_length=20, blank=True)
    class_name = models.CharField(_("class"), max_length=20, blank=True)
    state = models.CharField(_("state"), max_length=11, choices=SchoolState)
    is_hidden = models.BooleanField(_("hidden"), default=False)

    privacy = decide(
        links="id agency child",
        plain="school grade class_name state is_hidden from_on until_on since_known",
        scrub={"school": blank, "grade": blank, "class_name": blank},
    )

    class Meta:
        constraints = [
            in_order("school_in_order"),
            models.CheckConstraint(
                condition=Q(is_hidden=False) | Q(school="", grade="", class_name=""),
                name="hidden_school_says_nothing",
                violation_error_message=_("A hidden school is kept elsewhere."),
            ),
        ]
        indexes = [models.Index(fields=["child", "until_on"], name="schooling_of_child")]


class CategorySpan(Span):
    """What a child is entitled by: a rule suggests, a person confirms with a reason.

    ``rule`` names the dated rule that suggested it; empty where a list or a person said it.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="categories")
    category = models.CharField(_("category"), max_length=20, choices=Category)
    rule = models.CharField(_("suggested by"), max_length=40, blank=True)
    evidence = models.CharField(_("evidence"), max_length=160, blank=True)
    confirmed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    reason = EncryptedTextField(_("reason"), blank=True, null=True)

    privacy = decide(
        links="id agency child confirmed_by",
        plain="category rule evidence confirmed_at from_on until_on since_known",
        encrypted="reason",
        scrub={"evidence": blank, "reason": blank},
    )

    class Meta:
        constraints = [
            in_order("category_in_order"),
            models.UniqueConstraint(
                fields=["child", "category"],
                condition=Q(until_on__isnull=True),
                name="category_once_at_a_time",
                violation_error_message=_("This category holds already."),
            ),
        ]
        indexes = [models.Index(fields=["child", "until_on"], name="categories_of_child")]
