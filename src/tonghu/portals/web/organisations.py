"""Whom the agency works with: buyers, evaluators, communities; they give their own people roles."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tonghu.access import queries
from tonghu.access.constants import OrganisationKind
from tonghu.access.operations import agencies
from tonghu.access.policy import CONFIGURATION
from tonghu.access.sheets import Action
from tonghu.access.web.forms import OrganisationForm
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Refused


@page(CONFIGURATION, Action.WRITE)
@require_http_methods(["GET", "POST"])
def organisations(request: Request) -> HttpResponse:
    """Show the organisations the agency works with, and add one."""
    at = clock.now()
    on = clock.day(at)
    house = queries.agency_of(request.actor)
    CONFIGURATION.require(Action.WRITE, request.actor, house, on=on)
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = OrganisationKind(form.cleaned_data.pop("kind"))
        try:
            agencies.add_organisation(kind=kind, **form.cleaned_data, by=request.actor, at=at)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error("credit_code", str(refusal))
        else:
            messages.success(request, _("Added. Its people can be invited now."))
            return redirect("organisations")
    partners = queries.organisations_for(request.actor, on=on).exclude(pk=house.pk)
    return render(request, "portals/organisations.html", {"form": form, "partners": partners})
