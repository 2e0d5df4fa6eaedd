"""Who said yes, to what, until when; and the guardian whose word does not count for now."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.periods import in_order
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.constants import (
    ChildView,
    ConsentAnswer,
    ConsentKind,
    ConsentLanguage,
    ConsentWay,
    LegalBasis,
    SuspensionGround,
)
from tonghu.people.models.persons import Child, Person

BEYOND_LAW = (ConsentKind.PUBLISH, ConsentKind.RESEARCH)
"""No law obliges anybody to publish a child or to study it."""


class Consent(models.Model):
    """One answer of one person to one purpose, as it was given; a later one takes its place.

    ``giver`` is a guardian or the child. Where the law asks nobody there is none, and ``basis``
    says which duty it is. ``child_words`` is what the child said, or showed, when it was asked.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=15, choices=ConsentKind)
    answer = models.CharField(_("answer"), max_length=10, choices=ConsentAnswer)
    giver = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    basis = models.CharField(_("legal duty"), max_length=12, choices=LegalBasis, blank=True)
    way = models.CharField(_("how asked"), max_length=7, choices=ConsentWay, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=ConsentLanguage, blank=True)
    text_version = models.CharField(_("text read out"), max_length=10, blank=True)
    limits = EncryptedTextField(_("limits"), blank=True, null=True)
    child_view = models.CharField(_("child's view"), max_length=9, choices=ChildView, blank=True)
    child_words = EncryptedTextField(_("in the child's words"), blank=True, null=True)
    given_on = models.DateField(_("asked on"))
    expires_on = models.DateField(_("holds until"), null=True, blank=True)
    evidence = models.CharField(_("paper"), max_length=160, blank=True)
    recorded_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_way = models.CharField(
        _("how withdrawn"), max_length=7, choices=ConsentWay, blank=True
    )
    withdrawal_noted_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency child giver recorded_by withdrawn_by",
        plain="purpose answer basis way language text_version child_view given_on expires_on "
        "evidence recorded_at withdrawn_on withdrawn_way withdrawal_noted_at",
        encrypted="limits child_words",
        scrub={"limits": blank, "child_words": blank, "evidence": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose=ConsentKind.NONE_LEGAL_DUTY),
                name="consent_is_to_a_purpose",
                violation_error_message=_("Say what it is for."),
            ),
            models.CheckConstraint(
                condition=Q(answer=ConsentAnswer.NOT_NEEDED, giver__isnull=True)
                & ~Q(basis="")
                & ~Q(purpose__in=BEYOND_LAW)
                | Q(giver__isnull=False, basis="") & ~Q(answer=ConsentAnswer.NOT_NEEDED),
                name="consent_rests_on_a_person_or_a_law",
                violation_error_message=_("Say who answered, or which duty of the law it is."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("given_on")),
                name="consent_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_on__isnull=True,
                    withdrawn_by__isnull=True,
                    withdrawn_way="",
                    withdrawal_noted_at__isnull=True,
                )
                | Q(
                    answer=ConsentAnswer.YES,
                    withdrawn_on__isnull=False,
                    withdrawn_on__gte=F("given_on"),
                    withdrawn_by__isnull=False,
                    withdrawal_noted_at__isnull=False,
                ),
                name="consent_withdrawn_by_somebody",
                violation_error_message=_("Say who took the consent back, and on which day."),
            ),
        ]
        indexes = [
            models.Index(fields=["child", "purpose", "given_on"], name="consents_of_child"),
            models.Index(
                fields=["expires_on", "child"],
                name="consent_running_out",
                condition=Q(answer=ConsentAnswer.YES, withdrawn_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.answer}"


class GuardianSuspension(models.Model):
    """A guardian's right to see, copy, be told of and decide on one child's file, suspended.

    Decided by a named person with a reason (R60). It ends through two persons and stays as
    history. A guardian who is suspected, or cannot be found, cannot decide for the child.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="suspensions")
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="suspensions")
    ground = models.CharField(_("ground"), max_length=9, choices=SuspensionGround)
    reason = EncryptedTextField(_("reason"))
    from_on = models.DateField(_("since"))
    until_on = models.DateField(_("last day"), null=True, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency child guardian decided_by",
        plain="ground from_on until_on decided_at",
        encrypted="reason",
        scrub={"reason": blank},
    )

    class Meta:
        constraints = [
            in_order("suspension_in_order"),
            models.UniqueConstraint(
                fields=["child", "guardian"],
                condition=Q(until_on__isnull=True),
                name="suspension_once_at_a_time",
                violation_error_message=_("This guardian's rights are suspended already."),
            ),
        ]
        indexes = [models.Index(fields=["child", "until_on"], name="suspensions_of_child")]

    def __str__(self) -> str:
        return self.ground
