"""Looking back together, ending, and coming again afterwards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.casework.constants import AfterFollowUp, ClosureReason, RiskLevel
from tonghu.casework.models.cases import Case
from tonghu.casework.models.plans import Plan
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager
from tonghu.services.constants import Mode


def _of_ten(column: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__lte": 10}),
        name=name,
        violation_error_message=_("A figure from 0 to 10."),
    )


class StageReview(models.Model):
    """What has changed since the plan was agreed, as child, guardian and worker see it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="reviews")
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, blank=True, related_name="reviews")
    begun_on = models.DateField(_("begun on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    child_helps = models.PositiveSmallIntegerField(
        _("does this help? The child says"), null=True, blank=True
    )
    guardian_helps = models.PositiveSmallIntegerField(
        _("does this help? The guardian says"), null=True, blank=True
    )
    child_view = models.TextField(_("what the child says"), blank=True)
    guardian_view = models.TextField(_("what the guardian says"), blank=True)
    changes = models.TextField(_("what changes in the plan"), blank=True)
    written_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency case plan written_by",
        plain="begun_on done_on child_helps guardian_helps child_view guardian_view changes "
        "written_at",
        scrub={"child_view": blank, "guardian_view": blank, "changes": blank},
    )

    class Meta:
        constraints = [
            _of_ten("child_helps", "review_child_of_ten"),
            _of_ten("guardian_helps", "review_guardian_of_ten"),
            models.UniqueConstraint(
                fields=["agency", "case"],
                condition=Q(done_on__isnull=True),
                name="review_one_at_a_time",
                violation_error_message=_("A review is under way already. Open it."),
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"


class Closure(models.Model):
    """Why a case ends, what remains, what each of them thinks of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="closures")
    reason = models.CharField(_("why it ends"), max_length=16, choices=ClosureReason)
    summary = models.TextField(_("how it came to this"))
    remaining_risk = models.TextField(_("what danger remains"))
    child_view = models.TextField(_("what the child says"), blank=True)
    family_view = models.TextField(_("what the family says"), blank=True)
    worker_view = models.TextField(_("what the worker says"), blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        _("how content they are"), null=True, blank=True
    )
    asked_by = models.CharField(_("who asked"), max_length=60, blank=True)
    handover_to = models.CharField(_("who looks after the child now"), max_length=120, blank=True)
    written_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency case written_by",
        plain="reason summary remaining_risk child_view family_view worker_view satisfaction "
        "asked_by handover_to written_at closed_on",
        scrub={
            "summary": blank,
            "remaining_risk": blank,
            "child_view": blank,
            "family_view": blank,
            "worker_view": blank,
            "asked_by": blank,
            "handover_to": blank,
        },
    )

    class Meta:
        constraints = [
            _of_ten("satisfaction", "closure_of_ten"),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | ~Q(asked_by=""),
                name="closure_asked_by_somebody",
                violation_error_message=_("Say who asked how content they are."),
            ),
            models.UniqueConstraint(
                fields=["agency", "case"],
                condition=Q(closed_on__isnull=True),
                name="closure_one_at_a_time",
                violation_error_message=_("The closing is being written already. Open it."),
            ),
        ]

    def __str__(self) -> str:
        return f"closure {self.pk}"


class FollowUp(models.Model):
    """Coming again after the end: is the child well, and did it last?"""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="follow_ups")
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    mode = models.CharField(_("how"), max_length=9, choices=Mode, blank=True)
    child_seen = models.BooleanField(_("the child was seen"), null=True, blank=True)
    risk = models.CharField(_("risk"), max_length=9, choices=RiskLevel, blank=True)
    stable = models.BooleanField(_("it has lasted"), null=True, blank=True)
    benefits_kept = models.BooleanField(_("benefits are still paid"), null=True, blank=True)
    note = models.TextField(_("what was seen and heard"), blank=True)
    decision = models.CharField(_("what follows"), max_length=6, choices=AfterFollowUp, blank=True)
    done_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_why = models.TextField(_("why it is called off"), blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency case done_by",
        plain="due_on done_on mode child_seen risk stable benefits_kept note decision done_at "
        "called_off_at called_off_why",
        scrub={"note": blank, "called_off_why": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True) | ~Q(called_off_why=""),
                name="follow_up_called_off_with_a_reason",
                violation_error_message=_("Say why it is called off."),
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(called_off_at__isnull=True),
                name="follow_up_done_or_called_off",
                violation_error_message=_("It was done and cannot be called off."),
            ),
        ]
        indexes = [models.Index(fields=["case", "due_on"], name="follow_ups_of_case")]

    def __str__(self) -> str:
        return f"follow-up {self.due_on:%F}"
