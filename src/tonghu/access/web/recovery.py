"""Somebody cannot sign in any more: phone and recovery codes are lost."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tonghu.access import queries
from tonghu.access.operations import recovery as operations
from tonghu.access.policy import CONFIGURATION
from tonghu.access.sheets import Action
from tonghu.access.web.forms import ResetForm
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden, Refused


@page(CONFIGURATION, Action.WRITE)
@require_http_methods(["GET", "POST"])
def person_reset(request: Request, account_id: UUID) -> HttpResponse:
    """Say what a reset ends, then put it before a second person."""
    at = clock.now()
    today = clock.day(at)
    agency = queries.agency_of(request.actor)
    CONFIGURATION.require(Action.WRITE, request.actor, agency, on=today)
    account = queries.person_for(request.actor, account_id, on=today)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            proposal = operations.propose_reset(
                account=account, reason=form.cleaned_data["reason"], by=request.actor, at=at
            )
        except (Forbidden, Hidden):
            raise
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("Proposed. Once it is confirmed, make her a new way in."))
            return redirect("waiting", proposal_id=proposal.pk)
    return render(request, "access/person_reset.html", {"form": form, "person": account})
