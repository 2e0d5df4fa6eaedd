"""Rosters as they came, line by line, what came of each, and what a person must decide."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account, Organisation
from tonghu.kernel.encryption import EncryptedTextField
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide, keep, pseudonym
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.constants import KeeperKind, LineOutcome, RosterAnswer, RosterState
from tonghu.people.models.persons import Child
from tonghu.people.models.places import Place


class RosterSource(models.Model):
    """Who keeps a list of a place's children, and how the lists from there are read.

    ``column_map`` is what a person accepted the last time, as the reading engine writes it;
    ``fingerprint`` says by the headings whether the next list looks the same.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(_("who keeps the list"), max_length=9, choices=KeeperKind)
    name = models.CharField(_("name"), max_length=60)
    column_map = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=32, blank=True)

    objects = ScopedManager()
    privacy = decide(links="id agency place", plain="kind name column_map fingerprint", scrub=keep)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "place", "kind", "name"],
                name="roster_source_once",
                violation_error_message=_("This source is on the list already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Roster(models.Model):
    """One list as it came from a source, and how far it has been taken over.

    ``content_hash`` makes the same file come once. ``seen_from`` is the day from which ages were
    read. ``place`` is the source's: it decides who may see the list, and stays. ``likened`` is
    how many of its lines have been held against all files after the import.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    source = models.ForeignKey(RosterSource, models.PROTECT, related_name="rosters")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=120)
    content_hash = models.CharField(max_length=64)
    state = models.CharField(
        _("state"), max_length=9, choices=RosterState, default=RosterState.READ
    )
    summary = EncryptedTextField(_("how it was read"), blank=True)
    seen_from = models.DateField()
    brought_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    brought_at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True, blank=True)
    likened = models.PositiveIntegerField(default=0)

    objects = ScopedManager()
    privacy = decide(
        links="id agency source place brought_by",
        plain="file_name content_hash state seen_from brought_at imported_at likened",
        encrypted="summary",
        scrub={"file_name": blank, "summary": blank},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "place", "content_hash"],
                condition=~Q(state="undone"),
                name="roster_once",
                violation_error_message=_("This list has come already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class RosterFile(models.Model):
    """The bytes of a roster, sealed; they go when the list is undone."""

    roster = models.OneToOneField(Roster, models.CASCADE, primary_key=True, related_name="file")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    content = EncryptedTextField(_("content"))

    objects = ScopedManager()
    privacy = decide(links="roster agency", encrypted="content", scrub={"content": blank})

    def __str__(self) -> str:
        return str(self.pk)


class RosterLine(models.Model):
    """One child of a roster: where it stands, what was understood, what came of it.

    ``key`` is the same for lines of the list that are one child for certain. ``made`` names the
    rows and fields that the import added to a file, so that it can be undone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    roster = models.ForeignKey(Roster, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    sheet = models.CharField(max_length=80, blank=True)
    row = models.PositiveIntegerField()
    child_no = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=40)
    said = EncryptedTextField(_("as understood"))
    outcome = models.CharField(
        _("outcome"), max_length=8, choices=LineOutcome, default=LineOutcome.WAITING
    )
    child = models.ForeignKey(
        Child, models.SET_NULL, null=True, blank=True, related_name="roster_lines"
    )
    made = EncryptedTextField(blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency roster child",
        plain="position sheet row child_no key outcome",
        encrypted="said made",
        scrub={"key": pseudonym, "said": blank, "made": blank},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "position"], name="roster_line_once")
        ]
        indexes = [models.Index(fields=["roster", "outcome", "position"], name="roster_lines")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"


class RosterQuestion(models.Model):
    """What a person must decide about a line, or about the list as a whole.

    ``asked`` holds the cell as written and what the sentence needs; ``proposed`` the file on the
    list that may be the same child, or the one that differs or is not on the list any more.
    ``made`` is what accepting a difference wrote to the file, so that it can be undone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    roster = models.ForeignKey(Roster, models.CASCADE, related_name="questions")
    line = models.ForeignKey(
        RosterLine, models.CASCADE, null=True, blank=True, related_name="questions"
    )
    code = models.CharField(max_length=20)
    field = models.CharField(max_length=20)
    asked = EncryptedTextField(_("as written"))
    proposed = models.ForeignKey(Child, models.CASCADE, null=True, blank=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=8, choices=RosterAnswer, blank=True)
    value = EncryptedTextField(_("value"), blank=True)
    made = EncryptedTextField(blank=True)
    answered_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency roster line proposed answered_by",
        plain="code field answer answered_at",
        encrypted="asked value made",
        scrub={"asked": blank, "value": blank, "made": blank},
    )

    class Meta:
        indexes = [models.Index(fields=["roster", "answer", "code"], name="roster_questions")]

    def __str__(self) -> str:
        return self.code
