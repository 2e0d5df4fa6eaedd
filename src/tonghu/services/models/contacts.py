"""The core record: one row is one meeting, written down once by who was there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide, keep
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.models import Child
from tonghu.services.constants import Confirmed, ContactKind, Mode, Result, RiskChange, Safety


class Contact(models.Model):
    """A meeting, a call, a visit, also one where nobody was home.

    ``child`` names the file it belongs to; others who took part stand in :class:`ContactChild`.
    Never edited: a second entry names it in ``corrects``, once, so that the newest word is plain.
    ``with_whom`` are the people met, in words: a paper needs no more, and a name that is taken off
    the family later stays as it was said.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="contacts")
    author = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    happened_at = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(_("how long, in minutes"), default=0)
    travel_minutes = models.PositiveSmallIntegerField(
        _("way there and back"), null=True, blank=True
    )
    mode = models.CharField(_("how"), max_length=9, choices=Mode)
    kind = models.CharField(_("what for"), max_length=16, choices=ContactKind)
    result = models.CharField(_("who was met"), max_length=14, choices=Result)
    seen_alone = models.BooleanField(_("talked with the child alone"), null=True, blank=True)
    with_whom = models.CharField(_("with whom"), max_length=200, blank=True)
    happened = models.TextField(_("what happened"), blank=True)
    done = models.TextField(_("what I did"), blank=True)
    reaction = models.TextField(_("how they took it"), blank=True)
    safety = models.CharField(_("how safe"), max_length=7, choices=Safety, blank=True)
    risk_change = models.CharField(
        _("safer or not"), max_length=4, choices=RiskChange, default=RiskChange.SAME
    )
    next_step = models.CharField(_("next step"), max_length=160, blank=True)
    next_on = models.DateField(_("until when"), null=True, blank=True)
    confirmed = models.CharField(
        _("confirmed by"), max_length=9, choices=Confirmed, default=Confirmed.NONE
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    why_corrected = models.CharField(_("why it is corrected"), max_length=160, blank=True)
    recorded_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency child author corrects reviewed_by",
        plain="happened_at minutes travel_minutes mode kind result seen_alone with_whom happened "
        "done reaction safety risk_change next_step next_on confirmed why_corrected recorded_at "
        "reviewed_at",
        scrub={
            "with_whom": blank,
            "happened": blank,
            "done": blank,
            "reaction": blank,
            "next_step": blank,
            "why_corrected": blank,
        },
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(corrects=F("id")),
                name="contact_corrects_another",
                violation_error_message=_("A correction names the entry it corrects."),
            ),
            models.UniqueConstraint(
                fields=["corrects", "agency"],
                condition=Q(corrects__isnull=False),
                name="contact_corrected_once",
                violation_error_message=_("This entry was corrected already. Correct the newer."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | Q(author__isnull=True)
                | ~Q(reviewed_by=F("author")),
                name="contact_reviewed_by_another",
                violation_error_message=_("Nobody reviews what she wrote herself."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__lte=1440),
                name="contact_within_a_day",
                violation_error_message=_("A contact does not last longer than a day."),
            ),
        ]
        indexes = [
            models.Index(fields=["child", "-happened_at"], name="contacts_of_child"),
            models.Index(fields=["author", "-happened_at"], name="contacts_of_author"),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class ContactChild(models.Model):
    """Another child who took part, such as a brother or a sister."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="others")
    child = models.ForeignKey(Child, models.CASCADE, related_name="+")

    objects = ScopedManager()
    privacy = decide(links="id agency contact child", scrub=keep)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "child"], name="contact_child_once")
        ]

    def __str__(self) -> str:
        return f"contact {self.contact_id}"


class Reflection(models.Model):
    """What a worker thinks of a contact: hers and her supervisor's alone, never printed (R27)."""

    contact = models.OneToOneField(
        Contact, models.CASCADE, primary_key=True, related_name="reflection"
    )
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    author = models.ForeignKey(Account, models.PROTECT, related_name="+")
    words = EncryptedTextField(_("what I think of it"))

    objects = ScopedManager()
    privacy = decide(links="contact agency child author", encrypted="words", scrub={"words": blank})

    def __str__(self) -> str:
        return f"reflection {self.pk}"
