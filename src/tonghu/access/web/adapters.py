"""What allauth asks of us: where sessions belong, what is put on record, how secrets are kept.

There is no e-mail in a village: where allauth would send a notification, the journal gets a row.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor, actor_for, actor_of_the_past
from tonghu.access.factors import open_secret, seal_secret
from tonghu.access.models import Account, Device
from tonghu.access.operations import sign_in as operations
from tonghu.access.sessions import DEVICE, STARTED
from tonghu.access.web.devices import device_name
from tonghu.kernel import clock

COOKIE = "device"
COOKIE_FOR = dt.timedelta(days=365)
FACTORS = {
    "totp_activated": ("totp", True),
    "totp_deactivated": ("totp", False),
    "webauthn_added": ("passkey", True),
    "webauthn_removed": ("passkey", False),
    "recovery_codes_generated": ("recovery_codes", True),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in by name and password, for people who were invited."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "Name and password do not go together. Look at capital letters and try again."
        ),
        "enter_current_password": _("This is not your present password."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let nobody in who was not invited."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Let nobody be sent on but to an address of this server; a bare word is none."""
        return bool(url and url.startswith("/") and super().is_safe_url(url))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave counting to axes: per name and address, so that colleagues are not locked out."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Put a refused sign-in on record, where the name exists."""
        login = str(credentials.get("username", "")).strip().lower()
        account = Account.objects.filter(login=login).first()
        if by := account and actor_of_the_past(account):
            operations.record_refused_sign_in(
                account=account, why="password", by=by, at=clock.now()
            )

    def login(self, request: HttpRequest, user: Account) -> None:
        """Begin a session that knows its device and its start."""
        super().login(request, user)
        at = clock.now()
        by = actor_for(user, on=clock.day(at)) or actor_of_the_past(user)
        request.session[STARTED] = at.timestamp()
        if by is None:
            return
        device = _device_of(request, user, by)
        request.session[DEVICE] = str(device.pk)
        operations.record_sign_in(account=user, by=_from_device(by, device), at=at)

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Let the browser remember which device it is."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if device_id := request.session.get(DEVICE):
            response.set_signed_cookie(
                COOKIE,
                device_id,
                salt=str(user.pk),
                max_age=COOKIE_FOR,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )
        return response

    def logout(self, request: HttpRequest) -> None:
        """Put the end of a session on record, then end it."""
        if request.user.is_authenticated and (actor := getattr(request, "actor", None)):
            operations.record_sign_out(account=request.user, by=actor, at=clock.now())
        super().logout(request)

    def add_message(
        self, request: HttpRequest, level: int, *_a: Any, message: str | None = None, **_k: Any
    ) -> None:
        """Say what went wrong and nothing else: that one is signed in, the next page shows."""
        if level >= messages.ERROR and message:
            messages.error(request, message)

    def send_notification_mail(
        self, template_prefix: str, user: Account, *_a: Any, **_k: Any
    ) -> None:
        """Put a changed password or second factor on record."""
        if change := FACTORS.get(template_prefix.rsplit("/", 1)[-1]):
            kind, added = change
            _recorded(user, operations.record_factor, kind=kind, added=added)
        if template_prefix.endswith(("password_changed", "password_set", "password_reset")):
            _recorded(user, operations.record_password)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The second factor: its secrets sealed, its owner named as her colleagues do."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This does not fit. Take the newest code, or another passkey, and try again."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret of a second factor."""
        return str(seal_secret(text))

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret of a second factor."""
        return open_secret(encrypted_text)

    def generate_authenticator_name(
        self,
        user: Account,
        type: str,  # noqa: A002 -- allauth's
    ) -> str:
        """Propose a name for a passkey."""
        return str(_("Passkey"))

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """Name the person on the passkey as her colleagues do."""
        # The handle comes back at sign-in by passkey alone, and is then read as allauth writes it.
        handle = user_pk_to_url_str(user).encode()
        return {"id": handle, "display_name": user.name, "name": user.login}


def _recorded(user: Account, record: Any, **said: Any) -> None:
    by = actor_for(user, on=clock.day(clock.now())) or actor_of_the_past(user)
    if by:
        record(account=user, by=by, at=clock.now(), **said)


def _device_of(request: HttpRequest, user: Account, by: Actor) -> Device:
    known = request.get_signed_cookie(COOKIE, default="", salt=str(user.pk))
    devices = Device.objects.unscoped("the browser proved which device it is")
    if known and (
        device := devices.filter(pk=UUID(known), account=user, revoked_at__isnull=True).first()
    ):
        return device
    name = device_name(request.META.get("HTTP_USER_AGENT", ""))
    return operations.register_device(account=user, name=name, by=by, at=clock.now())


def _from_device(by: Actor, device: Device) -> Actor:
    return Actor(by.agency_id, by.account, by.membership, device_id=device.pk)
