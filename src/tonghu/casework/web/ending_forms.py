"""The forms of a review, of the end, of coming again, and of what a case says of itself."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.casework.constants import AfterFollowUp, CaseKind, ClosureReason, RiskLevel
from tonghu.casework.endings import MONTHS_AFTER, months_after
from tonghu.casework.fields import FIELDS
from tonghu.casework.models import Case, Closure, StageReview
from tonghu.casework.operations.closings import CLOSURE_SAYS
from tonghu.casework.operations.describing import CASE_SAYS
from tonghu.casework.operations.reviews import STAGE_SAYS
from tonghu.casework.web.plan_forms import lines
from tonghu.look.forms import DayField
from tonghu.people.web.fields import PastDayField
from tonghu.services.constants import Mode

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
OR_NOT_ASKED = [("", _("Not asked")), *YES_NO]


def _of_ten(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=_("0 not at all, 10 very much. Leave it empty if you did not ask."),
        min_value=0,
        max_value=10,
        required=False,
    )


class StageForm(forms.Form):
    """What child and guardian say of the work."""

    child_helps = _of_ten(_("Is this helping? The child says"))
    child_view = forms.CharField(label=_("In the child’s words"), widget=lines(2), required=False)
    guardian_helps = _of_ten(_("Is this helping? The guardian says"))
    guardian_view = forms.CharField(
        label=_("In the guardian’s words"), widget=lines(2), required=False
    )
    changes = forms.CharField(
        label=_("What shall change in the plan"), widget=lines(), required=False
    )

    def __init__(self, data: Any, *, stage: StageReview) -> None:
        super().__init__(data, initial={name: getattr(stage, name) for name in STAGE_SAYS})


class ClosureForm(forms.Form):
    """Why a case ends, what remains, and when somebody comes again."""

    reason = forms.ChoiceField(
        label=_("Why does it end?"), choices=[("", "—"), *ClosureReason.choices]
    )
    summary = forms.CharField(
        label=_("What has changed for the child, and what has not?"), widget=lines(4)
    )
    remaining_risk = forms.CharField(label=_("Which danger remains?"), widget=lines(2))
    child_view = forms.CharField(
        label=_("What does the child say of ending?"),
        help_text=_("If nobody asked, why."),
        widget=lines(2),
    )
    family_view = forms.CharField(
        label=_("What does the family say?"), widget=lines(2), required=False
    )
    worker_view = forms.CharField(label=_("What do you say?"), widget=lines(2), required=False)
    satisfaction = _of_ten(_("How content are they?"))
    asked_by = forms.CharField(
        label=_("Who asked this?"),
        help_text=_("Somebody else than the social worker."),
        required=False,
        max_length=60,
    )
    handover_to = forms.CharField(
        label=_("Who looks after the child from now on?"), required=False, max_length=120
    )
    first = DayField(label=_("First follow-up"), required=False)
    second = DayField(label=_("Second follow-up"), required=False)
    third = DayField(label=_("Third follow-up"), required=False)

    def __init__(
        self, data: Any, *, closure: Closure | None, days: list[dt.date], on: dt.date
    ) -> None:
        known: dict[str, Any] = (
            {name: getattr(closure, name) for name in CLOSURE_SAYS} if closure else {}
        )
        shown = days or [months_after(on, months) for months in MONTHS_AFTER]
        super().__init__(
            data, initial=known | dict(zip(("first", "second", "third"), shown, strict=False))
        )

    def said(self) -> dict[str, Any]:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        days = [said.pop(name) for name in ("first", "second", "third")]
        return {"said": said, "days": [one for one in days if one]}


class FollowUpForm(forms.Form):
    """What somebody saw who came again."""

    on = PastDayField(label=_("On which day"))
    mode = forms.ChoiceField(label=_("Where or how"), choices=Mode, initial=Mode.HOME)
    child_seen = forms.ChoiceField(
        label=_("Did you see the child yourself?"), choices=YES_NO, widget=forms.RadioSelect
    )
    stable = forms.ChoiceField(label=_("Has it lasted?"), choices=YES_NO, widget=forms.RadioSelect)
    benefits_kept = forms.ChoiceField(
        label=_("Are the benefits still paid?"),
        choices=OR_NOT_ASKED,
        widget=forms.RadioSelect,
        required=False,
    )
    risk = forms.ChoiceField(
        label=_("How much danger is there?"), choices=RiskLevel, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("What you saw and heard"), widget=lines(), required=False)
    decision = forms.ChoiceField(
        label=_("What follows?"), choices=AfterFollowUp, widget=forms.RadioSelect
    )

    def said(self) -> dict[str, Any]:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        on = said.pop("on")
        for name in ("child_seen", "stable", "benefits_kept"):
            said[name] = {"yes": True, "no": False}.get(said[name])
        return {"on": on, "said": said}


class CaseForm(forms.Form):
    """What a case says of itself, as far as its state leaves it open."""

    problem = forms.CharField(label=_("What is the worry?"), widget=lines())
    referrer = forms.CharField(label=_("Who told you"), required=False, max_length=60)
    child_view = forms.CharField(label=_("What the child says"), widget=lines(2), required=False)
    best_time = forms.CharField(
        label=_("When the family can be reached"), required=False, max_length=60
    )
    kind = forms.ChoiceField(label=_("What kind of case"), choices=CaseKind)

    def __init__(self, data: Any, *, case: Case) -> None:
        super().__init__(data, initial={name: getattr(case, name) for name in CASE_SAYS})
        for name in CASE_SAYS:
            if not FIELDS[name].is_open(case.state):
                del self.fields[name]
