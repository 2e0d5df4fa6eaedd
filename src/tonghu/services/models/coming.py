"""What is arranged for later: a visit at the family's time, a call that was promised."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.models import Child
from tonghu.services.models.contacts import Contact


class Appointment(models.Model):
    """Something arranged for a day; it ends with a contact, or is called off with a reason.

    It is never ticked: ``kept_by`` is the contact that was recorded for it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="appointments")
    worker = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(_("on which day"))
    time = models.TimeField(_("at what time"), null=True, blank=True)
    what = models.CharField(_("what for"), max_length=160)
    arranged_in = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="arranged"
    )
    kept_by = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="keeps"
    )
    called_off_at = models.DateTimeField(null=True, blank=True)
    why_called_off = models.CharField(_("why not"), max_length=160, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency child worker arranged_in kept_by",
        plain="on time what called_off_at why_called_off",
        scrub={"what": blank, "why_called_off": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_by__isnull=True) | Q(called_off_at__isnull=True),
                name="appointment_kept_or_called_off",
                violation_error_message=_("It took place, or it was called off."),
            )
        ]
        indexes = [
            models.Index(
                fields=["child", "on"],
                name="appointments_open",
                condition=Q(kept_by__isnull=True, called_off_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"appointment {self.pk}"
