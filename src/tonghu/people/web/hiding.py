"""Hiding where a child can be found; one look at it, for a minute; showing it again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden, Refused
from tonghu.people import confidential, numbers
from tonghu.people.constants import LookReason
from tonghu.people.models import Child
from tonghu.people.operations import hiding
from tonghu.people.policy import HIDDEN
from tonghu.people.web.changes import Change, change, either_way
from tonghu.people.web.hiding_forms import HideForm, LiftForm, LookForm

SECONDS = 60
HIDE = Change(
    gettext_lazy("Hide where the child is"),
    gettext_lazy("Hide it now"),
    HideForm,
    hiding.hide,
    gettext_lazy(
        "Holds at once. Every page then says “by arrangement”, yours too; one look takes a reason. "
        "It is shown again only when two persons agree."
    ),
)


@page(HIDDEN, Action.WRITE)
@either_way
def child_hide(request: Request, child_id: UUID) -> HttpResponse:
    """Hide address, telephones, place or school of a child."""
    return change(request, child_id, HIDE)


@page(HIDDEN, Action.READ)
@require_GET
def child_hidden(request: Request, child_id: UUID) -> HttpResponse:
    """Say what is hidden of a child, never the value, and ask why it is needed."""
    child = _child(request, child_id)
    return _asked(request, child, None)


@page(HIDDEN, Action.READ)
@require_POST
def hidden_show(request: Request, child_id: UUID) -> HttpResponse:
    """Show one hidden value for a minute; the page then leads back by itself, without script."""
    at = clock.now()
    child = _child(request, child_id)
    fields = confidential.hidden_for(child, request.actor, on=clock.day(at))
    form = LookForm(request.POST, fields, child.pk)
    if not form.is_valid():
        return _asked(request, child, form)
    said = form.cleaned_data
    try:
        shown = confidential.show(
            child,
            said["what"].pk,
            code=LookReason(said["code"]),
            words=said["words"],
            by=request.actor,
            at=at,
        )
    except (Forbidden, Hidden):
        raise
    except Refused as refusal:
        form.add_error("words", str(refusal))
        return _asked(request, child, form)
    back = reverse("child-hidden", args=[child.pk])
    answer = render(
        request, "people/hidden_show.html", _said(child) | {"shown": shown, "back": back}
    )
    answer.headers["Refresh"] = f"{SECONDS}; url={back}"
    return answer


@page(HIDDEN, Action.READ)
@either_way
def hidden_lift(request: Request, child_id: UUID) -> HttpResponse:
    """Propose that ordinary pages show it again; a second person decides."""
    at = clock.now()
    child = _child(request, child_id)
    fields = confidential.hidden_for(child, request.actor, on=clock.day(at))
    form = LiftForm(request.POST or None, fields, child.pk)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            hiding.propose_showing(
                child=child,
                fields=said["fields_hidden"],
                words=said["words"],
                by=request.actor,
                at=at,
            )
        except (Forbidden, Hidden):
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Proposed. All stays hidden until a second person agrees."))
            return redirect("child-hidden", child_id=child.pk)
    return render(request, "people/hidden_lift.html", _said(child) | {"form": form})


def _child(request: Request, child_id: UUID) -> Child:
    on = clock.day(clock.now())
    rows = Child.objects.select_related("person")
    return HIDDEN.get(Action.READ, rows, request.actor, child_id, on=on)


def _said(child: Child) -> dict[str, Any]:
    return {"child": child, "number": numbers.shown(child.number)}


def _asked(request: Request, child: Child, form: LookForm | None) -> HttpResponse:
    on = clock.day(clock.now())
    fields = confidential.hidden_for(child, request.actor, on=on)
    context = _said(child) | {
        "fields": fields,
        "form": form or (LookForm(None, fields, child.pk) if fields else None),
        "may_hide": confidential.is_open(child, request.actor, on=on, action=Action.WRITE),
    }
    return render(request, "people/child_hidden.html", context)
