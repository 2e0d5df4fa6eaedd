"""Organisations, accounts, memberships, devices, invitations."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tonghu.access.constants import Language, OrganisationKind, ScopeKind
from tonghu.access.roles import ROLES, role_choices
from tonghu.kernel.encryption import BlindIndexField, EncryptedTextField, phone_digits
from tonghu.kernel.ids import new_id
from tonghu.kernel.periods import in_order
from tonghu.kernel.prepared import Asked, Prepared
from tonghu.kernel.privacy import blank, decide, keep, pseudonym
from tonghu.kernel.scoping import ScopedManager


def readable(name: str, latin_name: str, language: str | None = None) -> str:
    """Return the name for a reader: in Latin letters on English pages, where there is one."""
    english = (language or get_language() or "").startswith("en")
    return latin_name if english and latin_name else name


class Organisation(models.Model):
    """An agency (the tenant), or a buyer, evaluator or community as that agency knows it.

    Nothing crosses agencies but documents, so a bureau that buys from two agencies is
    one row in each.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey("self", models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind)
    name = models.CharField(_("name"), max_length=120)
    latin_name = models.CharField(_("name in Latin letters"), max_length=160, blank=True)
    credit_code = models.CharField(_("credit code"), max_length=18, blank=True)
    phone = models.CharField(_("office telephone"), max_length=30, blank=True)

    objects = ScopedManager()
    privacy = decide(links="id agency", plain="kind name latin_name credit_code phone", scrub=keep)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=OrganisationKind.AGENCY) | Q(agency=F("id")),
                name="agency_is_its_own_tenant",
                violation_error_message=_("An agency belongs to itself."),
            ),
            models.UniqueConstraint(
                fields=["agency", "credit_code"],
                condition=~Q(credit_code=""),
                name="organisation_once_per_credit_code",
                violation_error_message=_("This credit code is on the list already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """Return the name for a reader: in Latin letters on English pages, where there is one."""
        return readable(self.name, self.latin_name)


class Accounts(BaseUserManager["Account"]):
    """How accounts are found at sign-in, and by each request of somebody signed in."""

    def get(self, *args: Any, **kwargs: Any) -> "Account":
        """Return one account; by its number alone the SQL is not made anew.

        :raises Account.DoesNotExist: when there is none.
        """
        if args or set(kwargs) != {"pk"}:
            return super().get(*args, **kwargs)
        found = _of_number.first(pk=kwargs["pk"])
        if found is None:
            raise Account.DoesNotExist
        return found


class Account(AbstractBaseUser):
    """A person who can sign in; which agency she acts for is said by her memberships."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    login = models.CharField(_("sign-in name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    latin_name = models.CharField(_("name in Latin letters"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=Language, blank=True)
    phone = EncryptedTextField(_("mobile phone"), blank=True, null=True)
    phone_index = BlindIndexField(of="phone", normalise=phone_digits)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_cast = models.BooleanField(_("person of the demonstration"), default=False)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects = Accounts()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    privacy = decide(
        links="id",
        plain="login name latin_name language password last_login is_active is_cast left_on",
        encrypted="phone",
        index="phone_index",
        scrub={
            "login": pseudonym,
            "name": pseudonym,
            "latin_name": blank,
            "password": blank,
            "phone": blank,
            "phone_index": blank,
        },
    )

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """Return the name for a reader: in Latin letters on English pages, where there is one."""
        return readable(self.name, self.latin_name)


_of_number = Prepared(lambda: Account.objects.filter(pk=Asked("pk", models.UUIDField())))


class Membership(models.Model):
    """What somebody is in an organisation, how far it reaches, from which day to which."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=14, choices=role_choices())
    scope_kind = models.CharField(
        _("reach"), max_length=12, choices=ScopeKind, default=ScopeKind.ORGANISATION
    )
    scope_id = models.UUIDField(_("project or place"), null=True, blank=True)
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"), null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency account organisation",
        plain="role scope_kind scope_id from_on until_on",
        scrub=keep,
    )

    class Meta:
        constraints = [
            in_order("membership_period_in_order"),
            models.CheckConstraint(
                condition=Q(scope_kind=ScopeKind.ORGANISATION, scope_id__isnull=True)
                | (~Q(scope_kind=ScopeKind.ORGANISATION) & Q(scope_id__isnull=False)),
                name="membership_names_what_it_reaches",
                violation_error_message=_("Name the project or place."),
            ),
        ]
        # All that the count of a list asks of a row, so that it reads the index alone.
        indexes = [models.Index(fields=["agency", "id", "account"], name="membership_counted")]

    def __str__(self) -> str:
        return f"{self.account} ({self.role})"

    @property
    def role_name(self) -> Promise:
        """Return the role as people read it; Django's own display makes its table each time."""
        return ROLES[self.role].name


class Device(models.Model):
    """A browser or phone somebody signed in from; named in the journal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="devices")
    name = models.CharField(_("device"), max_length=80)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id account",
        plain="name first_seen_at last_seen_at revoked_at",
        scrub={"name": blank},
    )

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A one-time way in for somebody who has no password yet; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    privacy = decide(
        links="id agency account",
        plain="token_hash made_at expires_at used_at",
        scrub={"token_hash": pseudonym},
    )

    def __str__(self) -> str:
        return f"{self.made_at:%F}"
