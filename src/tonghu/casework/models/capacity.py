"""How able a family is to care for a child, by a scheme of an agency or a province."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.casework.measures import Capacity
from tonghu.casework.models.cases import Case
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager


class CapacityAssessment(models.Model):
    """How able a family is to care for a child, by a scheme, seen by two people.

    The sum of the scores is shown and sets nothing: two persons say how it stands, with the
    reason (PIPL 24). What the family objects stands beside it, with what came of it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="capacities")
    scheme = models.CharField(_("scheme"), max_length=40)
    scheme_version = models.CharField(_("version of the scheme"), max_length=12)
    guardian = models.CharField(_("whose guardianship"), max_length=60)
    asked_by = models.CharField(_("who asked for the assessment"), max_length=120, blank=True)
    first = models.ForeignKey(Account, models.PROTECT, related_name="+")
    second = models.ForeignKey(Account, models.PROTECT, related_name="+")
    done_on = models.DateField(_("done on"))
    level = models.CharField(
        _("how guardianship stands"), max_length=12, choices=Capacity, blank=True
    )
    reason = models.TextField(_("why"), blank=True)
    child_opinion = models.TextField(_("what the child thinks"), blank=True)
    objection = models.TextField(_("what the family objects"), blank=True)
    objection_result = models.TextField(_("what came of it"), blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency case first second changed_by",
        plain="scheme scheme_version guardian asked_by done_on level reason child_opinion "
        "objection objection_result version changed_at approved_at",
        scrub={
            "guardian": blank,
            "asked_by": blank,
            "reason": blank,
            "child_opinion": blank,
            "objection": blank,
            "objection_result": blank,
        },
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(first=F("second")),
                name="capacity_seen_by_two",
                violation_error_message=_("Two different people look at it."),
            ),
            models.CheckConstraint(
                condition=Q(level="") | ~Q(reason=""),
                name="capacity_with_a_reason",
                violation_error_message=_("Say why it is judged so."),
            ),
        ]
        indexes = [models.Index(fields=["case", "-done_on"], name="capacities_of_case")]

    def __str__(self) -> str:
        return f"capacity {self.pk}"


class CapacityScore(models.Model):
    """One item of a scheme: how many points, and what was seen that says so."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    assessment = models.ForeignKey(CapacityAssessment, models.CASCADE, related_name="scores")
    item = models.CharField(max_length=40)
    points = models.PositiveSmallIntegerField(_("points"))
    evidence = models.TextField(_("how it is known"), blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency assessment", plain="item points evidence", scrub={"evidence": blank}
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "item"], name="capacity_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.pk}"
