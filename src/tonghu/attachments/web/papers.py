"""One paper or picture: looked at, sent by a link that dies, taken off and put back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.attachments import operations
from tonghu.attachments.carriers import carrier_of
from tonghu.attachments.constants import PICTURES
from tonghu.attachments.links import link, require_link
from tonghu.attachments.models import Attachment
from tonghu.attachments.policy import ATTACHMENTS
from tonghu.attachments.queries import content_for, may_look, paper_for
from tonghu.attachments.web.forms import WithdrawForm
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden, Refused

ENDINGS = {
    "image/jpeg": "jpg",
    "application/pdf": "pdf",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/amr": "amr",
    "audio/amr-wb": "awb",
}
FORBIDS_ITSELF = "default-src 'none'; frame-ancestors 'none'; sandbox"


@page(ATTACHMENTS, Action.READ)
@require_GET
def paper(request: Request, attachment_id: UUID) -> HttpResponse:
    """Show one paper or picture; that it was looked at is on record before it is sent."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    found = paper_for(by, attachment_id, on=on)
    shown = may_look(found, by, on=on)
    record_look(found, by=by, at=at, about=found.target_id, singly=True)
    context = _about(request, found) | {
        "proof": link(found.pk, "whole", by) if shown else "",
        "is_picture": found.kind in PICTURES,
        "may_write": _may(Action.WRITE, found, request),
        "may_release": _may(Action.APPROVE, found, request) and found.added_by_id != by.account_id,
    }
    return render(request, "attachments/paper.html", context)


@page(ATTACHMENTS, Action.READ)
@require_GET
def paper_content(request: Request, attachment_id: UUID) -> HttpResponse:
    """Send the bytes to who holds a link that is younger than five minutes."""
    return _sent(request, attachment_id, "whole")


@page(ATTACHMENTS, Action.READ)
@require_GET
def paper_small(request: Request, attachment_id: UUID) -> HttpResponse:
    """Send the small picture of a list."""
    return _sent(request, attachment_id, "small")


def _sent(request: Request, attachment_id: UUID, size: str) -> HttpResponse:
    at = clock.now()
    by, is_small = request.actor, size == "small"
    found, content = content_for(by, attachment_id, on=clock.day(at), small=is_small)
    require_link(request.GET.get("link", ""), attachment_id, size, by)
    in_the_page = found.kind in PICTURES
    if not in_the_page:  # a picture's look was written when its page made the link
        record_look(found, by=by, at=at, about=found.target_id, singly=True)
    response = HttpResponse(content, content_type="image/jpeg" if is_small else found.media_type)
    name = f"tonghu-{found.pk.hex[-8:]}.{ENDINGS[found.media_type]}"
    shown = "inline" if in_the_page else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    response.headers["Content-Security-Policy"] = FORBIDS_ITSELF
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


@page(ATTACHMENTS, Action.WRITE)
@require_http_methods(["GET", "POST"])
def paper_withdraw(request: Request, attachment_id: UUID) -> HttpResponse:
    """Take something off the file, with a reason; it can be put back."""
    at = clock.now()
    found = paper_for(request.actor, attachment_id, on=clock.day(at), action=Action.WRITE)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.withdraw_attachment(
            attachment=found, reason=form.cleaned_data["reason"], by=request.actor, at=at
        )
        messages.success(request, _("Taken off. It can be put back for 30 days, further below."))
        return redirect(carrier_of(found.target_kind).address(found.target_id))
    return render(
        request, "attachments/paper_withdraw.html", _about(request, found) | {"form": form}
    )


@page(ATTACHMENTS, Action.WRITE)
@require_POST
def paper_put_back(request: Request, attachment_id: UUID) -> HttpResponse:
    """Put back what was taken off."""
    at = clock.now()
    found = paper_for(request.actor, attachment_id, on=clock.day(at), action=Action.WRITE)
    try:
        operations.put_back_attachment(attachment=found, by=request.actor, at=at)
    except (Forbidden, Hidden):
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Put back. It stands on the file as before."))
    return redirect(carrier_of(found.target_kind).address(found.target_id))


@page(ATTACHMENTS, Action.APPROVE)
@require_POST
def paper_release(request: Request, attachment_id: UUID) -> HttpResponse:
    """Let a late one onto the file."""
    at = clock.now()
    found = paper_for(request.actor, attachment_id, on=clock.day(at), action=Action.APPROVE)
    try:
        operations.release_attachment(attachment=found, by=request.actor, at=at)
    except operations.OwnWork as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It stands on the file now."))
    return redirect("paper", attachment_id=found.pk)


def _about(request: Request, found: Attachment) -> dict[str, object]:
    """Return the paper, and what pages call the file it stands on."""
    carrier = carrier_of(found.target_kind)
    on = clock.day(clock.now())
    file = carrier.file_for(request.actor, found.target_id, Action.READ, on=on)
    return {
        "paper": found,
        "name": carrier.name(file),
        "back": carrier.address(found.target_id),
    }


def _may(action: Action, found: Attachment, request: Request) -> bool:
    carrier, on = carrier_of(found.target_kind), clock.day(clock.now())
    return carrier.allows(action, request.actor, found.target_id, on=on)
