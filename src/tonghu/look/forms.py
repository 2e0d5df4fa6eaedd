"""How forms are drawn; the words and the rules are the forms' own."""

import datetime as dt

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy, gettext_noop

SAID_BY_DJANGO = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
)
"""Django's own refusals; our catalogue says them in our Chinese, before Django's is asked."""


class Renderer(DjangoTemplates):
    """Draws every field of every form with our own part, ``{{ form }}`` included."""

    field_template_name = "look/parts/field.html"


class DayInput(forms.DateInput):
    """The phone's own date picker; it takes and gives dates in the one form all browsers know."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


_WORDS = gettext_lazy("Choose a day between 1900 and 2199.")


class DayField(forms.DateField):
    """A day that people live on: year 1 and year 9999 have no day before or after them."""

    widget = DayInput
    default_validators = [
        MinValueValidator(dt.date(1900, 1, 1), _WORDS),
        MaxValueValidator(dt.date(2199, 12, 31), _WORDS),
    ]
