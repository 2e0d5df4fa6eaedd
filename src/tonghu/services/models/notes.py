"""One line on a file: what somebody heard or will think of, and that was no contact."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.models import Child


class Note(models.Model):
    """A line written down in passing; it counts nowhere, for nobody was met. Only grows.

    A table of its own, not a contact of no minutes: every figure about contacts would have to
    leave it out again, and one day one would not.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="notes")
    author = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(_("note"), max_length=300)
    written_at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency child author", plain="words written_at", scrub={"words": blank}
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="note_has_words",
                violation_error_message=_("Write something first."),
            )
        ]
        indexes = [models.Index(fields=["child", "-written_at"], name="notes_of_child")]

    def __str__(self) -> str:
        return f"note {self.pk}"
