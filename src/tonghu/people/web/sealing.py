"""The pages of a seal: proposing it, opening a sealed file by its number, lifting it (R57)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page, work_page
from tonghu.kernel import clock
from tonghu.people import numbers
from tonghu.people.constants import LookReason
from tonghu.people.models import Child
from tonghu.people.operations import sealing as operations
from tonghu.people.policy import CHILDREN
from tonghu.people.queries import child_for
from tonghu.people.sealing import can_be_named, child_of_number
from tonghu.people.web.changes import either_way, refused
from tonghu.people.web.fields import SomeOf, offer


class _Words(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Why, in one sentence"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=400,
    )


class SealForm(_Words):
    """Whom the seal lets in, and why there is one."""

    named = SomeOf(label=gettext_lazy("Who may open the file"))
    field_order = ("named", "words")


class OpenForm(_Words):
    """The number of a sealed file, and why it is opened today."""

    number = forms.CharField(label=gettext_lazy("File number"), max_length=12)
    code = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=LookReason, widget=forms.RadioSelect
    )
    field_order = ("number", "code", "words")


@work_page("shows nothing of a file; who is named in its seal opens it with a reason")
@either_way
def sealed_open(request: Request) -> HttpResponse:
    """Open a sealed file by its number; everybody is offered this, whether there is one or not."""
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        refusal = refused(operations.open_sealed, **said, by=request.actor, at=clock.now())
        if not refusal:
            found = child_of_number(said["number"], request.actor)
            return redirect("child", child_id=found.pk)
        form.add_error("number", refusal)
    return _asked(
        request,
        form,
        _("Open a sealed file"),
        _("Open it until the end of the day"),
        _("A sealed file stands in no list and no search. Who is named in the seal opens it here."),
    )


@page(CHILDREN, Action.APPROVE)
@either_way
def child_seal(request: Request, child_id: UUID) -> HttpResponse:
    """Propose to seal a file; a second person decides."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    child = child_for(by, child_id, on=on, action=Action.APPROVE)
    form = SealForm(request.POST or None)
    offer(form, "named", [(one, one.called) for one in can_be_named(child, on=on)])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        refusal = refused(operations.propose_seal, child=child, **said, by=by, at=at)
        if not refusal:
            messages.success(request, _("Proposed. It is sealed once a second person agrees."))
            return redirect("child-ties", child_id=child.pk)
        form.add_error(None, refusal)
    return _asked(
        request,
        form,
        _("Seal the file %(number)s") % {"number": numbers.shown(child.number)},
        _("Propose it"),
        _(
            "From then on it is there for nobody but those named, you included. Write the file "
            "number down for them: no list and no search finds it."
        ),
    )


@page(CHILDREN, Action.READ)
@either_way
def child_unseal(request: Request, child_id: UUID) -> HttpResponse:
    """Propose to lift the seal; somebody else who is named decides."""
    at = clock.now()
    by = request.actor
    child = child_for(by, child_id, on=clock.day(at))
    form = _Words(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        refusal = refused(operations.propose_unsealing, child=child, words=words, by=by, at=at)
        if not refusal:
            return _proposed(request, child)
        form.add_error("words", refusal)
    return _asked(
        request,
        form,
        _("Lift the seal of %(number)s") % {"number": numbers.shown(child.number)},
        _("Propose it"),
        _("Somebody else who is named in the seal agrees; until then it stays."),
    )


def _proposed(request: Request, child: Child) -> HttpResponse:
    messages.success(request, _("Proposed. The seal stays until somebody else named in it agrees."))
    return redirect("child", child_id=child.pk)


def _asked(
    request: Request, form: Any, heading: str, verb: str, why: str | Promise
) -> HttpResponse:
    context = {"form": form, "heading": heading, "verb": verb, "why": why}
    return render(request, "people/sealed.html", context)
