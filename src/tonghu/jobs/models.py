"""Long work that somebody asked for, its progress, and the file it made."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Membership, Organisation
from tonghu.jobs.constants import JobState
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager


class Job(models.Model):
    """One piece of long work: whose it is, how far it has come, what came of it.

    ``done`` and ``total`` count what the kind of work counts, as rows. ``beat_at`` is renewed
    while it runs; a job that has been silent for a minute was killed and is tried again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    details = EncryptedTextField(_("what was asked for"))
    state = models.CharField(_("state"), max_length=8, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(_("why it failed"), max_length=40, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    file_size = models.PositiveBigIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency account membership",
        plain="kind state done total tries why file_name file_size asked_at beat_at ended_at "
        "expires_at",
        encrypted="details",
        scrub={"details": blank},
    )

    class Meta:
        indexes = [
            models.Index(fields=["account", "asked_at"], name="job_of_account"),
            models.Index(fields=["state", "beat_at"], name="job_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
