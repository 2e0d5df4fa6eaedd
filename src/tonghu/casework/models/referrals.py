"""Referrals: what leaves the house, ticked one by one, and the loop until the outcome."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.casework.constants import Need
from tonghu.casework.models.cases import Case
from tonghu.casework.onward import WAITING, Receiver, ReferralState, Urgency
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager


class Referral(models.Model):
    """A child is referred, or handed over whole (``is_transfer``).

    ``data`` are the codes of what was ticked; ``content`` is, by code, what left on the day it
    was sent, sealed: proof of what the receiver got, and nothing that was not ticked.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="referrals")
    receiver_kind = models.CharField(_("what kind of place"), max_length=8, choices=Receiver)
    receiver = models.CharField(_("to whom"), max_length=120)
    is_transfer = models.BooleanField(_("the whole case goes there"), default=False)
    need = models.CharField(_("which need"), max_length=14, choices=Need)
    reason = models.TextField(_("why, and what is asked"))
    urgency = models.CharField(_("how soon"), max_length=5, choices=Urgency)
    data = models.CharField(_("what leaves"), max_length=120, blank=True)
    content = EncryptedTextField(_("what left"), blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=ReferralState, default=ReferralState.DRAFT
    )
    outcome = models.TextField(_("what came of it"), blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    feedback_due_on = models.DateField(_("ask for the answer on"), null=True, blank=True)
    author = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency case author",
        plain="receiver_kind receiver is_transfer need reason urgency data state outcome sent_on "
        "feedback_due_on recorded_at",
        encrypted="content",
        scrub={"reason": blank, "content": blank, "outcome": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "CONSENT_WAIT", "DECLINED", "CLOSED"])
                | Q(sent_on__isnull=False),
                name="referral_sent_on_a_day",
                violation_error_message=_("Say on which day it was sent."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.CLOSED) | ~Q(outcome=""),
                name="referral_closed_with_an_outcome",
                violation_error_message=_("Say what came of it."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["case"], name="referrals_waiting", condition=Q(state__in=list(WAITING))
            ),
            models.Index(fields=["case", "recorded_at"], name="referrals_of_case"),
        ]

    def __str__(self) -> str:
        return f"referral {self.pk}"


class ReferralStep(models.Model):
    """How a referral came to where it stands: sent, answered, served, closed. Only grows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="steps")
    to_state = models.CharField(max_length=12, choices=ReferralState)
    words = models.TextField(blank=True)
    on = models.DateField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency referral by", plain="to_state words on at", scrub={"words": blank}
    )

    class Meta:
        indexes = [models.Index(fields=["referral", "at"], name="steps_of_referral")]

    def __str__(self) -> str:
        return f"{self.to_state} {self.pk}"
