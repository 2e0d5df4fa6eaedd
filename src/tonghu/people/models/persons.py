"""Persons and children: one name field, what else is known of it, and what is sealed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Organisation
from tonghu.access.models.people import readable
from tonghu.kernel.encryption import BlindIndexField, EncryptedTextField, id_number, phone_digits
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import blank, decide, keep, pseudonym
from tonghu.kernel.scoping import ScopedManager
from tonghu.people.constants import NameKind, Precision, Sex


class Person(models.Model):
    """Somebody the agency knows: a child, a parent, a carer.

    ``born_on`` is the day, or the first day of the month or year that is known; ``precision``
    says which. Names are not split by rule: one field as people write it. ``sort_key`` orders
    lists by sound and ends with a part of the key, so that a page can begin after a row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("full name"), max_length=80)
    latin_name = models.CharField(_("name in Latin letters"), max_length=120, blank=True)
    sort_key = models.CharField(max_length=180, editable=False)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    precision = models.CharField(
        _("known"), max_length=9, choices=Precision, blank=True, default=""
    )
    ethnicity = models.CharField(_("ethnicity"), max_length=20, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency",
        plain="name latin_name sort_key sex born_on precision ethnicity",
        scrub={
            "name": pseudonym,
            "latin_name": blank,
            "sort_key": blank,
            "sex": blank,
            "born_on": blank,
            "precision": blank,
            "ethnicity": blank,
        },
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(born_on__isnull=True, precision="")
                | (Q(born_on__isnull=False) & ~Q(precision="")),
                name="person_birth_says_how_exact",
                violation_error_message=_("Say how exactly the birth date is known."),
            )
        ]
        indexes = [models.Index(fields=["agency", "sort_key"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """Return the name for a reader: in Latin letters on English pages, where there is one."""
        return readable(self.name, self.latin_name)


class Child(models.Model):
    """The file of a child: its number, since when, and the file it was merged into.

    The key is the person's. ``number`` is said on the phone and printed: eight signs without
    those that are mistaken for each other, drawn by lot, so that it tells nothing.
    """

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="child")
    # No index begins with the agency: SQLite would walk all files of the one agency it serves.
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(_("file number"), max_length=8)
    registered_on = models.DateField(_("on the list since"))
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )

    objects = ScopedManager()
    privacy = decide(links="person agency merged_into", plain="number registered_on", scrub=keep)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "agency"], name="child_number_once"),
            models.CheckConstraint(
                condition=~Q(merged_into=F("person")),
                name="child_not_merged_into_itself",
                violation_error_message=_("A file is merged into another one."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["merged_into"],
                name="child_merged",
                condition=Q(merged_into__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.number


class OfPerson(models.Model):
    """Something known of one person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="%(class)ss")

    objects = ScopedManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class PersonName(OfPerson):
    """A former name, a nickname, another spelling: found like the name itself."""

    kind = models.CharField(_("kind"), max_length=8, choices=NameKind)
    name = models.CharField(_("full name"), max_length=80)

    privacy = decide(links="id agency person", plain="kind name", scrub={"name": pseudonym})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "name"], name="person_name_once")
        ]


class IdentityNumber(OfPerson):
    """The resident's identity number: sealed, searched by its keyed index, shown by four digits.

    Nobody is refused a service for the lack of one (regulation on minors online, article 32).
    """

    number = EncryptedTextField(_("identity number"))
    number_index = BlindIndexField(of="number", normalise=id_number)
    last_four = models.CharField(_("last four"), max_length=4, db_index=True)

    privacy = decide(
        links="id agency person",
        plain="last_four",
        encrypted="number",
        index="number_index",
        scrub={"number": blank, "number_index": blank, "last_four": blank},
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], name="identity_number_once")]


class Phone(OfPerson):
    """A telephone number under which somebody is reached, and whose it is in the family's words.

    ``is_hidden``: the number stands in a table and under a key of its own, here it leaves nothing;
    the page says "by arrangement", and it is never searched (R67).
    """

    number = EncryptedTextField(_("telephone"))
    number_index = BlindIndexField(of="number", normalise=phone_digits)
    whose = models.CharField(_("whose"), max_length=20, blank=True)
    is_hidden = models.BooleanField(_("hidden"), default=False)

    privacy = decide(
        links="id agency person",
        plain="whose is_hidden",
        encrypted="number",
        index="number_index",
        scrub={"number": blank, "number_index": blank, "whose": blank},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_hidden=False) | Q(number_index__isnull=True),
                name="hidden_phone_is_not_found",
                violation_error_message=_("A hidden telephone is kept elsewhere."),
            )
        ]
