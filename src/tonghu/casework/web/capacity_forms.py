"""The forms of a guardianship assessment: who looks at it, then item by item."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.casework.capacities import can_be_second
from tonghu.casework.measures import Capacity
from tonghu.casework.operations.capacity import CapacitySaid, ItemSaid
from tonghu.casework.schemes.reading import Scheme, schemes
from tonghu.kernel import clock
from tonghu.people.web.fields import OneOf, PastDayField, offer


def _lines(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CapacityNewForm(forms.Form):
    """Who looks at whose guardianship, by which scheme."""

    guardian = forms.CharField(
        label=_("Whose guardianship"),
        help_text=_("As “grandmother, Li Xiuzhen”."),
        max_length=60,
    )
    second = OneOf(label=_("Who looks at it with you"))
    scheme = forms.ChoiceField(label=_("By which scheme"))
    done_on = PastDayField(label=_("On which day"))
    asked_by = forms.CharField(
        label=_("Who asked for it"),
        help_text=_("As “the township’s civil affairs office”."),
        max_length=120,
        required=False,
    )

    def __init__(self, data: Any = None, *, by: Actor) -> None:
        on = clock.day(clock.now())
        super().__init__(data, initial={"done_on": on})
        offer(self, "second", [(one, one.called) for one in can_be_second(by, on=on)])
        chosen = self.fields["scheme"]
        chosen.choices = [(key, one.name) for key, one in schemes().items()]  # type: ignore[attr-defined]


class CapacityForm(forms.Form):
    """Points with evidence by item, then what persons make of it."""

    def __init__(self, data: Any = None, *, scheme: Scheme, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        points = [("", _("not scored yet"))] + [
            (str(n), str(n)) for n in range(scheme.most_per_item + 1)
        ]
        for key, item in scheme.items.items():
            self.fields[f"points_{key}"] = forms.ChoiceField(
                label=item.name, help_text=item.evidence, choices=points, required=False
            )
            self.fields[f"seen_{key}"] = forms.CharField(
                label=_("How you know it"), widget=_lines(), required=False
            )
        self.fields["level"] = forms.ChoiceField(
            label=_("How does guardianship stand?"),
            help_text=_("You two say so. The sum does not."),
            choices=[("", _("not said yet")), *Capacity.choices],
            required=False,
        )
        for name, label in (
            ("reason", _("Why")),
            ("child_opinion", _("What the child thinks")),
            ("objection", _("What the family objects")),
            ("objection_result", _("What came of the objection")),
        ):
            self.fields[name] = forms.CharField(label=label, widget=_lines(), required=False)
        self.scheme = scheme

    def said(self) -> CapacitySaid:
        """Return what the operation takes."""
        said = self.cleaned_data
        items = {
            key: ItemSaid(int(said[f"points_{key}"]), said[f"seen_{key}"])
            for key in self.scheme.items
            if said[f"points_{key}"]
        }
        texts = ("level", "reason", "child_opinion", "objection", "objection_result")
        return CapacitySaid(items=items, **{name: said[name] for name in texts})
