"""What somebody brought and put on a file, and apart from it the bytes, sealed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.attachments.constants import AttachmentKind, AttachmentState
from tonghu.kernel.encryption import BlindIndexField, EncryptedBytesField, EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide
from tonghu.kernel.scoping import ScopedManager


class AttachmentContent(models.Model):
    """The bytes of one picture, paper or recording, kept once however often it is brought.

    ``sha256`` is sealed: who knows a picture must not be able to ask whether it is here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sha256 = EncryptedTextField()
    digest = BlindIndexField(of="sha256")
    size = models.PositiveIntegerField()
    content = EncryptedBytesField()

    objects = ScopedManager()
    privacy = decide(
        links="id agency",
        plain="size",
        encrypted="sha256 content",
        index="digest",
        scrub={"sha256": blank, "digest": blank, "content": blank},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "digest"],
                name="attachment_content_once",
                violation_error_message=_("These bytes are kept already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.size)


class Attachment(models.Model):
    """One photo, scan, paper or recording on a file: whose, since when, what it shows.

    The file is known by ``target_kind`` and ``target_id`` alone, as in duties and reasons: it
    belongs to a floor above. ``small`` is what lists show of a picture.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    target_kind = models.CharField(max_length=60)
    target_id = models.UUIDField()
    kind = models.CharField(_("kind"), max_length=5, choices=AttachmentKind)
    title = EncryptedTextField(_("what it shows"), blank=True)
    happened_on = models.DateField(_("from which day"))
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    content = models.ForeignKey(AttachmentContent, models.PROTECT, related_name="+")
    small = models.ForeignKey(
        AttachmentContent, models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=AttachmentState, default=AttachmentState.CLEAR
    )
    added_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    was = models.CharField(max_length=10, choices=AttachmentState, blank=True)
    withdrawn_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = EncryptedTextField(_("why it was withdrawn"), blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency target_id content small added_by withdrawn_by",
        plain="target_kind kind happened_on media_type size width height seconds state added_at "
        "was withdrawn_at",
        encrypted="title reason",
        scrub={"title": blank, "reason": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=AttachmentState.WITHDRAWN, withdrawn_at__isnull=False)
                | Q(withdrawn_at__isnull=True) & ~Q(state=AttachmentState.WITHDRAWN),
                name="attachment_withdrawn_at_a_moment",
                violation_error_message=_("What is withdrawn says since when."),
            )
        ]
        indexes = [
            models.Index(
                fields=["target_kind", "target_id", "happened_on"], name="attachment_of_file"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
