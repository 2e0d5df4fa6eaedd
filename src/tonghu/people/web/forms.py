"""Forms of rosters."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tonghu.people.constants import KeeperKind
from tonghu.people.models import Place

MOST_BYTES = 20 * 1024 * 1024


class RosterForm(forms.Form):
    """A list as a committee or school handed it in."""

    place: forms.ModelChoiceField[Place] = forms.ModelChoiceField(
        label=_("Which village or community"), queryset=None
    )
    kind = forms.ChoiceField(
        label=_("Who keeps this list"), choices=KeeperKind, widget=forms.RadioSelect
    )
    source = forms.CharField(
        label=_("Its name"),
        help_text=_("As you call it, such as the school. Lists of one name are read alike."),
        required=False,
        max_length=60,
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_("Excel (.xlsx or .xls) or CSV, as it came. Nothing is imported yet."),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["place"]
        chosen.queryset = places
        chosen.label_from_instance = lambda place: place.name
        chosen.empty_label = None
        self.fields["file"].widget.attrs = {"accept": ".xlsx,.xls,.csv"}
        self.fields["kind"].initial = KeeperKind.COMMITTEE

    def clean_file(self) -> UploadedFile:
        """Return the file, unless it is larger than any roster."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file has more than 20 MB. Copy the list alone into a new workbook.")
            )
        return file

    def place_chosen(self) -> Place:
        """Return the place the list belongs to."""
        place: Place = self.cleaned_data["place"]
        return place
