"""Pages of referrals: preparing one, what leaves, what came back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action, Answer
from tonghu.access.web.pages import Request, page
from tonghu.casework import referrals as asked
from tonghu.casework.constants import Need
from tonghu.casework.onward import LEADS_TO, Datum, Receiver, Urgency
from tonghu.casework.onward import ReferralState as S
from tonghu.casework.operations import referring
from tonghu.casework.policy import CASES_PLANNED, PLANS
from tonghu.casework.queries import case_for
from tonghu.kernel import clock
from tonghu.look.forms import DayField
from tonghu.people.consents import sentence, standing_of
from tonghu.people.constants import ConsentKind
from tonghu.people.web.changes import either_way, refused

ACTS: dict[str, Callable[..., Any]] = {
    S.ACCEPTED: referring.accept_referral,
    S.REJECTED: referring.reject_referral,
    S.SERVED: referring.note_service,
    S.UNAVAILABLE: referring.note_unavailable,
    S.DECLINED: referring.decline_referral,
    S.CLOSED: referring.close_referral,
}


class ReferralForm(forms.Form):
    """To whom, why, how soon, and what leaves: each ticked by itself."""

    receiver_kind = forms.ChoiceField(label=gettext_lazy("What kind of place"), choices=Receiver)
    receiver = forms.CharField(
        label=gettext_lazy("To whom"),
        help_text=gettext_lazy("As “county hospital, psychology, Dr Sun”."),
        max_length=120,
    )
    need = forms.ChoiceField(label=gettext_lazy("Which need"), choices=Need)
    reason = forms.CharField(
        label=gettext_lazy("Why, and what you ask of them"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("How soon"), choices=Urgency, widget=forms.RadioSelect
    )
    ticked = forms.MultipleChoiceField(
        label=gettext_lazy("What they must know"),
        help_text=gettext_lazy("As little as will do. Only what is ticked stands on the paper."),
        choices=Datum,
        widget=forms.CheckboxSelectMultiple,
    )
    is_transfer = forms.BooleanField(
        label=gettext_lazy("The whole case goes to this agency"), required=False
    )

    def __init__(self, data: Any = None, *, offered: list[Datum]) -> None:
        super().__init__(data)
        field: Any = self.fields["ticked"]
        field.choices = [(one.value, one.label) for one in offered]

    def said(self) -> referring.Onward:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        return referring.Onward(data=said.pop("ticked"), **said)


class SendForm(forms.Form):
    """It leaves; when is the answer asked for."""

    feedback_due_on = DayField(label=gettext_lazy("When will you ask for the answer?"))


class AnswerForm(forms.Form):
    """What came back."""

    to = forms.ChoiceField(label=gettext_lazy("What came back?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("In their words"),
        help_text=gettext_lazy("Not needed when they simply accept."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, data: Any = None, *, state: str) -> None:
        super().__init__(data)
        field: Any = self.fields["to"]
        field.choices = [(one.value, one.label) for one in LEADS_TO.get(state, ()) if one in ACTS]


class TransferForm(forms.Form):
    """Why the case goes."""

    reason = forms.CharField(label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 2}))


@page(CASES_PLANNED, Action.WRITE)
@either_way
def referral_new(request: Request, case_id: UUID) -> HttpResponse:
    """Prepare a referral."""
    at, by = clock.now(), request.actor
    case = case_for(by, case_id, on=clock.day(at), action=Action.WRITE, sheet=CASES_PLANNED)
    record_look(case, by=by, at=at, about=case.child_id)
    form = ReferralForm(request.POST or None, offered=asked.may_leave(case))
    if request.method == "POST" and form.is_valid():
        made: list[Any] = []
        refusal = refused(
            lambda **said: made.append(referring.prepare_referral(**said)),
            case=case,
            said=form.said(),
            by=by,
            at=at,
        )
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect("referral", referral_id=made[0].pk)
        form.add_error(None, refusal)
    said = {"heading": _("Refer the child"), "verb": _("Prepare the referral")}
    said["why"] = _("Nothing leaves yet.")
    context = {"case": case, "form": form, "name": case.child.person.called}
    return render(request, "casework/step.html", context | said)


@page(PLANS, Action.READ)
@require_GET
def referral(request: Request, referral_id: UUID) -> HttpResponse:
    """Show a referral: what leaves or left, whether it may, what came back."""
    at, by = clock.now(), request.actor
    on = clock.day(at)
    found = asked.referral_for(by, referral_id, on=on)
    case = found.case
    record_look(found, by=by, at=at, about=case.child_id)
    standing = standing_of(case.child, ConsentKind.DATA_SHARE, on)
    context = {
        "referral": found,
        "case": case,
        "name": case.child.person.called,
        "paper": asked.paper_of(found, by, on=on),
        "steps": asked.steps_of_referral(found, by, on=on),
        "agreed": standing.is_allowed,
        "consent": sentence(standing),
        "may_write": PLANS.judge(Action.WRITE, by, found, on=on) is Answer.ALLOW,
        "is_draft": found.state in (S.DRAFT, S.CONSENT_WAIT),
        "is_over": found.state == S.CLOSED,
        "may_transfer": found.is_transfer and found.state in (S.ACCEPTED, S.SERVED),
    }
    return render(request, "casework/referral.html", context)


def _step(
    request: Request, referral_id: UUID, form_of: Callable[..., forms.Form], **said: Any
) -> HttpResponse:
    """Ask what one step of a referral takes, and call it."""
    at, by = clock.now(), request.actor
    found = asked.referral_for(by, referral_id, on=clock.day(at), action=Action.WRITE)
    record_look(found, by=by, at=at, about=found.case.child_id)
    form = form_of(request.POST or None, found)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        act = ACTS[given.pop("to")] if "to" in given else said["act"]
        refusal = refused(act, referral=found, **given, by=by, at=at)
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect("referral", referral_id=found.pk)
        form.add_error(None, refusal)
    context = {"referral": found, "form": form, "name": found.case.child.person.called}
    return render(request, "casework/referral_step.html", context | said)


@page(PLANS, Action.WRITE)
@either_way
def referral_send(request: Request, referral_id: UUID) -> HttpResponse:
    """Say that a referral leaves."""
    return _step(
        request,
        referral_id,
        lambda data, found: SendForm(data),
        act=referring.send_referral,
        heading=_("Send the referral"),
        verb=_("It has left"),
    )


@page(PLANS, Action.WRITE)
@either_way
def referral_step(request: Request, referral_id: UUID) -> HttpResponse:
    """Write down what came back, or close the loop."""
    return _step(
        request,
        referral_id,
        lambda data, found: AnswerForm(data, state=found.state),
        heading=_("What came back"),
        verb=_("Save"),
    )


@page(PLANS, Action.WRITE)
@either_way
def referral_transfer(request: Request, referral_id: UUID) -> HttpResponse:
    """Hand the case to the agency that has accepted it."""
    return _step(
        request,
        referral_id,
        lambda data, found: TransferForm(data),
        act=referring.transfer_case,
        heading=_("Hand the case over"),
        verb=_("Hand it over"),
    )
