"""Asking for the reason before a record outside the own duty opens (R65)."""

import datetime as dt
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tonghu.access.constants import ReasonCode
from tonghu.access.operations import grounds
from tonghu.access.operations.two_persons import ProveAgain
from tonghu.access.web.forms import ReasonForm
from tonghu.access.web.pages import Request, way_back, work_page
from tonghu.kernel import clock
from tonghu.kernel.errors import Refused

PROVED_FOR = dt.timedelta(minutes=5)


@work_page("shows nothing of the record; the reason joins the Rules of its sheet")
@require_http_methods(["GET", "POST"])
def reason(request: Request, target_kind: str, target_id: UUID) -> HttpResponse:
    """Write down why; the record opens to the end of the day."""
    at = clock.now()
    back = way_back(request, request.GET.get("next", "/"))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            grounds.give_reason(
                target_kind=target_kind,
                target_id=target_id,
                code=ReasonCode(form.cleaned_data["code"]),
                words=form.cleaned_data["words"],
                proved_again=proved_lately(request, at),
                by=request.actor,
                at=at,
            )
        except ProveAgain:
            return redirect(to_prove_again(request, request.get_full_path()))
        except Refused as refusal:
            form.add_error("words", str(refusal))
        else:
            return HttpResponseRedirect(back)
    return render(request, "access/reason.html", {"form": form, "next": back})


def to_prove_again(request: Request, then: str) -> str:
    """Return the address where she shows once more that it is she, and where it leads on to."""
    again = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "account_reauthenticate"
    return f"{reverse(again)}?{urlencode({'next': then})}"


def proved_lately(request: Request, at: dt.datetime) -> bool:
    """Tell whether she has shown again, within five minutes, that it is she who is here.

    With her second factor where she has one; the people of the demonstration have none.
    """
    needed = "mfa" if is_mfa_enabled(request.user) else "password"
    records = get_authentication_records(request, request.user)
    return any(
        record["method"] == needed
        and record.get("reauthenticated")
        and clock.moment(record["at"]) > at - PROVED_FOR
        for record in records
    )
