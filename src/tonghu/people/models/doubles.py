"""Two files that may be one child's, and what a person said of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import decide, keep
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.constants import DoubleState
from tonghu.people.models.persons import Child


class PossibleDouble(models.Model):
    """A pair of files that the program holds for one child until a person has decided.

    A pair stands here once, the older key first, and stays: two who are known to be different,
    as twins, are not proposed again. ``score`` is in bits of evidence.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    one = models.ForeignKey(Child, models.CASCADE, related_name="+")
    other = models.ForeignKey(Child, models.CASCADE, related_name="+")
    score = models.FloatField(_("how much speaks for one child"))
    state = models.CharField(
        _("state"), max_length=9, choices=DoubleState, default=DoubleState.OPEN
    )
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency one other decided_by", plain="score state decided_at", scrub=keep
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "one", "other"], name="double_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="double_in_order"),
            models.CheckConstraint(
                condition=Q(state=DoubleState.OPEN, decided_by__isnull=True)
                | (~Q(state=DoubleState.OPEN) & Q(decided_by__isnull=False)),
                name="double_decided_by_somebody",
                violation_error_message=_("A person decides whether two files are one child's."),
            ),
        ]

    def __str__(self) -> str:
        return self.state
