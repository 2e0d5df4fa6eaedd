"""Made-up forms and days for the style guide."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.look.forms import DayInput


class VisitSample(forms.Form):
    """A visit as a worker half fills it in; shown with what is still missing."""

    seen = forms.ChoiceField(
        label=_("Did you see Xiaoyu herself?"),
        choices=[("yes", _("Met her")), ("no", _("Did not"))],
        widget=forms.RadioSelect,
    )
    safe = forms.ChoiceField(
        label=_("Is she safe?"),
        help_text=_("“In danger” tells supervisor Zhang Lan as soon as you save."),
        choices=[("safe", _("Safe")), ("worried", _("Worried")), ("danger", _("In danger"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("say how safe she is")},
    )
    goals = forms.MultipleChoiceField(
        label=_("Which goals did you work on?"),
        choices=[
            ("1", _("She has a grown-up to call in the evening")),
            ("2", _("She goes to school at least four days a week")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = forms.CharField(
        label=_("What happened?"),
        help_text=_("Write what you saw and heard; voice typing works."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("write at least one sentence")},
    )
    next_on = forms.DateField(label=_("When is the next visit?"), widget=DayInput)
    agreed = forms.BooleanField(label=_("Her grandmother agrees to the next visit"), required=False)


class NoteSample(forms.Form):
    """Plain fields before anybody has typed."""

    place = forms.ChoiceField(
        label=_("Place"),
        choices=[("", _("Choose a place")), ("w", _("Wandong")), ("s", _("Shiqiao village"))],
    )
    minutes = forms.IntegerField(
        label=_("Minutes on the way"), help_text=_("There and back together."), min_value=0
    )
    number = forms.CharField(label=_("Number of the record"), disabled=True, initial="JF-2026-0318")
    remark = forms.CharField(label=_("Remark"), required=False)


NAVIGATIONS = (
    (
        _("Social worker"),
        (
            ("list-check", _("Today")),
            ("user", _("Cases")),
            ("users-group", _("Groups and community")),
            ("chart-bar", _("Projects")),
            ("receipt", _("Expenses")),
        ),
    ),
    (
        _("Supervisor"),
        (
            ("inbox", _("For my review")),
            ("users-group", _("The whole team")),
            ("user", _("Cases")),
            ("note", _("Supervision notes")),
        ),
    ),
    (
        _("Finance officer"),
        (
            ("coins", _("The project's money")),
            ("receipt", _("Expenses")),
            ("chart-bar", _("Projects")),
        ),
    ),
    (
        _("Child director"),
        (
            ("flag", _("Report a danger")),
            ("list-check", _("My work")),
            ("message", _("Training")),
        ),
    ),
    (
        _("Buyer's officer"),
        (
            ("chart-bar", _("Projects")),
            ("file-text", _("Reports")),
            ("folder", _("Evidence")),
        ),
    ),
    (
        _("Administrator"),
        (
            ("clipboard-list", _("Set-up")),
            ("users-group", _("People and roles")),
            ("shield", _("Journal")),
            ("clock", _("Long work")),
        ),
    ),
)
"""What each role finds in the navigation, its first page on top."""


def visit_sample() -> VisitSample:
    """Return the visit with two answers missing."""
    return VisitSample(
        {"seen": "yes", "goals": ["1"], "next_on": "2026-11-27", "words": "", "agreed": "on"}
    )


def days(now: dt.datetime) -> dict[str, dt.datetime]:
    """Return moments near and far, to show how they are written."""
    return {
        "today": now.replace(hour=9, minute=41),
        "earlier": (now - dt.timedelta(days=2)).replace(hour=22, minute=40),
        "long_ago": now.replace(year=now.year - 1, month=5, day=1, hour=10, minute=5),
    }
