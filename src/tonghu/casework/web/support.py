"""The map of who supports a child: drawn from the last one, tie by tie."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.casework.models import SupportMap
from tonghu.casework.models.support import MapOccasion, SupportKind, TieFlow, TieSide, TieStrength
from tonghu.casework.operations.support import SaidTie, draw_support
from tonghu.casework.policy import CASES_PLANNED
from tonghu.casework.queries import case_for
from tonghu.casework.support import newest_map, people_for_ties, ties_of
from tonghu.kernel import clock
from tonghu.people.models import Person
from tonghu.people.web.changes import either_way, refused
from tonghu.people.web.fields import PastDayField

MOST, MORE = 20, 3


class MapForm(forms.Form):
    """When a map was drawn, and with whom."""

    occasion = forms.ChoiceField(label=gettext_lazy("On which occasion"), choices=MapOccasion)
    drawn_on = PastDayField(label=gettext_lazy("On which day"))
    drawn_with = forms.CharField(
        label=gettext_lazy("Drawn together with"),
        help_text=gettext_lazy("As “the child and its grandmother”."),
        required=False,
        max_length=80,
    )
    base = forms.UUIDField(required=False, widget=forms.HiddenInput)


class TieForm(forms.Form):
    """One tie; a row without a name is no tie, so one is taken off by clearing its name."""

    person = forms.ChoiceField(label=gettext_lazy("Of the family"), required=False)
    who = forms.CharField(
        label=gettext_lazy("Or in words"),
        help_text=gettext_lazy("As “class teacher, Mr Zhao”."),
        required=False,
        max_length=40,
    )
    side = forms.ChoiceField(label=gettext_lazy("Where from"), choices=TieSide)
    strength = forms.ChoiceField(
        label=gettext_lazy("How strong"), choices=TieStrength, initial=TieStrength.NORMAL
    )
    flow = forms.ChoiceField(label=gettext_lazy("Who helps whom"), choices=TieFlow)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What it gives"),
        choices=SupportKind,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_unpaid = forms.BooleanField(
        label=gettext_lazy("Helps unpaid, not as a job"), required=False, initial=True
    )
    at_night = forms.BooleanField(
        label=gettext_lazy("The child can go there at night"), required=False
    )
    strain = forms.CharField(
        label=gettext_lazy("What weighs on it"), required=False, max_length=120
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        """Offer the people of the family."""
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.people = {str(one.pk): one for one in people}
        nobody = [("", _("Nobody of the family"))]
        choice = self.fields["person"]
        choice.choices = nobody + [(key, one.called) for key, one in self.people.items()]  # type: ignore[attr-defined]

    def said(self) -> SaidTie | None:
        """Return the tie, or nothing where nobody is named."""
        given = dict(self.cleaned_data)
        person, who = self.people.get(given.pop("person")), given.pop("who").strip()
        if person is None and not who:
            return None
        return SaidTie(person=person, who="" if person else who, **given)


@page(CASES_PLANNED, Action.WRITE)
@either_way
def support_new(request: Request, case_id: UUID) -> HttpResponse:
    """Draw who supports the child, beginning with the last map."""
    at, by = clock.now(), request.actor
    on = clock.day(at)
    case = case_for(by, case_id, on=on, action=Action.WRITE, sheet=CASES_PLANNED)
    record_look(case, by=by, at=at, about=case.child_id)
    last = newest_map(case, by, on=on)
    people = people_for_ties(case, by, on=on)
    head = MapForm(request.POST or None, initial=_begun(last, on))
    rows = _rows(request, last, by, people)
    newer = None
    if request.method == "POST" and head.is_valid() and _all_valid(rows):
        said = head.cleaned_data | {"base": last if _same(head, last) else None}
        ties = [tie for one in rows if (tie := one.said())]
        refusal = refused(draw_support, case=case, ties=ties, **said, by=by, at=at)
        if not refusal:
            messages.success(request, _("Saved. The map before stays, so that growth is seen."))
            return redirect("case", case_id=case.pk)
        head.add_error(None, refusal)
        newer = last if not _same(head, last) else None
    context = {
        "case": case,
        "name": case.child.person.called,
        "head": head,
        "rows": rows,
        "count": len(rows),
        "last": last,
        "newer": ties_of(newer, by) if newer else [],
        "base": last.pk if newer and last else head["base"].value(),
    }
    return render(request, "casework/support_new.html", context)


def _all_valid(rows: list[TieForm]) -> bool:
    """Ask every row, so that each says what is wrong in it."""
    return [one.is_valid() for one in rows] == [True] * len(rows)


def _same(head: MapForm, last: SupportMap | None) -> bool:
    base: UUID | None = head.cleaned_data["base"]
    return base == (last.pk if last else None)


def _begun(last: SupportMap | None, on: Any) -> dict[str, Any]:
    occasion = MapOccasion.REVIEW if last else MapOccasion.INTAKE
    return {"occasion": occasion, "drawn_on": on, "base": last.pk if last else None}


def _rows(
    request: Request, last: SupportMap | None, by: Any, people: list[Person]
) -> list[TieForm]:
    """Return a row for each tie that is there or was sent, and a few empty ones."""
    if request.method == "POST":
        sent = request.POST.get("count", "")
        count = min(int(sent), MOST) if sent.isdigit() else MORE
        return [TieForm(request.POST, prefix=f"t{i}", people=people) for i in range(count)]
    begun = [_of_tie(one) for one in ties_of(last, by)] if last else []
    begun = [*begun, *({} for _row in range(MORE))][:MOST]
    return [
        TieForm(prefix=f"t{i}", people=people, initial=one or None) for i, one in enumerate(begun)
    ]


def _of_tie(tie: Any) -> dict[str, Any]:
    return {
        "person": str(tie.person_id or ""),
        "who": tie.who,
        "side": tie.side,
        "strength": tie.strength,
        "flow": tie.flow,
        "kinds": tie.kinds.split(),
        "is_unpaid": tie.is_unpaid,
        "at_night": tie.at_night,
        "strain": tie.strain,
    }
