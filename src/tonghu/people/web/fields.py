"""Fields that ask about people: a birth as far as it is known, one of those at hand."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tonghu.kernel import clock
from tonghu.kernel.money import NoAmount, fen, in_yuan
from tonghu.look.forms import DayField
from tonghu.people.constants import Precision
from tonghu.people.models import Person
from tonghu.people.roster.cells.dates import read_birth

WRITTEN = {
    Precision.DAY: "%Y-%m-%d",
    Precision.MONTH: "%Y-%m",
    Precision.YEAR: "%Y",
    Precision.ESTIMATED: "%Y",
}
Offer = tuple[Model, str]
FIRST_OF = {4: "-01-01", 7: "-01", 10: ""}


class BirthField(forms.CharField):
    """A year, a month or a day, as people write it; returns the first day and how exact it is."""

    def __init__(self, **said: Any) -> None:
        words: dict[str, Any] = {
            "label": _("Born"),
            "help_text": _("Only the year or the month is fine, as 2015 or 2015-03."),
            "max_length": 20,
            "required": False,
        }
        super().__init__(**(words | said))

    def clean(self, value: Any) -> tuple[dt.date | None, str]:
        """Return the first day it can have been, and the precision."""
        text = super().clean(value)
        if not text:
            return None, ""
        read = read_birth(text, on=clock.day(clock.now()))
        if read.doubt:
            raise ValidationError(read.doubt.sentence, code=read.doubt.code)
        first = dt.date.fromisoformat(read.value + FIRST_OF[len(read.value)])
        return first, Precision(read.precision)


def as_written(person: Person) -> str:
    """Return a birth as the field takes it."""
    if person.born_on is None:
        return ""
    return person.born_on.strftime(WRITTEN[Precision(person.precision)])


class YuanField(forms.CharField):
    """An amount in yuan as people write it; returns it in fen, or nothing."""

    def __init__(self, **said: Any) -> None:
        words: dict[str, Any] = {"max_length": 20, "required": False}
        super().__init__(**(words | said))

    def widget_attrs(self, widget: forms.Widget) -> Any:
        """Let a phone offer its digits."""
        return super().widget_attrs(widget) | {"inputmode": "decimal"}

    def prepare_value(self, value: Any) -> Any:
        """Write fen as the yuan that are typed."""
        return f"{in_yuan(value):f}" if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """Return the amount in fen."""
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = fen(text)
        except NoAmount as refusal:
            raise ValidationError(str(refusal), code="amount") from None
        if amount < 0:
            raise ValidationError(_("An amount is not below zero."), code="negative")
        return amount


class Offered(forms.ChoiceField):
    """A choice among things at hand, each under its words."""

    def __init__(self, **said: Any) -> None:
        self.things: dict[str, Model] = {}
        super().__init__(**said)

    def offer(self, things: Iterable[Offer], none: str | Promise | None = None) -> None:
        """Offer these things, after the words for none of them."""
        told = [(thing, str(thing.pk), words) for thing, words in things]
        self.things = {key: thing for thing, key, _words in told}
        first = [] if none is None else [("", none)]
        self.choices = [*first, *((key, words) for _thing, key, words in told)]


class OneOf(Offered):
    """One of the things at hand; returns the thing itself, or nothing."""

    def clean(self, value: Any) -> Model | None:
        """Return what was chosen."""
        return self.things.get(super().clean(value))


class SomeOf(Offered, forms.MultipleChoiceField):
    """Some of the things at hand; returns the things themselves."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[Model]:
        """Return what was chosen, in the order of the offer."""
        chosen = set(super().clean(value))
        return [thing for key, thing in self.things.items() if key in chosen]


def offer(
    form: forms.Form, name: str, things: Iterable[Offer], none: str | Promise | None = None
) -> None:
    """Offer things under a field of a form."""
    cast(Offered, form.fields[name]).offer(things, none)


class PastDayField(DayField):
    """A day up to today: what is put on the file has happened."""

    def clean(self, value: Any) -> Any:
        """Return the day, unless it has not come yet."""
        found = super().clean(value)
        if found and found > clock.day(clock.now()):
            raise ValidationError(_("This day has not come yet."), code="future")
        return found
