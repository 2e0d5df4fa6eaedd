"""What child and guardian may ask for: correction, erasure; and what keeps a file from it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.periods import in_order
from tonghu.kernel.privacy import blank, decide, keep
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.constants import (
    CorrectionPart,
    CorrectionState,
    ErasureGround,
    ErasureState,
    HoldAuthority,
)
from tonghu.people.models.persons import Child, Person


class Erasure(models.Model):
    """Two persons have decided that a file goes: closed to everybody now, erased when it is due.

    ``file`` is the number of the child, and nothing once it is erased: the row then says that
    somebody was erased, when and by whose decision, and leads nowhere (R53).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    file = models.UUIDField(null=True, blank=True)
    ground = models.CharField(_("why"), max_length=9, choices=ErasureGround)
    reason = EncryptedTextField(_("reason"), blank=True)
    proposed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    due_at = models.DateTimeField(_("erased on"))
    state = models.CharField(
        _("state"), max_length=7, choices=ErasureState, default=ErasureState.WAITING
    )
    stopped_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency file proposed_by confirmed_by stopped_by",
        plain="ground confirmed_at due_at state ended_at",
        encrypted="reason",
        scrub={"file": blank, "reason": blank},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "file"],
                condition=Q(state=ErasureState.WAITING),
                name="erasure_once_at_a_time",
                violation_error_message=_("This file is waiting to be erased already."),
            ),
            models.CheckConstraint(
                condition=~Q(proposed_by=F("confirmed_by")),
                name="erasure_by_two",
                violation_error_message=_("A second person confirms this."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ErasureState.DONE) | Q(file__isnull=True),
                name="erasure_leads_nowhere",
                violation_error_message=_("What was erased has no number any more."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["file"],
                name="erasure_waiting",
                condition=Q(state=ErasureState.WAITING, file__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.state


class ErasureMark(models.Model):
    """A keyed digest of the number of a file that was erased, so that no copy brings it back.

    Nothing can be read from it: it only tells whether a number that is at hand was erased.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=80)
    erased_at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(links="id agency", plain="digest erased_at", scrub=keep)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "digest"], name="erasure_mark_once")
        ]

    def __str__(self) -> str:
        return self.digest


class LegalHold(models.Model):
    """A court, the police or an inspection needs a file as it is: nothing of it is erased.

    Placed by the head alone, at once; lifted by two persons. It stays as history.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="holds")
    authority = models.CharField(_("who needs it"), max_length=10, choices=HoldAuthority)
    reason = EncryptedTextField(_("reason"))
    from_on = models.DateField(_("since"))
    until_on = models.DateField(_("last day"), null=True, blank=True)
    placed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency child placed_by",
        plain="authority from_on until_on placed_at",
        encrypted="reason",
        scrub={"reason": blank},
    )

    class Meta:
        constraints = [in_order("hold_in_order")]
        indexes = [models.Index(fields=["child", "until_on"], name="holds_of_child")]

    def __str__(self) -> str:
        return self.authority


class CorrectionRequest(models.Model):
    """Somebody who may know of the file says that something in it is wrong (PIPL 46).

    ``wrong`` is what stands there, ``right`` what should, in the words of who asks.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="corrections")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField(_("asked on"))
    part = models.CharField(_("which part"), max_length=8, choices=CorrectionPart)
    wrong = EncryptedTextField(_("what is wrong"))
    right = EncryptedTextField(_("what it should say"))
    due_on = models.DateField(_("to be answered by"))
    state = models.CharField(
        _("state"), max_length=8, choices=CorrectionState, default=CorrectionState.OPEN
    )
    answer = EncryptedTextField(_("answer"), blank=True)
    noted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency child asked_by noted_by answered_by",
        plain="asked_on part due_on state noted_at answered_at",
        encrypted="wrong right answer",
        scrub={"wrong": blank, "right": blank, "answer": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CorrectionState.OPEN, answered_by__isnull=True)
                | ~Q(state=CorrectionState.OPEN) & Q(answered_by__isnull=False),
                name="correction_answered_by_somebody",
                violation_error_message=_("A named person answers this."),
            )
        ]
        indexes = [
            models.Index(fields=["child", "state"], name="corrections_of_child"),
            models.Index(
                fields=["due_on"],
                name="corrections_open",
                condition=Q(state=CorrectionState.OPEN),
            ),
        ]

    def __str__(self) -> str:
        return self.state
