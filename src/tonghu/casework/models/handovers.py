"""Handing a case to a colleague: one page, handed by one, taken by the other."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.casework.models.cases import Case
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager


class Handover(models.Model):
    """What the next worker must know of a case on her first day: no more than one page.

    ``handed_by`` wrote it; ``taken_by`` has read it and holds the file now. They meet the family
    together on ``warm_on`` where that can be.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="handovers")
    next_steps = models.TextField(_("next steps"))
    promised = models.TextField(_("what the child was promised"), blank=True)
    trusted = models.TextField(_("adults the child trusts"), blank=True)
    safety = models.TextField(_("what keeps the child safe"), blank=True)
    warm_on = models.DateField(_("meet the family together on"), null=True, blank=True)
    handed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    taken_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency case handed_by taken_by",
        plain="next_steps promised trusted safety warm_on handed_at taken_at",
        scrub={"next_steps": blank, "promised": blank, "trusted": blank, "safety": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True) | ~Q(taken_by=F("handed_by")),
                name="handover_by_two",
                violation_error_message=_("Somebody else takes it over."),
            ),
            models.UniqueConstraint(
                fields=["agency", "case"],
                condition=Q(taken_at__isnull=True),
                name="handover_one_at_a_time",
                violation_error_message=_("A handover of this case waits already."),
            ),
        ]
        indexes = [models.Index(fields=["case", "handed_at"], name="handovers_of_case")]

    def __str__(self) -> str:
        return f"handover {self.pk}"
