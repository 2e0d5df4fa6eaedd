"""Who supports a child, as drawn together with it at intake, at reviews and at the end."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.casework.models.cases import Case
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.models import Person


class MapOccasion(models.TextChoices):
    """When a map of support is drawn."""

    INTAKE = "intake", _("At intake")
    REVIEW = "review", _("At a review")
    CLOSURE = "closure", _("At closing")
    OTHER = "other", _("In between")


class TieSide(models.TextChoices):
    """On which side of a child's life somebody stands."""

    KIN = "KIN", _("Relatives")
    FRIEND = "FRIEND", _("Friends and peers")
    NEIGHBOUR = "NEIGHBOUR", _("Neighbours")
    SCHOOL = "SCHOOL", _("People at school")
    COMMITTEE = "COMMITTEE", _("Village or residents’ committee")
    CHILD_DIRECTOR = "CHILD_DIRECTOR", _("Child director")
    VOLUNTEER = "VOLUNTEER", _("Volunteers")
    CLINIC = "CLINIC", _("Clinic or hospital")
    OFFICE = "OFFICE", _("Offices and services")
    OTHER = "OTHER", _("Others")


class TieStrength(models.TextChoices):
    """How strong a tie is (``list:tie_strength``)."""

    STRONG = "STRONG", _("Strong")
    NORMAL = "NORMAL", _("Ordinary")
    WEAK = "WEAK", _("Weak")
    TENSE = "TENSE", _("Tense")
    BROKEN = "BROKEN", _("Broken off")


HOLDS = (TieStrength.STRONG, TieStrength.NORMAL)
"""Ties that can be leant on."""


class TieFlow(models.TextChoices):
    """Who helps whom."""

    IN = "in", _("Helps the child")
    OUT = "out", _("The child helps")
    BOTH = "both", _("Each other")


class SupportKind(models.TextChoices):
    """What a tie gives (``list:support_kind``)."""

    EMOTIONAL = "EMOTIONAL", _("Comfort")
    PRACTICAL = "PRACTICAL", _("Daily care")
    MATERIAL = "MATERIAL", _("Money and things")
    INFORMATION = "INFORMATION", _("Advice")
    COMPANY = "COMPANY", _("Company and play")
    PROTECT = "PROTECT", _("Protection")


class SupportMap(models.Model):
    """One drawing of who supports a child; never changed, a newer one follows it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="support_maps")
    occasion = models.CharField(_("on which occasion"), max_length=8, choices=MapOccasion)
    on = models.DateField(_("drawn on"))
    drawn_with = models.CharField(_("drawn together with"), max_length=80, blank=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency case by", plain="occasion on drawn_with at", scrub={"drawn_with": blank}
    )

    class Meta:
        indexes = [models.Index(fields=["case", "on"], name="support_maps_of_case")]

    def __str__(self) -> str:
        return f"support map {self.on:%F}"


class SupportTie(models.Model):
    """Somebody on a map: a person of the family, or somebody in words; what the tie is like.

    ``kinds`` are codes of :class:`SupportKind` with blanks between. ``at_night``: the child can
    go there at night. ``strain`` says in words what weighs on the tie.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    map = models.ForeignKey(SupportMap, models.CASCADE, related_name="ties")
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    who = models.CharField(_("who"), max_length=40, blank=True)
    side = models.CharField(_("on which side"), max_length=14, choices=TieSide)
    is_unpaid = models.BooleanField(_("helps unpaid"), default=True)
    strength = models.CharField(_("how strong"), max_length=6, choices=TieStrength)
    flow = models.CharField(_("who helps whom"), max_length=4, choices=TieFlow)
    kinds = models.CharField(_("what it gives"), max_length=80, blank=True)
    at_night = models.BooleanField(_("can be gone to at night"), default=False)
    strain = models.CharField(_("what weighs on it"), max_length=120, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency map person",
        plain="position who side is_unpaid strength flow kinds at_night strain",
        scrub={"who": blank, "strain": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(who=""),
                name="support_tie_of_one",
                violation_error_message=_("Choose a person, or write who it is; not both."),
            ),
            models.UniqueConstraint(
                fields=["agency", "map", "position"], name="support_tie_in_its_place"
            ),
        ]

    def __str__(self) -> str:
        return f"support tie {self.position}"
