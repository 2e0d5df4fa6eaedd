"""When somebody is at the office, who would notice what leaves the house (R83)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models.people import Organisation
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import decide, keep
from tonghu.kernel.scoping import ScopedManager


class OfficeHours(models.Model):
    """The office hours of an agency on working days; without a row the usual ones hold."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.OneToOneField(Organisation, models.CASCADE, related_name="+")
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    objects = ScopedManager()
    privacy = decide(links="id agency", plain="opens closes", scrub=keep)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="office_closes_after_it_opens",
                violation_error_message=_("The office closes after it opens."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"
