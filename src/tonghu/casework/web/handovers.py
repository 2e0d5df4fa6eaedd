"""Pages of handing over: one case, taking it, and a colleague's whole caseload."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.looks import record_look
from tonghu.access.models import Account
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.casework import handing as asked
from tonghu.casework.operations import handing
from tonghu.casework.policy import CASES, PARTS_OF_CASES
from tonghu.casework.queries import case_for
from tonghu.kernel import clock
from tonghu.look.forms import DayField
from tonghu.people.policy import ASSIGNMENTS
from tonghu.people.web.changes import either_way, refused


def _lines(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class HandoverForm(forms.Form):
    """The page for the next worker."""

    next_steps = forms.CharField(
        label=gettext_lazy("Next steps, with their days"), widget=_lines(3)
    )
    promised = forms.CharField(
        label=gettext_lazy("What was the child promised?"),
        help_text=gettext_lazy("A promise is kept by whoever comes next."),
        widget=_lines(),
        required=False,
    )
    trusted = forms.CharField(
        label=gettext_lazy("Which adults does the child trust?"), widget=_lines(), required=False
    )
    safety = forms.CharField(
        label=gettext_lazy("What keeps the child safe, what to look out for"),
        widget=_lines(),
        required=False,
    )
    warm_on = DayField(label=gettext_lazy("When do you go there together?"), required=False)
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def said(self) -> dict[str, Any]:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        return {"base": said.pop("base"), "said": handing.HandedOn(**said)}


@page(CASES, Action.WRITE)
@either_way
def handover_new(request: Request, case_id: UUID) -> HttpResponse:
    """Write the page for the next worker; what somebody else wrote meanwhile stands beside it."""
    at, by = clock.now(), request.actor
    case = case_for(by, case_id, on=clock.day(at), action=Action.WRITE)
    record_look(case, by=by, at=at, about=case.child_id)
    waiting = asked.waiting_of(case)
    names = ("next_steps", "promised", "trusted", "safety", "warm_on")
    initial = {name: getattr(waiting, name) for name in names} if waiting else {}
    initial["base"] = waiting.handed_at.isoformat() if waiting else ""
    form = HandoverForm(request.POST or None, initial=initial)
    beside = None
    if request.method == "POST" and form.is_valid():
        refusal = refused(handing.hand_over, case=case, **form.said(), by=by, at=at)
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect("case", case_id=case.pk)
        form.add_error(None, refusal)
        beside = asked.waiting_of(case)
    context = {"case": case, "form": form, "name": case.child.person.called, "beside": beside}
    return render(request, "casework/handover_new.html", context)


@page(PARTS_OF_CASES, Action.READ)
@either_way
def handover(request: Request, handover_id: UUID) -> HttpResponse:
    """Read the page of a handover, and take the case."""
    at, by = clock.now(), request.actor
    found = asked.handover_for(by, handover_id, on=clock.day(at))
    record_look(found, by=by, at=at, about=found.case.child_id)
    refusal = ""
    if request.method == "POST":
        refusal = refused(handing.take_over, handover=found, by=by, at=at)
        if not refusal:
            messages.success(request, _("The case is yours now."))
            return redirect("case", case_id=found.case_id)
    context = {
        "handover": found,
        "case": found.case,
        "name": found.case.child.person.called,
        "refusal": refusal,
        "may_take": found.taken_at is None and by.account_id != found.handed_by_id,
    }
    return render(request, "casework/handover.html", context)


class CaseloadForm(forms.Form):
    """Each file and to whom it goes, from a day on; with a last day they only stand in."""

    from_on = DayField(label=gettext_lazy("From which day"))
    until_on = DayField(
        label=gettext_lazy("Until which day"),
        help_text=gettext_lazy("Empty: for good. With a day: they stand in, and it comes back."),
        required=False,
    )

    def __init__(
        self, data: Any = None, *, held: list[asked.Held], workers: list[Account], **also: Any
    ) -> None:
        super().__init__(data, **also)
        self.held = {f"to-{one.child.pk}": one for one in held}
        self.workers = {str(one.pk): one for one in workers}
        offered = [("", _("stays")), *((key, one.called) for key, one in self.workers.items())]
        for key, one in self.held.items():
            self.fields[key] = forms.ChoiceField(
                label=self._label(one), choices=offered, required=False
            )

    def _label(self, one: asked.Held) -> str:
        if one.case is None:
            return one.child.person.called
        page = _("handover written") if one.is_written else _("no handover page yet")
        return f"{one.child.person.called} · {one.case.get_state_display()} · {page}"

    def said(self) -> dict[str, Any]:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        given = [
            handing.Given(one.child, self.workers[said[key]])
            for key, one in self.held.items()
            if said.get(key)
        ]
        return {"given": given, "from_on": said["from_on"], "until_on": said["until_on"]}


@page(ASSIGNMENTS, Action.WRITE)
@either_way
def caseload(request: Request, account_id: UUID) -> HttpResponse:
    """Give the files of a colleague who leaves, or is away, to others: all on one screen."""
    at, by = clock.now(), request.actor
    on = clock.day(at)
    held = asked.caseload_of(account_id, by, on=on)
    worker = Account.objects.get(pk=account_id)
    workers = asked.colleagues_of(account_id, by, on=on)
    form = CaseloadForm(request.POST or None, held=held, workers=workers, initial={"from_on": on})
    if request.method == "POST" and form.is_valid():
        refusal = refused(handing.give_caseload, worker=worker, **form.said(), by=by, at=at)
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect("case-list")
        form.add_error(None, refusal)
    context = {"worker": worker, "form": form, "count": len(held)}
    return render(request, "casework/caseload.html", context)
