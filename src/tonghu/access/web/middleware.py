"""Who is here: the session's limits, the acting membership, the second factor, the language."""

import datetime as dt
from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.db.models import UUIDField
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor, actor_for
from tonghu.access.models import Account, Session
from tonghu.access.roles import needs_second_factor
from tonghu.access.sessions import SessionStore
from tonghu.access.sheets import NeedsReason
from tonghu.access.web.pages import Level, Request, policy_of
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import record_refusal
from tonghu.kernel.prepared import Asked, Prepared
from tonghu.kernel.storage import is_unavailable
from tonghu.kernel.tenancy import only_rows_of
from tonghu.look.web.failures import failure

IDLE = dt.timedelta(minutes=30)
WHOLE = dt.timedelta(hours=12)
NOTED_EVERY = dt.timedelta(minutes=1)

_factor_of = Prepared(
    lambda: Authenticator.objects.filter(user=Asked("account", UUIDField())).only("id")[:1]
)


@upholds(
    "R5",
    "R59",
    "R76",
    "R86",
    says=_("each request is held to what its address demands, and kept in no cache"),
)
class WhoIsHere:
    """Puts ``request.actor`` on each request and lets it no further than its address demands."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who is here, answer, and keep signed-in pages out of every cache."""
        known = cast(Request, request)
        known.actor, known.stay = _nobody(), None
        # The account itself: Django's promise of it is slow, and a page asks it fifty times.
        known.user = cast(Account, get_user(request))
        if request.session.session_key and request.user.is_authenticated:
            self._recognise(known, cast(SessionStore, request.session).row)
        if known.actor:
            with only_rows_of(known.actor.agency_id):
                response = self.get_response(request)
        else:
            response = self.get_response(request)
        if request.user.is_authenticated or known.actor:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _recognise(self, request: Request, stay: Session | None) -> None:
        at = clock.now()
        if stay is None or _is_over(stay, at) or _is_stray_cast(request.user):
            logout(request)
            return
        if stay.seen_at is None or at - stay.seen_at > NOTED_EVERY:
            _note_presence(stay, at)
        request.stay = stay
        if request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        chosen = request.session.get("membership")
        found = actor_for(
            request.user,
            on=clock.day(at),
            membership_id=UUID(chosen) if chosen else None,
            device_id=stay.device_id,
        )
        if found:
            request.actor = found

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        """Send whoever has not come far enough to the step that is missing."""
        policy, known = policy_of(view), cast(Request, request)
        if policy is None:
            return HttpResponseNotFound(render_to_string("404.html"))
        if policy.level >= Level.SIGNED_IN and not request.user.is_authenticated:
            query = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('account_login')}?{query}")
        if policy.level < Level.AT_WORK:
            return None
        if not known.actor:
            return render(request, "access/no_role.html", status=403)
        if lacks_second_factor(known.user, known.actor):
            return redirect("second-factor")
        if request.method == "POST" and (sent := request.POST.get("op_id")):
            known.actor = known.actor.sending(_op_id(sent))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal as the policy says, and put it on record."""
        known = cast(Request, request)
        if isinstance(error, NeedsReason):
            place = reverse("reason", args=[error.target_kind, error.target_id])
            return redirect(f"{place}?{urlencode({'next': _back(known)})}")
        if isinstance(error, Hidden):
            _note_refusal(known, error)
            return HttpResponseNotFound(render_to_string("404.html"))
        if isinstance(error, Forbidden):
            _note_refusal(known, error)
            page = render_to_string("403.html", {"sentence": str(error)}, request)
            return HttpResponseForbidden(page)
        if isinstance(error, Refused):
            return failure(409, "409.html", sentence=str(error))
        return None


def lacks_second_factor(account: Account, actor: Actor) -> bool:
    """Tell whether a role demands a second factor that the account does not have.

    The people of the demonstration are not asked, and exist in demo mode only.
    """
    if settings.DEMO and account.is_cast:
        return False
    return needs_second_factor(actor.role_key) and not _factor_of.first(account=account.pk)


def _nobody() -> Actor:
    return cast(Actor, None)


def _is_over(stay: Session, at: dt.datetime) -> bool:
    started, seen = stay.started_at or at, stay.seen_at or at
    return at - started > WHOLE or at - seen > IDLE


def _back(request: Request) -> str:
    """Return where to go on once a reason is written: this page, or the one a form stood on."""
    if request.method == "GET":
        return request.get_full_path()
    came = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()})
    return urlsplit(came).path if own and came else reverse("today")


def _is_stray_cast(account: Account) -> bool:
    """Tell whether somebody of the demonstration stands in a real house: its door is no secret."""
    return account.is_cast and not settings.DEMO


def _note_presence(stay: Session, at: dt.datetime) -> None:
    try:
        Session.objects.filter(pk=stay.pk).update(seen_at=at)
    except DatabaseError as error:
        # Reading goes on with a full disk; the stay then ends the earlier.
        if not is_unavailable(error):
            raise


def _op_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadRequest("no key of a sending") from error


def _note_refusal(request: Request, error: Hidden | Forbidden) -> None:
    if request.actor:
        match = request.resolver_match
        asked = list((match.kwargs if match else {}).values())
        record_refusal(
            f"page.{match.view_name if match else ''}",
            error,
            by=request.actor,
            at=clock.now(),
            asked=next((value for value in asked if isinstance(value, UUID)), None),
        )
