"""The case, how it came to where it stands, and its risk as persons judged it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.casework.constants import (
    OPEN,
    CaseKind,
    CaseState,
    NotAccepted,
    RiskLevel,
    Source,
)
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide, keep
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.models import Child


class Case(models.Model):
    """What is done for one child because of one worry, from the first word to the archive.

    ``state`` is where it stands, ``risk_level`` what a person judged last; both are written only
    together with the row that says who, when and why (:class:`CaseStep`, :class:`RiskFinding`).
    Days: ``opened_on`` heard of, ``accepted_on`` taken on, ``signed_on`` plan agreed (the day
    that counts), ``closed_on``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="cases")
    number = models.CharField(_("case number"), max_length=8)
    kind = models.CharField(
        _("kind of case"), max_length=8, choices=CaseKind, default=CaseKind.STANDARD
    )
    state = models.CharField(_("state"), max_length=12, choices=CaseState, default=CaseState.LEAD)
    source = models.CharField(_("how we heard of it"), max_length=14, choices=Source)
    referrer = models.CharField(_("who told us"), max_length=60, blank=True)
    problem = models.TextField(_("what the worry is, in the family's own words"))
    in_danger = models.BooleanField(_("in danger now"), default=False)
    child_view = models.TextField(_("what the child says"), blank=True)
    best_time = models.CharField(_("best time to reach the family"), max_length=60, blank=True)
    not_accepted = models.CharField(
        _("what happens instead"), max_length=8, choices=NotAccepted, blank=True
    )
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeats"
    )
    risk_level = models.CharField(_("risk"), max_length=9, choices=RiskLevel, blank=True)
    opened_on = models.DateField(_("heard of on"))
    accepted_on = models.DateField(_("taken on"), null=True, blank=True)
    signed_on = models.DateField(_("plan agreed on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    papers_due_on = models.DateField(_("forms to be made up for by"), null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency child same_as",
        plain="number kind state source referrer problem in_danger child_view best_time "
        "not_accepted risk_level opened_on accepted_on signed_on closed_on papers_due_on",
        scrub={"referrer": blank, "problem": blank, "child_view": blank, "best_time": blank},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "agency"], name="case_number_once"),
            models.UniqueConstraint(
                fields=["child", "agency"],
                condition=Q(state__in=OPEN),
                name="one_open_case_of_a_child",
                violation_error_message=_("This child has an open case. Go on with that one."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="case_closes_after_opening",
                violation_error_message=_("The case closes before it opens."),
            ),
            models.CheckConstraint(
                condition=~Q(same_as=F("id")),
                name="case_repeats_another",
                violation_error_message=_("A case is not a repeat of itself."),
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.NOT_ACCEPTED) | ~Q(not_accepted=""),
                name="case_says_what_instead",
                violation_error_message=_("Say what happens instead."),
            ),
        ]
        indexes = [models.Index(fields=["child", "state"], name="cases_of_child")]

    def __str__(self) -> str:
        return self.number


class CaseChild(models.Model):
    """Another child of a family case; what closes that child's file closes the case too."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="siblings")
    child = models.ForeignKey(Child, models.CASCADE, related_name="+")

    objects = ScopedManager()
    privacy = decide(links="id agency case child", scrub=keep)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "child"], name="case_child_once")]

    def __str__(self) -> str:
        return f"case {self.case_id}"


class CaseStep(models.Model):
    """A case went from one state to another: which named step, who, when, why. Only grows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20)
    from_state = models.CharField(max_length=12, choices=CaseState, blank=True)
    to_state = models.CharField(max_length=12, choices=CaseState)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency case by",
        plain="step from_state to_state on at reason",
        scrub={"reason": blank},
    )

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="steps_of_case")]

    def __str__(self) -> str:
        return f"{self.step} {self.pk}"


class RiskFinding(models.Model):
    """How much danger a person sees, why, and when it is looked at again. The newest holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="findings")
    level = models.CharField(_("risk"), max_length=9, choices=RiskLevel)
    reason = models.TextField(_("why"))
    set_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    set_on = models.DateField(_("judged on"))
    set_at = models.DateTimeField()
    review_on = models.DateField(_("look at it again on"))

    objects = ScopedManager()
    privacy = decide(
        links="id agency case set_by",
        plain="level reason set_on set_at review_on",
        scrub={"reason": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="risk_with_a_reason",
                violation_error_message=_("Say why it is judged so."),
            ),
            models.CheckConstraint(
                condition=Q(review_on__gte=F("set_on")),
                name="risk_looked_at_later",
                violation_error_message=_("The next look lies before this one."),
            ),
        ]
        indexes = [models.Index(fields=["case", "-set_at"], name="findings_of_case")]

    def __str__(self) -> str:
        return f"{self.level} {self.pk}"
