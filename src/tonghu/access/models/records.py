"""What was done and looked at, the heads that seal it, and acts that wait for a second person."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.constants import ProposalState
from tonghu.access.models.people import Account, Organisation
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide, keep
from tonghu.kernel.scoping import ScopedManager


class JournalRow(models.Model):
    """One thing somebody did or looked at: added, never changed, never deleted.

    Only numbers and field names stand here in the clear; values and reasons are sealed (R82).
    No foreign keys, so it outlives what it names. ``hash`` chains each row of an agency to
    the one before it; triggers of the database refuse update and delete. The chain covers what is
    sealed by its digest, so that the words about a child who was erased can be taken out (R53);
    nothing else of a row can be changed.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    agency_id = models.UUIDField()
    seq = models.BigIntegerField()
    event = models.CharField(max_length=60)
    act = models.UUIDField()
    at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    account_id = models.UUIDField(null=True)
    membership_id = models.UUIDField(null=True)
    role = models.CharField(max_length=14)
    device_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    about_id = models.UUIDField(null=True)
    fields = models.TextField()
    sealed = models.TextField()
    sealed_digest = models.CharField(max_length=64, default="")
    op_id = models.UUIDField(null=True)
    content = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = ScopedManager()
    rewrappable = False
    privacy = decide(
        links="id",
        plain="agency_id seq event act at made_at account_id membership_id role device_id "
        "subject_kind subject_id about_id fields sealed sealed_digest op_id content previous hash",
        scrub=keep,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "seq"], name="journal_in_sequence"),
            models.UniqueConstraint(fields=["op_id"], name="journal_op_once"),
        ]
        indexes = [
            models.Index(fields=["about_id", "seq"], name="journal_about"),
            models.Index(fields=["account_id", "seq"], name="journal_by_account"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.event}"


class JournalHead(models.Model):
    """The signed end of an agency's chain on one day, to be kept outside the house."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    day_on = models.DateField()
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signature = models.CharField(max_length=128)
    public_key = models.CharField(max_length=64)

    objects = ScopedManager()
    privacy = decide(
        links="id agency", plain="day_on seq hash signed_at signature public_key", scrub=keep
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "day_on"], name="journal_head_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day_on:%F} {self.seq}"


class Proposal(models.Model):
    """An act that takes two different persons and waits for the second (R83, R84)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    act = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    concerns = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    details = EncryptedTextField(_("what will change"))
    reason = EncryptedTextField(_("reason"), blank=True, null=True)
    proposed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    proposed_role = models.CharField(max_length=14)
    proposed_at = models.DateTimeField()
    not_before = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency concerns proposed_by decided_by",
        plain="act subject_kind subject_id proposed_role proposed_at not_before state decided_at",
        encrypted="details reason",
        scrub={"details": blank, "reason": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(state=ProposalState.WITHDRAWN)
                | (
                    ~Q(decided_by=F("proposed_by"))
                    & (Q(concerns__isnull=True) | ~Q(decided_by=F("concerns")))
                ),
                name="proposal_decided_by_another",
                violation_error_message=_("Somebody else decides it."),
            )
        ]
        indexes = [models.Index(fields=["agency", "state"], name="proposal_waiting")]

    def __str__(self) -> str:
        return f"{self.act} {self.state}"


class Notice(models.Model):
    """Something a person must be told of at once; it stays until she has seen it (R66)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    event = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency account", plain="event subject_kind subject_id at seen_at", scrub=keep
    )

    class Meta:
        indexes = [models.Index(fields=["account", "seen_at"], name="notice_unseen")]

    def __str__(self) -> str:
        return self.event
