"""One's own account: language, second factor, where one is signed in, acting membership."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tonghu.access import queries
from tonghu.access.actors import memberships_of
from tonghu.access.models import Device, Session
from tonghu.access.operations import sign_in as operations
from tonghu.access.web.devices import is_phone
from tonghu.access.web.pages import Request, own_page, work_page
from tonghu.kernel import clock


@work_page("shows a person her own account and nobody else's")
@require_GET
def account(request: Request) -> HttpResponse:
    """Show the own account: language, second factors, devices, sessions, memberships."""
    today = clock.day(clock.now())
    sessions = list(queries.sessions_of(request.user))
    context = {
        "sessions": sessions,
        "places": _places(queries.devices_of(request.user), sessions, request.stay),
        "memberships": memberships_of(request.user, on=today),
    }
    return render(request, "access/account.html", context)


@dataclass(frozen=True)
class Place:
    """A device of one's own: whether one is signed in there, since when unused, whether here."""

    device: Device
    seen_at: dt.datetime | None
    here: bool

    @property
    def icon(self) -> str:
        """Return the picture of a phone or of a computer."""
        return "device" if is_phone(self.device.name) else "laptop"


def _places(
    devices: Iterable[Device], sessions: Iterable[Session], stay: Session | None
) -> list[Place]:
    """Return this device first, then those one is signed in on, then the others; newest first."""
    seen: dict[UUID | None, dt.datetime | None] = {}
    for one in sessions:
        seen.setdefault(one.device_id, one.seen_at)
    here = stay.device_id if stay else None
    found = [Place(one, seen.get(one.pk), one.pk == here) for one in devices]
    return sorted(found, key=lambda one: (not one.here, one.seen_at is None))


@work_page("ends a person's own other sessions")
@require_POST
def sessions_end(request: Request) -> HttpResponse:
    """End all sessions but this one."""
    kept = request.session.session_key or ""
    operations.end_other_sessions(account=request.user, kept=kept, by=request.actor, at=clock.now())
    messages.success(request, _("You are signed in here only."))
    return redirect("account")


@work_page("closes a person's own device")
@require_POST
def device_revoke(request: Request, device_id: UUID) -> HttpResponse:
    """Close a device: its sessions end with their next request."""
    device = queries.device_for(request.actor, device_id)
    operations.revoke_device(device=device, by=request.actor, at=clock.now())
    messages.success(request, _("The device is closed. Signing in there again opens it anew."))
    return redirect("account")


@own_page("a person chooses among her own memberships")
@require_POST
def membership_choose(request: Request) -> HttpResponse:
    """Act under another of one's own memberships from now on (R19)."""
    chosen = request.POST.get("membership", "")
    mine = memberships_of(request.user, on=clock.day(clock.now()))
    if any(str(one.pk) == chosen for one in mine):
        request.session["membership"] = chosen
    return redirect("today")
