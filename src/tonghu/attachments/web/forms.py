"""Forms of papers and pictures."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tonghu.attachments.constants import PICTURES, AttachmentKind
from tonghu.attachments.receiving import Brought
from tonghu.look.forms import DayField

TAKES = ".jpg,.jpeg,.png,.webp,.pdf,.mp3,.m4a,.aac,.ogg,.opus,.wav,.amr,image/jpeg,image/png"
"""HEIC is left out on purpose: an iPhone then sends its photos as JPEG."""


class SeveralFilesInput(forms.FileInput):
    """The browser's own control: files are chosen or dropped onto it, without any script."""

    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """As many files as fit in one sending."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return all files, whatever they are; each is examined for itself afterwards."""
        return [one for one in data or [] if one]


class AddForm(forms.Form):
    """Photos, papers and recordings of one day."""

    camera = SeveralFiles(label=_("Take a photo"), required=False)
    papers = SeveralFiles(
        label=_("Choose files"),
        help_text=_(
            "Photos, PDFs up to 10 MB, recordings up to 20 MB, 25 MB in one go. On a computer they"
            " can be dropped here."
        ),
        required=False,
    )
    shows = forms.ChoiceField(
        label=_("What do the pictures show?"),
        choices=[
            (AttachmentKind.PHOTO.value, _("People or places")),
            (AttachmentKind.SCAN.value, _("A paper")),
        ],
        widget=forms.RadioSelect,
        initial=AttachmentKind.PHOTO.value,
    )
    title = forms.CharField(
        label=_("In a few words"),
        help_text=_("As “school report” or “the roof after the rain”. Kept sealed."),
        max_length=120,
        required=False,
    )
    happened_on = DayField(label=_("The day it is from"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["camera"].widget.attrs = {"accept": "image/jpeg", "capture": "environment"}
        self.fields["papers"].widget.attrs = {"accept": TAKES, "multiple": True}

    def clean(self) -> dict[str, Any]:
        """Ask for at least one file."""
        said = super().clean() or {}
        if not said.get("papers") and not said.get("camera"):
            self.add_error("papers", _("Choose at least one file, or take a photo."))
        return said

    def brought(self) -> list[Brought]:
        """Return the files as they came."""
        found = [*self.cleaned_data["camera"], *self.cleaned_data["papers"]]
        return [Brought(one.name or "–", one.read()) for one in found]

    def shown(self) -> AttachmentKind:
        """Return what pictures are taken for."""
        kind = AttachmentKind(self.cleaned_data["shows"])
        return kind if kind in PICTURES else AttachmentKind.PHOTO


class WithdrawForm(forms.Form):
    """Why something is taken off the file."""

    reason = forms.CharField(
        label=_("Why is it taken off?"),
        help_text=_("As “another child's paper” or “the family asked for it”."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
