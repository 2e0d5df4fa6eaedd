"""Coming in: by name and password, by invitation; what happens after too many tries."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tonghu.access.actors import Actor
from tonghu.access.invitations import find_invitation
from tonghu.access.operations import people, sign_in
from tonghu.access.web.forms import InvitationForm
from tonghu.access.web.pages import Request, open_page, own_page, way_back
from tonghu.kernel import clock
from tonghu.kernel.errors import Refused


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Say how long to wait and whom to ask; colleagues at the same address are not held up."""
    return render(request, "access/locked_out.html", status=429)


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the sign-in name that was tried, as accounts keep it (for axes)."""
    said = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(said).strip().lower()


@open_page("whoever holds the token of an invitation has been let in by the agency")
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """Let somebody choose a password and come in for the first time."""
    at = clock.now()
    found = find_invitation(token, at=at)
    if found is None:
        return render(request, "access/invitation_over.html", status=404)
    by = Actor(found.agency_id, found.account, None)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = people.accept_invitation(
                token=token, password=form.cleaned_data["password"], by=by, at=at
            )
        except Refused as refusal:
            form.add_error("password", str(refusal))
        else:
            # Whoever has a second factor is asked for it here too: the way in is no way round it.
            came: HttpResponse = perform_password_login(
                request, {"username": account.login}, Login(user=account)
            )
            return came
    context = {"form": form, "person": found.account, "agency": found.agency}
    return render(request, "access/invitation.html", context)


@own_page("a person's own way in")
def second_factor(request: Request) -> HttpResponse:
    """Ask for a second factor before the first name is seen."""
    return render(request, "access/second_factor.html")


@open_page("everybody reads in her own language")
@require_POST
def choose_language(request: Request) -> HttpResponse:
    """Change the language, remember it with the account or in a cookie, go back."""
    language = "en" if request.POST.get("language") == "en" else "zh-hans"
    back = way_back(request, request.POST.get("next", "/"))
    response = HttpResponseRedirect(back)
    response.set_cookie("django_language", language, samesite="Lax", max_age=365 * 86400)
    if request.actor and request.actor.account:
        sign_in.choose_language(
            account=request.actor.account, language=language, by=request.actor, at=clock.now()
        )
    return response
