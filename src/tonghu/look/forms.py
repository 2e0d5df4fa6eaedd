"""How forms are drawn; the words and the rules are the forms' own."""

from django import forms
from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Draws every field of every form with our own part, ``{{ form }}`` included."""

    field_template_name = "look/parts/field.html"


class DayInput(forms.DateInput):
    """The phone's own date picker; it takes and gives dates in the one form all browsers know."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")
