"""How a child's life was assessed, part by part, and scores of instruments that were typed in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.casework.constants import Need
from tonghu.casework.measures import Answered
from tonghu.casework.models.cases import Case
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager


class Assessment(models.Model):
    """What was found out about a child's life, by whom, from whom; written until it is approved.

    ``version`` counts how often the whole was saved, so that a form opened earlier overwrites
    nothing. The level of risk is no column: a person judges it on the case, with a reason (R28).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="assessments")
    author = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    begun_on = models.DateField(_("begun on"))
    informants = models.CharField(_("who told"), max_length=200, blank=True)
    seen_alone = models.BooleanField(_("talked with the child alone"), null=True, blank=True)
    child_opinion = models.TextField(_("what the child thinks"), blank=True)
    risk_factors = models.TextField(_("what makes it dangerous"), blank=True)
    protective_factors = models.TextField(_("what protects the child"), blank=True)
    problems = models.TextField(_("what comes first"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency case author changed_by",
        plain="begun_on informants seen_alone child_opinion risk_factors protective_factors "
        "problems summary version changed_at approved_at",
        scrub={
            "informants": blank,
            "child_opinion": blank,
            "risk_factors": blank,
            "protective_factors": blank,
            "problems": blank,
            "summary": blank,
        },
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "case"],
                condition=Q(approved_at__isnull=True),
                name="assessment_one_at_a_time",
                violation_error_message=_("An assessment of this case is being written already."),
            )
        ]
        indexes = [models.Index(fields=["case", "-begun_on"], name="assessments_of_case")]

    def __str__(self) -> str:
        return f"assessment {self.pk}"


class AssessedNeed(models.Model):
    """One part of the child's life: what is so, what is needed, what is strong, how it is known."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="needs")
    need = models.CharField(_("part of life"), max_length=13, choices=Need)
    facts = models.TextField(_("what is so"), blank=True)
    needed = models.TextField(_("what is needed"), blank=True)
    strength = models.TextField(_("what is strong"), blank=True)
    evidence = models.TextField(_("how it is known"), blank=True)
    score = models.PositiveSmallIntegerField(_("how good it is, 0 to 10"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency assessment changed_by",
        plain="need facts needed strength evidence score version changed_at",
        scrub={"facts": blank, "needed": blank, "strength": blank, "evidence": blank},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "need"], name="assessed_need_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__lte=10),
                name="assessed_need_up_to_ten",
                violation_error_message=_("The number goes from 0 to 10."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} {self.pk}"


class InstrumentScore(models.Model):
    """A score somebody worked out on paper and typed in; its band is what the registry says.

    No item is stored: the wording of most instruments belongs to others (reference 4).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="scores")
    instrument = models.CharField(_("instrument"), max_length=12)
    answered_by = models.CharField(_("who answered"), max_length=8, choices=Answered)
    on = models.DateField(_("on"))
    raw = models.DecimalField(_("score"), max_digits=6, decimal_places=2)
    band = models.CharField(_("range"), max_length=12, blank=True)
    entered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency case entered_by",
        plain="instrument answered_by on raw band entered_at",
        scrub={"raw": blank, "band": blank},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "instrument", "answered_by", "on"],
                name="instrument_score_once_a_day",
                violation_error_message=_("This score of this day is written down already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.pk}"
