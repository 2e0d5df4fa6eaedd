"""Who stands in for the agency head where she is in conflict (R10, R55)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models.people import Account, Organisation
from tonghu.kernel.ids import new_id
from tonghu.kernel.periods import in_order
from tonghu.kernel.privacy import decide, keep
from tonghu.kernel.scoping import ScopedManager


class Deputy(models.Model):
    """A supervisor who acts as head for the files closed to every head, and for no other.

    For an absence no row stands here: the deputy then holds the head's role, with its days.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"), null=True, blank=True)
    named_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency account named_by", plain="from_on until_on named_at", scrub=keep
    )

    class Meta:
        constraints = [
            in_order("deputy_period_in_order"),
            models.UniqueConstraint(
                fields=["agency", "account"],
                condition=Q(until_on__isnull=True),
                name="deputy_named_once",
                violation_error_message=_("This person is the deputy already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.from_on:%F}"
