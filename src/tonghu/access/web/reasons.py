"""Asking for the reason before a record outside the own duty opens (R65)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from tonghu.access.constants import ReasonCode
from tonghu.access.operations import grounds
from tonghu.access.web.forms import ReasonForm
from tonghu.access.web.pages import Request, work_page
from tonghu.kernel import clock
from tonghu.kernel.errors import Refused


@work_page("shows nothing of the record; the reason joins the Rules of its sheet")
@require_http_methods(["GET", "POST"])
def reason(request: Request, target_kind: str, target_id: UUID) -> HttpResponse:
    """Write down why; the record opens to the end of the day."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            grounds.give_reason(
                target_kind=target_kind,
                target_id=target_id,
                code=ReasonCode(form.cleaned_data["code"]),
                words=form.cleaned_data["words"],
                by=request.actor,
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error("words", str(refusal))
        else:
            return redirect(back)
    return render(request, "access/reason.html", {"form": form, "next": back})
