"""The form of a supervision: what was talked through, and up to three tasks."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Account
from tonghu.casework.measures import Supervised
from tonghu.casework.models import Case
from tonghu.casework.operations.supervising import A_DAY, SupervisionSaid, TaskSaid
from tonghu.look.forms import DayField
from tonghu.people.web.fields import OneOf, PastDayField, SomeOf, offer

TASKS = (1, 2, 3)
LABELS = {1: _("First task"), 2: _("Second task"), 3: _("Third task")}


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SupervisionForm(forms.Form):
    """What a supervisor writes down; three answers are required."""

    on = PastDayField(label=_("On which day"))
    minutes = forms.IntegerField(label=_("How long, in minutes"), min_value=1, max_value=A_DAY)
    kind = forms.ChoiceField(label=_("How it was held"), choices=Supervised)
    cases = SomeOf(label=_("Which cases were talked through"), required=False)
    issues = forms.CharField(
        label=_("What was talked through"),
        help_text=_("Sealed; for the two of you alone."),
        widget=_lines(4),
        required=False,
    )
    own_state = forms.CharField(
        label=_("How the worker is"),
        help_text=_("As she says it herself. Nobody else ever reads it."),
        widget=_lines(2),
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        worker: Account,
        supervisor: Account,
        cases: Sequence[Case],
        on: dt.date,
    ) -> None:
        super().__init__(data, initial={"on": on, "minutes": 60})
        self.worker = worker
        named = [(one, one.child.person.called) for one in cases]
        offer(self, "cases", named)
        for n in TASKS:
            self.fields[f"what_{n}"] = forms.CharField(
                label=LABELS[n], required=False, max_length=200
            )
            self.fields[f"due_{n}"] = DayField(label=_("By which day"), required=False)
            self.fields[f"owner_{n}"] = OneOf(label=_("Who does it"), required=False)
            offer(self, f"owner_{n}", [(worker, worker.called), (supervisor, supervisor.called)])
            self.fields[f"case_{n}"] = OneOf(label=_("For which case"), required=False)
            offer(self, f"case_{n}", named, _("for none"))

    def clean(self) -> dict[str, Any]:
        """Ask for both halves of a task."""
        said: dict[str, Any] = super().clean() or {}
        for n in TASKS:
            if bool(said.get(f"what_{n}")) != bool(said.get(f"due_{n}")):
                raise ValidationError(_("A task says what is done, and by which day."))
        return said

    def said(self) -> SupervisionSaid:
        """Return what the operation takes."""
        said = self.cleaned_data
        tasks = [
            TaskSaid(
                said[f"what_{n}"],
                said[f"due_{n}"],
                said[f"owner_{n}"] or self.worker,
                said[f"case_{n}"],
            )
            for n in TASKS
            if said.get(f"what_{n}")
        ]
        return SupervisionSaid(
            on=said["on"],
            minutes=said["minutes"],
            kind=said["kind"],
            issues=said["issues"],
            own_state=said["own_state"],
            cases=tuple(said["cases"]),
            tasks=tuple(tasks),
        )
