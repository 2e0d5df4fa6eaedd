"""Signing in as one of the cast, in demo mode."""

from allauth.account.adapter import get_adapter
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from tonghu.access.models import Account
from tonghu.access.web.pages import open_page
from tonghu.kernel.errors import Hidden
from tonghu.portals.demo.loading import cast_list

SEES = {
    "head": _("Confirms roles, answers for the whole agency, opens the journal with a reason."),
    "administrator": _("Invites people, gives roles, sets the agency up. Sees no child."),
    "supervisor": _("Sees the work of her team and is the second person for exports."),
    "worker": _("Sees the children assigned to her, and her own acts."),
    "finance": _("Sees days, places and amounts, never what a child said."),
    "director": _("Visits the children of her village and reports what worries her."),
    "buyer": _("Sees how the contract stands, without names."),
    "evaluator": _("Sees the drawn files as numbers, for the time of the evaluation."),
    "auditor": _("Reads the journal with codes in place of names."),
}
"""What one sees on the way in as each role, in one line."""


@open_page("demo mode only: the made-up cast")
@require_GET
def cast(request: HttpRequest) -> HttpResponse:
    """Show the cast with one button each."""
    english = (get_language() or "").startswith("en")
    name, house = ("latin_name", "organisation_latin") if english else ("name", "organisation")
    told = [
        one | {"called": one[name], "house": one[house], "sees": SEES[one["role"]]}
        for one in cast_list()
    ]
    return render(request, "portals/demo.html", {"cast": told})


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
