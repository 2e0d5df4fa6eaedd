"""When life or limb is at stake: opening one file, asking for longer, looking back on it (R66)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tonghu.access.emergencies import glass_for
from tonghu.access.looks import record_look
from tonghu.access.operations import grounds
from tonghu.access.policy import GLASSES
from tonghu.access.sheets import BREAKERS, Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Hidden, Refused
from tonghu.people.emergencies import Emergency, Named, emergencies_for, emergency_for, record_try
from tonghu.people.operations.emergencies import open_in_emergency
from tonghu.people.web.changes import either_way, refused

EARLIEST_YEAR = 1990
LISTED = 25


class EmergencyForm(forms.Form):
    """One child in full, and what is happening."""

    name = forms.CharField(
        label=gettext_lazy("The child’s full name"),
        help_text=gettext_lazy("As on the identity card or the household register."),
        max_length=80,
    )
    born_in = forms.IntegerField(
        label=gettext_lazy("Year of birth"), required=False, min_value=EARLIEST_YEAR, max_value=2100
    )
    phone = forms.CharField(
        label=gettext_lazy("Or a telephone of the child or the family"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    words = forms.CharField(
        label=gettext_lazy("What is happening"),
        help_text=gettext_lazy(
            "One sentence is enough. The child’s worker, her supervisor and the head read it."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=400,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one thing beside the name."""
        said = super().clean() or {}
        if not self.errors and not said.get("born_in") and not said.get("phone"):
            self.add_error("born_in", _("Write the year of birth or a telephone beside the name."))
        return said

    def named(self) -> Named:
        """Return the child as it was named."""
        said = self.cleaned_data
        return Named(said["name"], said["born_in"], said["phone"])


class WordsForm(forms.Form):
    """A sentence."""

    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=400)

    def __init__(self, data: Any, label: Any) -> None:
        super().__init__(data)
        self.fields["words"].label = label


@page(GLASSES, Action.READ)
@require_GET
def emergency_list(request: Request) -> HttpResponse:
    """Show the emergencies this person may read of, those without review first."""
    found = emergencies_for(request.actor, at=clock.now(), most=LISTED)
    context = {
        "waiting": [one for one in found if one.may_review],
        "others": [one for one in found if not one.may_review],
        "may_open": request.actor.role_key in BREAKERS,
    }
    return render(request, "people/emergency_list.html", context)


@page(GLASSES, Action.WRITE)
@either_way
def emergency_new(request: Request) -> HttpResponse:
    """Open the file of one child who is named in full; nothing is searched or offered."""
    at, by = clock.now(), request.actor
    if by.role_key not in BREAKERS:
        raise Hidden
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal, glass = _opened(request, form)
        if glass:
            return redirect("child", child_id=glass.target_id)
        form.add_error("name", refusal)
    return render(request, "people/emergency_new.html", {"form": form, "at": at})


def _opened(request: Request, form: EmergencyForm) -> tuple[str, Any]:
    at, by = clock.now(), request.actor
    named = form.named()
    try:
        record_try(named, by=by, at=at)
        words = form.cleaned_data["words"]
        return "", open_in_emergency(named=named, words=words, by=by, at=at)
    except Hidden:
        raise
    except Refused as refusal:
        return str(refusal), None


@page(GLASSES, Action.READ)
@require_GET
def emergency(request: Request, glass_id: UUID) -> HttpResponse:
    """Show what was opened, why and until when; who reads of it is on record first."""
    return _shown(request, glass_id)


def _shown(
    request: Request, glass_id: UUID, review: WordsForm | None = None, *, status: int = 200
) -> HttpResponse:
    at = clock.now()
    one = emergency_for(request.actor, glass_id, at=at)
    record_look(one.glass, about=one.glass.target_id, by=request.actor, at=at)
    context = {"one": one, "form": review or _review_form(None)}
    return render(request, "people/emergency.html", context, status=status)


def _review_form(data: Any) -> WordsForm:
    return WordsForm(data, gettext_lazy("What you found: was it needed, what follows"))


@page(GLASSES, Action.APPROVE)
@require_POST
def emergency_review(request: Request, glass_id: UUID) -> HttpResponse:
    """Look back on it as another person; the finding is written once."""
    at, by = clock.now(), request.actor
    glass = glass_for(by, glass_id, on=clock.day(at), action=Action.APPROVE)
    form = _review_form(request.POST)
    if not form.is_valid():
        return _shown(request, glass_id, form)
    refusal = refused(
        grounds.review_glass, glass=glass, finding=form.cleaned_data["words"], by=by, at=at
    )
    if refusal and not glass.reviewed_at:
        form.add_error("words", refusal)
        return _shown(request, glass_id, form)
    if refusal:
        messages.warning(request, refusal)
        return redirect("emergency", glass_id=glass.pk)
    messages.success(request, _("Your finding is kept."))
    return redirect("emergency-list")


@page(GLASSES, Action.WRITE)
@either_way
def emergency_longer(request: Request, glass_id: UUID) -> HttpResponse:
    """Ask a second person for 24 hours more."""
    at, by = clock.now(), request.actor
    glass = glass_for(by, glass_id, on=clock.day(at), action=Action.WRITE)
    form = WordsForm(request.POST or None, gettext_lazy("Why it is still needed"))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        refusal = refused(grounds.propose_longer_glass, glass=glass, words=words, by=by, at=at)
        if not refusal:
            messages.success(request, _("Proposed. It holds as soon as a second person says yes."))
            return redirect("emergency", glass_id=glass.pk)
        form.add_error("words", refusal)
    one: Emergency = emergency_for(by, glass.pk, at=at)
    return render(request, "people/emergency_longer.html", {"one": one, "form": form})
