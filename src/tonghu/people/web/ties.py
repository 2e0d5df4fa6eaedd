"""A tie between the staff and a family: said in good faith, and lifted by two others."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.operations import grounds
from tonghu.access.roles import AgencyHead
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.people import numbers, ties
from tonghu.people.models import Child
from tonghu.people.operations import ties as operations
from tonghu.people.policy import CHILDREN
from tonghu.people.queries import child_for
from tonghu.people.web.changes import either_way, refused
from tonghu.people.web.fields import OneOf, offer


class TieForm(forms.Form):
    """Who is tied to the family, and how."""

    account = OneOf(label=gettext_lazy("Who is tied to this family"))
    words = forms.CharField(
        label=gettext_lazy("How, in one sentence"),
        help_text=gettext_lazy(
            "As: his wife is the child’s aunt. Read by the two who may lift it."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=400,
    )


class LiftForm(forms.Form):
    """Why a file may be opened again to somebody."""

    words = forms.CharField(
        label=gettext_lazy("Why the file can be opened again"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=400,
    )


@page(CHILDREN, Action.FIND)
@either_way
def child_ties(request: Request, child_id: UUID) -> HttpResponse:
    """Say who of the staff is tied to the family; who answers for safety sees who is."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    child = child_for(by, child_id, on=on, action=Action.FIND)
    form = TieForm(request.POST or None)
    colleagues = ties.colleagues_for_a_tie(child, by, on=on)
    myself = _("Myself")
    offer(
        form,
        "account",
        [(one, myself if one.pk == by.account_id else one.called) for one in colleagues],
        none="—",
    )
    if request.method == "POST" and form.is_valid():
        refusal = refused(operations.declare_tie, child=child, **form.cleaned_data, by=by, at=at)
        if not refusal:
            return _declared(request, child)
        form.add_error("words", refusal)
    context = {
        "child": child,
        "number": numbers.shown(child.number),
        "form": form,
        "closings": ties.closed_to(child, by, on=on),
        "may_seal": by.role_key == AgencyHead.key,
    }
    return render(request, "people/child_ties.html", context)


def _declared(request: Request, child: Child) -> HttpResponse:
    on = clock.day(clock.now())
    messages.success(request, _("The files of the family are closed to this person from now on."))
    if CHILDREN.opens(Action.FIND, request.actor, child, on=on):
        return redirect("child-ties", child_id=child.pk)
    return redirect("/")


@page(CHILDREN, Action.FIND)
@either_way
def tie_lift(request: Request, child_id: UUID, closing_id: UUID) -> HttpResponse:
    """Propose to open a file again to somebody; a second person decides."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    child = child_for(by, child_id, on=on, action=Action.FIND)
    closing = ties.closing_for(child, closing_id, by, on=on)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal = refused(
            grounds.propose_lifting, closing=closing, **form.cleaned_data, by=by, at=at
        )
        if not refusal:
            messages.success(
                request, _("Proposed. The file stays closed until a second person agrees.")
            )
            return redirect("child-ties", child_id=child.pk)
        form.add_error("words", refusal)
    context = {
        "child": child,
        "number": numbers.shown(child.number),
        "form": form,
        "closing": closing,
    }
    return render(request, "people/tie_lift.html", context)
