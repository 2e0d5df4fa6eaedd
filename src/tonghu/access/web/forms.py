"""Forms of sign-in, of people and roles, of reasons."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.access.constants import ReasonCode


class SignInForm(LoginForm):
    """Name and password; small and capital letters of the name are alike."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name")
        self.fields["login"].widget.attrs = {"autocomplete": "username webauthn"}
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        self.fields["password"].help_text = ""
        self.fields.pop("remember", None)

    def clean_login(self) -> str:
        """Return the name as accounts keep it."""
        return str(self.cleaned_data["login"]).strip().lower()


class InvitationForm(forms.Form):
    """The password somebody chooses when she is invited in."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_(
            "At least 10 characters; four words that only you would put together are best."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )


class ReasonForm(forms.Form):
    """Why somebody opens what lies outside her own duty."""

    code = forms.ChoiceField(label=_("Reason"), choices=ReasonCode, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In one sentence"),
        help_text=_("Stays in the journal; the agency head and the record's worker can read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
    )
