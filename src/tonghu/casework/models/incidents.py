"""Incidents and crises: what happened, who was told and when, and what the supervisor says."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.casework.harm import HarmType, Notified
from tonghu.casework.models.cases import Case
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager


class Incident(models.Model):
    """Somebody was hurt, or nearly: where, who, what, what was done. Looked back on by another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="incidents")
    harm = models.CharField(_("what kind"), max_length=16, choices=HarmType)
    happened_at = models.DateTimeField(_("when"))
    place = models.CharField(_("where"), max_length=120)
    hurt = models.CharField(_("who was hurt, and how badly"), max_length=160)
    what = EncryptedTextField(_("what happened"))
    response = EncryptedTextField(_("what was done"), blank=True)
    author = models.ForeignKey(Account, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    finding = EncryptedTextField(_("what is learnt from it"), blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency case author reviewed_by",
        plain="harm happened_at place hurt recorded_at reviewed_at",
        encrypted="what response finding",
        scrub={
            "place": blank,
            "hurt": blank,
            "what": blank,
            "response": blank,
            "finding": blank,
        },
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("author")),
                name="incident_reviewed_by_another",
                violation_error_message=_("Somebody else looks back on it."),
            )
        ]
        indexes = [models.Index(fields=["case", "happened_at"], name="incidents_of_case")]

    def __str__(self) -> str:
        return f"incident {self.pk}"


class IncidentNotice(models.Model):
    """Who was told of an incident, and at what time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="notices")
    whom = models.CharField(_("who was told"), max_length=9, choices=Notified)
    told_at = models.DateTimeField(_("when"))
    words = models.CharField(_("what they said"), max_length=160, blank=True)

    objects = ScopedManager()
    privacy = decide(links="id agency incident", plain="whom told_at words", scrub={"words": blank})

    class Meta:
        indexes = [models.Index(fields=["incident", "told_at"], name="notices_of_incident")]

    def __str__(self) -> str:
        return f"{self.whom} {self.pk}"
