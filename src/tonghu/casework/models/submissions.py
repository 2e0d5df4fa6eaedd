"""What was put before a supervisor: as it was on that day, with notes in its margin."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.casework.constants import Decision, PaperKind
from tonghu.casework.models.cases import Case
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager


class Submission(models.Model):
    """One version of a paper, submitted, then approved or returned by somebody else (R38).

    ``paper`` is the number of the assessment, plan, review or closure. ``content`` is its text by
    part, as submitted, so that the next version shows what changed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="submissions")
    kind = models.CharField(_("what"), max_length=10, choices=PaperKind)
    paper = models.UUIDField()
    version = models.PositiveSmallIntegerField(_("version"))
    content = EncryptedTextField(_("as it was"))
    submitted_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField()
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("why it is returned"), blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency case paper submitted_by decided_by",
        plain="kind version submitted_at decision decided_at reason",
        encrypted="content",
        scrub={"content": blank, "reason": blank},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "paper", "version"], name="submission_version_once"
            ),
            models.UniqueConstraint(
                fields=["agency", "paper"],
                condition=Q(decision=""),
                name="submission_one_at_a_time",
                violation_error_message=_("This is with the supervisor already."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(submitted_by__isnull=True)
                | ~Q(decided_by=F("submitted_by")),
                name="submission_decided_by_another",
                violation_error_message=_("Nobody approves what she wrote herself."),
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.RETURNED) | ~Q(reason=""),
                name="submission_returned_with_a_reason",
                violation_error_message=_("Say what is to be changed."),
            ),
        ]
        indexes = [
            models.Index(fields=["case"], name="submissions_waiting", condition=Q(decision=""))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class MarginNote(models.Model):
    """What a supervisor wrote beside one part of a paper; settled by the worker's next version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="notes")
    part = models.CharField(max_length=60)
    words = models.TextField(_("comment"))
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency submission by",
        plain="part words at settled_at",
        scrub={"words": blank},
    )

    def __str__(self) -> str:
        return f"note {self.pk}"
