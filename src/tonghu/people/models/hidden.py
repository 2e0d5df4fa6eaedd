"""What somebody must not find: taken out of the ordinary tables, under keys of its own (R23)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.constants import HiddenKind
from tonghu.people.models.persons import Child, Person
from tonghu.people.models.places import Place


class HiddenField(models.Model):
    """An address, telephone, place or school that stands nowhere else until two persons lift it.

    ``row`` is the span or telephone it was taken out of, which reads "by arrangement" meanwhile.
    ``team`` is whose work the file stays when the place is hidden: not where the child lives.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="hidden")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(_("what"), max_length=9, choices=HiddenKind)
    row = models.UUIDField()
    value = EncryptedTextField(_("hidden"), ring_name="hidden")
    team = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    words = EncryptedTextField(_("why"), ring_name="hidden", blank=True, null=True)
    hidden_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    hidden_at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency child person row team hidden_by",
        plain="kind hidden_at",
        encrypted="value words",
        scrub={"value": blank, "words": blank},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "row", "kind"],
                name="hidden_once",
                violation_error_message=_("This is hidden already."),
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=True) | Q(kind=HiddenKind.PLACE),
                name="hidden_place_keeps_its_team",
                violation_error_message=_("A team is kept with a hidden place alone."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["team"], name="hidden_kept_by_team", condition=Q(team__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
