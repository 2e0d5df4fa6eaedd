"""Case conferences: who met, about which cases, what was decided, who does it by when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.casework.models.cases import Case
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide, keep
from tonghu.kernel.scoping import ScopedManager


class Conference(models.Model):
    """People of several houses sat together about one case, each as far as she needed to know.

    ``outside`` are members without an account here, in words: “school, Mr Zhao”.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="conferences")
    held_on = models.DateField(_("held on"))
    outside = models.TextField(_("who came from elsewhere"), blank=True)
    discussed = models.TextField(_("what was talked about"))
    author = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency case author",
        plain="held_on outside discussed recorded_at",
        scrub={"outside": blank, "discussed": blank},
    )

    class Meta:
        indexes = [models.Index(fields=["case", "held_on"], name="conferences_of_case")]

    def __str__(self) -> str:
        return f"conference {self.pk}"


class ConferenceMember(models.Model):
    """A colleague who sat in a conference."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    conference = models.ForeignKey(Conference, models.CASCADE, related_name="members")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")

    objects = ScopedManager()
    privacy = decide(links="id agency conference account", scrub=keep)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "account"], name="conference_member_once")
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"


class ConferenceDecision(models.Model):
    """What a conference decided: what, who does it, by when, and whether it is done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    conference = models.ForeignKey(Conference, models.CASCADE, related_name="decisions")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    what = models.CharField(_("what is done"), max_length=160)
    owner = models.CharField(_("who does it"), max_length=60)
    due_on = models.DateField(_("until when"))
    done_at = models.DateTimeField(null=True, blank=True)
    done_words = models.CharField(_("what came of it"), max_length=160, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency conference case",
        plain="what owner due_on done_at done_words",
        scrub={"what": blank, "owner": blank, "done_words": blank},
    )

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="decisions_open", condition=Q(done_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"
