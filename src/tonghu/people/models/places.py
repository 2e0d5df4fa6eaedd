"""Villages and urban communities: where children live and teams work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Organisation
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import decide, keep
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.constants import PlaceKind


class Place(models.Model):
    """A village or urban community as the agency works there.

    ``region_code`` is the twelve-digit code of the statistics bureau, where it is known;
    ``committee`` the organisation of its villagers' or residents' committee.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=PlaceKind)
    name = models.CharField(_("name"), max_length=60)
    region_code = models.CharField(_("region code"), max_length=12, blank=True)
    committee = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedManager()
    privacy = decide(links="id agency committee", plain="kind name region_code", scrub=keep)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name", "region_code"],
                name="place_once",
                violation_error_message=_("This place is on the list already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
