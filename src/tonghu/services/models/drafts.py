"""What somebody has begun to write: kept while she types, hers alone, gone once it is sent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.models import Child


class Draft(models.Model):
    """An unfinished form of one person about one child; sealed, since it may say anything.

    ``form`` names the form, ``about`` the row it is about, if it is not the child itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    form = models.CharField(max_length=40)
    about = models.UUIDField(null=True, blank=True)
    content = EncryptedTextField(_("as far as it was written"))
    saved_at = models.DateTimeField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency account child about",
        plain="form saved_at",
        encrypted="content",
        scrub={"content": blank},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "agency", "child", "form"],
                condition=Q(about__isnull=True),
                name="draft_of_a_child_once",
            ),
            models.UniqueConstraint(
                fields=["account", "agency", "form", "about"],
                condition=Q(about__isnull=False),
                name="draft_about_a_row_once",
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"
