"""Forms of sign-in, of people and roles, of reasons."""

from typing import Any
from uuid import UUID

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.access.constants import OrganisationKind, ReasonCode, ScopeKind
from tonghu.access.models import Organisation
from tonghu.access.reach import Offered, has_teams
from tonghu.access.roles import ROLES, role_choices
from tonghu.look.forms import DayField


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
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


class OrganisationField(forms.ModelChoiceField):
    """A choice of organisations, each called as the reader can read."""

    def label_from_instance(self, obj: Organisation) -> str:
        """Return what an organisation is called here."""
        return obj.called


class RoleForm(forms.Form):
    """A role for somebody: which, where, from when to when."""

    role = forms.ChoiceField(label=_("Role"), choices=role_choices, widget=forms.RadioSelect)
    organisation = OrganisationField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    village = forms.ChoiceField(
        label=_("Village of a child director"),
        help_text=_("Only for a child director: the children who live there are hers to know."),
        required=False,
    )
    places = forms.TypedMultipleChoiceField(
        label=_("Places of a worker or supervisor"),
        help_text=_("The teams she joins when the role begins; others can be added later."),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    from_on = DayField(label=_("First day"))
    until_on = DayField(
        label=_("Last day"),
        help_text=_("Empty: until further notice. Evaluators and auditors need one."),
        required=False,
    )

    def __init__(self, *args: Any, organisations: Any, places: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["role"].widget.option_hints = {key: role.prose for key, role in ROLES.items()}
        named = [(str(pk), name) for pk, name in places]
        self.fields["village"].choices = [("", "–"), *named]  # type: ignore[attr-defined]
        self.fields["places"].choices = named  # type: ignore[attr-defined]
        if not named:
            del self.fields["places"]

    def clean(self) -> dict[str, Any]:
        """Turn the village into the reach of the role; a director has one, nobody else."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        role, village = said.get("role", ""), said.pop("village", "")
        is_of_a_place = bool(role) and ROLES[role].scopes == (ScopeKind.PLACE,)
        if is_of_a_place and not village:
            self.add_error("village", _("Choose the village. Enter it under places if it is new."))
        elif role and village and not is_of_a_place:
            self.add_error("village", _("Only a child director has a village. Leave it empty."))
        if role and said.get("places") and not has_teams(role):
            self.add_error(
                "places", _("Only social workers and supervisors belong to the team of a place.")
            )
        said["scope_kind"] = ScopeKind.PLACE if is_of_a_place else ScopeKind.ORGANISATION
        said["scope_id"] = UUID(village) if is_of_a_place and village else None
        said.setdefault("places", [])
        return said


class InviteForm(RoleForm):
    """Somebody new: who she is, and her first role."""

    name = forms.CharField(label=_("Name"), max_length=80)
    latin_name = forms.CharField(
        label=_("Name in Latin letters"),
        help_text=_("Shown on English pages."),
        max_length=120,
        required=False,
    )
    login = forms.SlugField(
        label=_("Sign-in name"),
        help_text=_("Small letters and digits, as liumin or worker07."),
        max_length=60,
    )
    phone = forms.CharField(label=_("Mobile phone"), max_length=30, required=False)
    field_order = ("name", "latin_name", "login", "phone", "role", "organisation")


class LastDayForm(forms.Form):
    """The last day of a role."""

    until_on = DayField(label=_("Last day"))


class DeclineForm(forms.Form):
    """Why the second person says no."""

    reason = forms.CharField(
        label=_("Why not"), widget=forms.Textarea(attrs={"rows": 2}), max_length=400
    )


class NamesForm(forms.Form):
    """What an organisation is called, and its credit code."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=120)
    latin_name = forms.CharField(label=_("Name in Latin letters"), max_length=160, required=False)
    credit_code = forms.RegexField(
        label=_("Credit code"),
        regex=r"^[0-9A-Z]{18}$",
        help_text=_("18 digits and capital letters, as on the registration certificate."),
        error_messages={"invalid": _("A credit code has 18 digits and capital letters.")},
        required=False,
    )


class AgencyForm(NamesForm):
    """What stands on the agency's letterhead."""

    phone = forms.CharField(label=_("Office telephone"), max_length=30, required=False)


class OrganisationForm(NamesForm):
    """An organisation the agency works with."""

    kind = forms.ChoiceField(
        label=_("What it is to the project"),
        choices=[one for one in OrganisationKind.choices if one[0] != OrganisationKind.AGENCY],
        widget=forms.RadioSelect,
    )
    field_order = ("kind", "name")


class JournalFilterForm(forms.Form):
    """What the journal is narrowed to; comes from the address, so a link can be sent on."""

    about = forms.UUIDField(required=False, widget=forms.HiddenInput)
    account = forms.UUIDField(required=False, widget=forms.HiddenInput)
    refused = forms.BooleanField(label=_("Refused only"), required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)
