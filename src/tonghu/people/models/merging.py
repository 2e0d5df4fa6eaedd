"""Two files that were brought together to one, and what is needed to part them again."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.models.persons import Child


class Merge(models.Model):
    """One file went into another: who decided it, what moved, and whether it was undone.

    ``kept`` names, sealed, each row that was changed, with what it said before. Without it
    nothing can be parted again; it goes when the child is erased.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    survivor = models.ForeignKey(Child, models.CASCADE, related_name="merges")
    loser = models.ForeignKey(Child, models.CASCADE, related_name="+")
    kept = EncryptedTextField(_("what moved"))
    proposed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField()
    undone_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency survivor loser proposed_by decided_by undone_by",
        plain="decided_at undone_at",
        encrypted="kept",
        scrub={"kept": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(survivor=F("loser")),
                name="merge_of_two",
                violation_error_message=_("A file is merged into another one."),
            ),
            models.UniqueConstraint(
                fields=["loser", "agency"],
                condition=Q(undone_at__isnull=True),
                name="merge_once_at_a_time",
                violation_error_message=_("This file has been merged already."),
            ),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True) | ~Q(proposed_by=F("decided_by")),
                name="merge_across_teams_by_two",
                violation_error_message=_("A second person confirms this."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
