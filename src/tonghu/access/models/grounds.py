"""What opens and what closes a file: dated rows, so that nothing is remembered (R1, R4)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.constants import ClosingKind, DutyKind, ReasonCode
from tonghu.access.models.people import Account, Organisation
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.periods import in_order
from tonghu.kernel.privacy import blank, decide, keep
from tonghu.kernel.scoping import ScopedManager


class Ground(models.Model):
    """Something between one person and one thing, named by kind and number.

    No foreign key to the thing: the tables it points at lie on higher floors.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    target_kind = models.CharField(max_length=40)
    target_id = models.UUIDField()

    objects = ScopedManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.target_kind} {self.target_id}"


class Duty(Ground):
    """Why somebody may know of a thing: from a first to a last day."""

    kind = models.CharField(_("duty"), max_length=12, choices=DutyKind)
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"), null=True, blank=True)

    privacy = decide(
        links="id agency account",
        plain="target_kind target_id kind from_on until_on",
        scrub=keep,
    )

    class Meta:
        constraints = [in_order("duty_period_in_order")]
        indexes = [models.Index(fields=["account", "target_kind", "kind"], name="duty_of_account")]


class Reason(Ground):
    """A reason written down before opening what lies outside the own duty (R65)."""

    code = models.CharField(_("reason"), max_length=14, choices=ReasonCode)
    words = EncryptedTextField(_("in a sentence"))
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()

    privacy = decide(
        links="id agency account",
        plain="target_kind target_id code opened_at until_at",
        encrypted="words",
        scrub={"words": blank},
    )

    class Meta:
        indexes = [models.Index(fields=["account", "target_kind", "until_at"], name="reason_open")]


class BreakGlass(Ground):
    """24 hours on one child's file when life or limb is at stake, reviewed by another (R66)."""

    words = EncryptedTextField(_("what is happening"))
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    finding = EncryptedTextField(_("finding of the review"), blank=True, null=True)

    privacy = decide(
        links="id agency account reviewed_by",
        plain="target_kind target_id opened_at until_at reviewed_at",
        encrypted="words finding",
        scrub={"words": blank, "finding": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("account")),
                name="break_glass_reviewed_by_another",
                violation_error_message=_("Somebody else reviews it."),
            )
        ]
        indexes = [models.Index(fields=["account", "target_kind", "until_at"], name="glass_open")]


class Closing(Ground):
    """Closes a thing to one person, whatever the role; a closing beats an opening (R5).

    A seal closes it to everybody: it names nobody here, and those it lets in beside it (R57).
    """

    account = models.ForeignKey(  # type: ignore[assignment]  # a seal has nobody here
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("why it is closed"), max_length=12, choices=ClosingKind)
    words = EncryptedTextField(_("in a sentence"), blank=True, null=True)
    from_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    privacy = decide(
        links="id agency account",
        plain="target_kind target_id kind from_at lifted_at",
        encrypted="words",
        scrub={"words": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False) | Q(kind=ClosingKind.SEAL),
                name="closing_to_all_is_a_seal",
                violation_error_message=_("Only a seal closes a file to everybody."),
            ),
            models.UniqueConstraint(
                fields=["agency", "target_id"],
                condition=Q(kind=ClosingKind.SEAL, lifted_at__isnull=True),
                name="sealed_once",
                violation_error_message=_("This file is sealed already."),
            ),
        ]
        indexes = [models.Index(fields=["account", "target_kind"], name="closing_of_account")]


class SealOpening(models.Model):
    """Who may open a sealed file, with a reason each day; those who sealed it may approve there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    closing = models.ForeignKey(Closing, models.CASCADE, related_name="openings")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    may_approve = models.BooleanField(_("sealed it"), default=False)

    objects = ScopedManager()
    privacy = decide(links="id agency closing account", plain="may_approve", scrub=keep)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["closing", "account"], name="seal_names_once")
        ]

    def __str__(self) -> str:
        return f"{self.closing_id}"
