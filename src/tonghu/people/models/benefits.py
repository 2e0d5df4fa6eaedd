"""What follows from a category: whether a benefit arrives, and which suggestion was declined."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.periods import in_order
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.constants import Benefit, BenefitState, Category
from tonghu.people.models.families import Span
from tonghu.people.models.persons import Child

NOT_ARRIVING = (BenefitState.ELIGIBLE_NOT_GIVEN, BenefitState.PARTIAL)


class BenefitCheck(Span):
    """How a benefit stood on the day somebody asked; it holds until it is asked about again.

    ``from_on`` is the day of asking. ``monthly`` is what arrives in a month, ``due`` what should,
    both in fen; ``received_from`` since when it arrives.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="benefits")
    benefit = models.CharField(_("benefit"), max_length=18, choices=Benefit)
    state = models.CharField(_("how it stands"), max_length=18, choices=BenefitState)
    monthly = models.PositiveBigIntegerField(_("arrives in a month"), null=True, blank=True)
    due = models.PositiveBigIntegerField(_("due in a month"), null=True, blank=True)
    received_from = models.DateField(_("arrives since"), null=True, blank=True)
    asked = models.CharField(_("who was asked"), max_length=80, blank=True)
    next_on = models.DateField(_("ask again on"), null=True, blank=True)
    noted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = decide(
        links="id agency child noted_by",
        plain="benefit state monthly due received_from asked next_on from_on until_on since_known",
        scrub={"asked": blank},
    )

    class Meta:
        constraints = [
            in_order("benefit_in_order"),
            models.UniqueConstraint(
                fields=["child", "benefit"],
                condition=Q(until_on__isnull=True),
                name="benefit_once_at_a_time",
                violation_error_message=_("This benefit was asked about already."),
            ),
            models.CheckConstraint(
                condition=~Q(state=BenefitState.PARTIAL)
                | Q(monthly__isnull=True)
                | Q(due__isnull=True)
                | Q(monthly__lt=F("due")),
                name="benefit_short_is_less_than_due",
                violation_error_message=_("What arrives short is less than what is due."),
            ),
        ]
        indexes = [
            models.Index(fields=["child", "until_on"], name="benefits_of_child"),
            models.Index(
                fields=["child"],
                name="benefits_not_arriving",
                condition=Q(until_on__isnull=True, state__in=NOT_ARRIVING),
            ),
        ]


class DeclinedSuggestion(models.Model):
    """Somebody has looked at a suggestion and not followed it: it rests until a fact changes.

    ``facts`` is the print of what the rule looked at; with other facts the suggestion is new.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="declined")
    category = models.CharField(_("category"), max_length=20, choices=Category)
    rule = models.CharField(_("suggested by"), max_length=40)
    facts = models.CharField(max_length=32, editable=False)
    reason = EncryptedTextField(_("reason"))
    declined_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    declined_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency child declined_by",
        plain="category rule facts declined_at taken_back_at",
        encrypted="reason",
        scrub={"facts": blank, "reason": blank},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "rule", "facts"],
                condition=Q(taken_back_at__isnull=True),
                name="suggestion_declined_once",
                violation_error_message=_("This suggestion was declined already."),
            )
        ]

    def __str__(self) -> str:
        return self.rule
