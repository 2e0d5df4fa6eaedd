"""Signing in as one of the cast, in demo mode."""

from allauth.account.adapter import get_adapter
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from tonghu.access.models import Account
from tonghu.access.web.pages import open_page
from tonghu.kernel.errors import Hidden
from tonghu.portals.demo.loading import cast_list


@open_page("demo mode only: the made-up cast")
@require_GET
def cast(request: HttpRequest) -> HttpResponse:
    """Show the cast with one button each."""
    return render(request, "portals/demo.html", {"cast": cast_list()})


@open_page("demo mode only: the made-up cast")
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the cast."""
    login = request.POST.get("login", "")
    account = Account.objects.filter(is_cast=True, is_active=True, login=login).first()
    if account is None:
        raise Hidden
    if request.user.is_authenticated:
        logout(request)
    account.backend = "allauth.account.auth_backends.AuthenticationBackend"
    get_adapter().login(request, account)
    return redirect("today")
