"""Households, kin, guardians and parents, each in time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Organisation
from tonghu.kernel.ids import new_id
from tonghu.kernel.periods import in_order
from tonghu.kernel.privacy import blank, decide, keep
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.constants import GuardianshipBasis, ParentStatus, Relation
from tonghu.people.models.persons import Child, Person


class Span(models.Model):
    """Something that holds from a first day to an optional last one.

    ``since_known`` is false where the first day is only the day on which it was learned.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    from_on = models.DateField(_("since"))
    until_on = models.DateField(_("last day"), null=True, blank=True)
    since_known = models.BooleanField(_("the first day is known"), default=True)

    objects = ScopedManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.from_on:%F}"


class Household(models.Model):
    """People who live together; a child may belong to two."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    best_time = models.CharField(_("best time for a visit"), max_length=60, blank=True)

    objects = ScopedManager()
    privacy = decide(links="id agency", plain="best_time", scrub={"best_time": blank})

    def __str__(self) -> str:
        return str(self.pk)


class HouseholdMember(Span):
    """Somebody lives in a household."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")

    privacy = decide(
        links="id agency household person", plain="from_on until_on since_known", scrub=keep
    )

    class Meta:
        constraints = [in_order("household_member_in_order")]
        indexes = [
            models.Index(fields=["person", "until_on"], name="household_of_person"),
            models.Index(fields=["household", "until_on"], name="household_members"),
        ]


class Kinship(models.Model):
    """What somebody is to a child: a fact, without a first or last day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="kin")
    relative = models.ForeignKey(Person, models.CASCADE, related_name="kin_of")
    relation = models.CharField(_("relation"), max_length=10, choices=Relation)

    objects = ScopedManager()
    privacy = decide(links="id agency child relative", plain="relation", scrub=keep)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "relative"],
                name="kinship_once",
                violation_error_message=_("This person is on the child's page already."),
            ),
            models.CheckConstraint(
                condition=~Q(child=F("relative")),
                name="kinship_of_two",
                violation_error_message=_("Nobody is kin to herself."),
            ),
        ]

    def __str__(self) -> str:
        return self.relation


class Guardianship(Span):
    """Somebody is guardian of a child, and on what it rests."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="guardianships")
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="guardian_of")
    basis = models.CharField(_("basis"), max_length=10, choices=GuardianshipBasis)

    privacy = decide(
        links="id agency child guardian",
        plain="basis from_on until_on since_known",
        scrub=keep,
    )

    class Meta:
        constraints = [in_order("guardianship_in_order")]
        indexes = [models.Index(fields=["child", "until_on"], name="guardians_of_child")]


class ParentStatusSpan(Span):
    """How a father or mother is: at work elsewhere, ill, in custody, dead."""

    parent = models.ForeignKey(Person, models.CASCADE, related_name="statuses")
    status = models.CharField(_("state"), max_length=16, choices=ParentStatus)

    privacy = decide(
        links="id agency parent", plain="status from_on until_on since_known", scrub=keep
    )

    class Meta:
        constraints = [in_order("parent_status_in_order")]
        indexes = [models.Index(fields=["parent", "until_on"], name="status_of_parent")]
