"""The forms about the rights of child and guardian: correcting, keeping, erasing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.people.constants import CorrectionPart, ErasureGround, HoldAuthority
from tonghu.people.rights import may_ask
from tonghu.people.web.changing import ChangeForm
from tonghu.people.web.fields import OneOf, PastDayField, offer


def _sentence(label: Any, **said: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=400, widget=forms.Textarea(attrs={"rows": 2}), **said
    )


class CorrectionForm(ChangeForm):
    """What a child or guardian says is wrong."""

    asked_by = OneOf(
        label=_("Who asks"),
        help_text=_("The child, or a guardian whose rights are not suspended."),
        widget=forms.RadioSelect,
    )
    asked_on = PastDayField(label=_("Asked on"))
    part = forms.ChoiceField(label=_("Which part"), choices=CorrectionPart)
    wrong = _sentence(_("What is wrong"))
    right = _sentence(_("What it should say"))

    def known(self) -> dict[str, Any]:
        """Begin with today."""
        return {"asked_on": self.on}

    def prepare(self) -> None:
        """Offer the child and the guardians who may ask."""
        people = may_ask(self.child, on=self.on)
        offer(self, "asked_by", [(one, one.called) for one in people])


class AnswerForm(forms.Form):
    """What comes of a request, and why."""

    accepted = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("It was wrong; I have corrected it")), ("no", _("It stays as it is"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = _sentence(_("Why"), help_text=_("Is told to who asked."))


class HoldForm(ChangeForm):
    """For whom a file is kept as it is."""

    authority = forms.ChoiceField(
        label=_("Who needs it"), choices=HoldAuthority, widget=forms.RadioSelect
    )
    reason = _sentence(_("Reason"), help_text=_("As the number of the letter, and its day."))

    def known(self) -> dict[str, Any]:
        """Begin with nothing."""
        return {}


class LiftHoldForm(forms.Form):
    """Why a file need not be kept any longer."""

    reason = _sentence(_("Reason"))


class EraseForm(ChangeForm):
    """Why a file is erased."""

    ground = forms.ChoiceField(label=_("Why"), choices=ErasureGround, widget=forms.RadioSelect)
    reason = _sentence(_("Reason"), help_text=_("The head reads it and decides."))

    def known(self) -> dict[str, Any]:
        """Begin with nothing."""
        return {}
