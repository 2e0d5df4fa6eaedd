"""What a supervisor and a worker talked through, and what they agreed to do."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.casework.measures import Supervised
from tonghu.casework.models.cases import Case
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide, keep
from tonghu.kernel.scoping import ScopedManager


class SupervisionNote(models.Model):
    """One supervision of one worker; its words are the two's alone, sealed (R33)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Account, models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(Account, models.PROTECT, related_name="+")
    on = models.DateField(_("on"))
    minutes = models.PositiveSmallIntegerField(_("how long, in minutes"))
    kind = models.CharField(_("how"), max_length=10, choices=Supervised)
    issues = EncryptedTextField(_("what was talked through"), blank=True)
    own_state = EncryptedTextField(_("how the worker is"), blank=True)
    recorded_at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency worker supervisor",
        plain="on minutes kind recorded_at",
        encrypted="issues own_state",
        scrub={"issues": blank, "own_state": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(worker=F("supervisor")),
                name="supervision_of_another",
                violation_error_message=_("Nobody supervises herself."),
            )
        ]
        indexes = [models.Index(fields=["worker", "-on"], name="supervision_of_worker")]

    def __str__(self) -> str:
        return f"supervision {self.pk}"


class SupervisedCase(models.Model):
    """A case that was talked through in a supervision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    note = models.ForeignKey(SupervisionNote, models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")

    objects = ScopedManager()
    privacy = decide(links="id agency note case", scrub=keep)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "case"], name="supervised_case_once")
        ]

    def __str__(self) -> str:
        return f"supervised {self.case_id}"


class SupervisionTask(models.Model):
    """What one of the two does by a day; with a case it stands among what the case owes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    note = models.ForeignKey(SupervisionNote, models.CASCADE, related_name="tasks")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Account, models.PROTECT, related_name="+")
    what = EncryptedTextField(_("what is to be done"))
    due_on = models.DateField(_("by"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedManager()
    privacy = decide(
        links="id agency note case owner done_by",
        plain="due_on done_at",
        encrypted="what",
        scrub={"what": blank},
    )

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="tasks_undone", condition=Q(done_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"task {self.pk}"
