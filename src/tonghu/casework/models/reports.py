"""Reports of harm: what is feared, what was told to whom, and apart from both who said so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.casework.harm import Channel, Concerns, Kind
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.models import Child

CONFIDENTIAL = "hidden"
"""The keys of the confidential tier."""
REPORTER = "reporter"
"""Keys of their own: whoever has the others does not learn who reported (R64)."""


class HarmReport(models.Model):
    """Somebody fears that a child is harmed; nobody can stop, hide or delete it (R62, R63).

    The child stands in words; ``child`` is known when the report began on a file, or once it was
    put to one. Erasing the child takes the words and leaves that a report was made and answered.
    ``reported_at`` and ``answered_at`` are written together with the :class:`ReportEvent`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.CharField(_("receipt"), max_length=8)
    child = models.ForeignKey(
        Child, models.SET_NULL, null=True, blank=True, related_name="harm_reports"
    )
    child_words = EncryptedTextField(_("which child"), ring_name=CONFIDENTIAL, blank=True)
    situations = models.CharField(_("which situation"), max_length=40)
    concerns = models.CharField(_("who may have done it"), max_length=8, choices=Concerns)
    facts = EncryptedTextField(_("what was seen or heard"), ring_name=CONFIDENTIAL, blank=True)
    in_danger = models.BooleanField(_("in danger now"), default=False)
    found_at = models.DateTimeField(_("found"))
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    reported_at = models.DateTimeField(_("told an authority"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended by two"), null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency child recorded_by",
        plain="number situations concerns in_danger found_at recorded_at reported_at answered_at "
        "ended_at",
        encrypted="child_words facts",
        scrub={"child_words": blank, "facts": blank},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "agency"], name="harm_report_number_once"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(answered_at__isnull=False),
                name="harm_report_ends_answered",
                violation_error_message=_("A report is answered before it ends."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "found_at"],
                name="harm_reports_open",
                condition=Q(answered_at__isnull=True),
            ),
            models.Index(fields=["child", "found_at"], name="harm_reports_of_child"),
            models.Index(fields=["recorded_by", "found_at"], name="harm_reports_recorded"),
        ]

    def __str__(self) -> str:
        return self.number


class ReportEvent(models.Model):
    """What happened with a report: told to whom and when, receipt, what they said. Only grows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    report = models.ForeignKey(HarmReport, models.CASCADE, related_name="events")
    kind = models.CharField(_("what"), max_length=8, choices=Kind)
    channel = models.CharField(_("to whom"), max_length=13, choices=Channel, blank=True)
    happened_at = models.DateTimeField(_("when"))
    receipt = models.CharField(_("receipt number"), max_length=60, blank=True)
    words = EncryptedTextField(_("what was said"), ring_name=CONFIDENTIAL, blank=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency report by",
        plain="kind channel happened_at receipt noted_at",
        encrypted="words",
        scrub={"words": blank, "receipt": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Kind.REPORTED) | ~Q(channel=""),
                name="harm_report_told_to_somebody",
                violation_error_message=_("Say who was told."),
            )
        ]
        indexes = [models.Index(fields=["report", "happened_at"], name="events_of_harm_report")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ReporterIdentity(models.Model):
    """Who told it, if she offered it: apart, under keys of its own, never printed (R24, R64)."""

    report = models.OneToOneField(
        HarmReport, models.CASCADE, primary_key=True, related_name="reporter"
    )
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    words = EncryptedTextField(_("who told it"), ring_name=REPORTER)

    objects = ScopedManager()
    privacy = decide(links="report agency recorded_by", encrypted="words", scrub={"words": blank})

    def __str__(self) -> str:
        return f"reporter {self.report_id}"
