"""Entrusted care on a child's file: what stands, what is missing, and two short forms."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.look.templatetags.look import day_of_year
from tonghu.people import words
from tonghu.people.constants import ContactWay, Fitness
from tonghu.people.entrusting import missing_of
from tonghu.people.models import CareSpan
from tonghu.people.operations import entrusting
from tonghu.people.policy import CHILDREN
from tonghu.people.queries import child_for
from tonghu.people.standing import care_of_child
from tonghu.people.web.changes import Change, change, either_way
from tonghu.people.web.changing import EMPTY, ChangeForm
from tonghu.people.web.fields import PastDayField

YES_NO = [("", gettext_lazy("Not known")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
TOLD = {True: "yes", False: "no", None: ""}
MOODS = {Fitness.FIT: "ok", Fitness.UNFIT: "h", Fitness.UNCHECKED: "m"}


def yes_or_no(label: Any, **said: Any) -> forms.TypedChoiceField:
    """Return a question that may be left open."""
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda said: said == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
        **said,
    )


class OfCare(ChangeForm):
    """A form about one entrusted care; begins with what is known of it."""

    def __init__(self, data: Any, *, care: CareSpan, **said: Any) -> None:
        self.care = care
        super().__init__(data, **said)

    def known(self) -> dict[str, Any]:
        """Return what stands; a question that was answered shows its answer."""
        stands = {name: getattr(self.care, name, None) for name in self.base_fields}
        return {
            name: TOLD[value] if value is None or isinstance(value, bool) else value
            for name, value in stands.items()
        }


class FitnessForm(OfCare):
    """The four classes the law bars, one by one, and whether an able adult cares."""

    is_able = yes_or_no(gettext_lazy("An adult who is able to care for the child"))
    has_harmed = yes_or_no(
        gettext_lazy("Has harmed: abuse, abandonment, trafficking, violence, sexual assault")
    )
    is_addicted = yes_or_no(gettext_lazy("Takes drugs, drinks or gambles"))
    has_failed = yes_or_no(gettext_lazy("Has refused or long neglected care before"))
    is_otherwise_unfit = yes_or_no(gettext_lazy("Not fit for another reason"))
    checked_on = PastDayField(label=gettext_lazy("Checked on"))
    asked = forms.CharField(
        label=gettext_lazy("Who was asked"),
        help_text=gettext_lazy("As the village officer or the police station."),
        max_length=80,
        required=False,
    )

    def known(self) -> dict[str, Any]:
        """Begin with the last check; the day is today's."""
        return super().known() | {"checked_on": self.on, "asked": self.care.fitness_asked}


class EntrustedForm(OfCare):
    """What has been done of what the law asks."""

    confirmed_on = PastDayField(
        label=gettext_lazy("Confirmation of entrusted care signed on"), required=False
    )
    child_heard = yes_or_no(gettext_lazy("The child was asked what it thinks of it"))
    school_told_on = PastDayField(label=gettext_lazy("School told in writing on"), required=False)
    committee_told_on = PastDayField(
        label=gettext_lazy("Committee told in writing on"), required=False
    )
    weekly_contact = yes_or_no(gettext_lazy("Parents and child speak every week"))
    contact_by = forms.ChoiceField(
        label=gettext_lazy("How"), choices=[*EMPTY, *ContactWay.choices], required=False
    )
    contact_asked_on = PastDayField(label=gettext_lazy("Asked about it on"), required=False)


@dataclass(frozen=True)
class Entrusted:
    """An entrusted care as the file shows it."""

    care: CareSpan
    fitness: str
    mood: str
    checked: str
    contact: str
    missing: list[str | Promise]


def entrusted_of(care: CareSpan, on: dt.date) -> Entrusted | None:
    """Return what stands of an entrusted care and what is missing; nothing of other care."""
    if not care.is_entrusted:
        return None
    return Entrusted(
        care,
        str(care.get_fitness_display()),
        MOODS[Fitness(care.fitness)],
        _checked(care),
        _contact(care),
        missing_of(care, on),
    )


def _checked(care: CareSpan) -> str:
    parts = [day_of_year(care.fitness_checked_on), care.fitness_asked]
    if care.fitness_checked_by:
        parts.append(_("checked by %(who)s") % {"who": care.fitness_checked_by.called})
    return words.together([part for part in parts if part])


def _contact(care: CareSpan) -> str:
    told = {True: _("every week"), False: _("not every week"), None: _("not known")}
    asked = care.contact_asked_on
    parts = [
        told[care.weekly_contact],
        str(care.get_contact_by_display()) if care.contact_by else "",
        _("asked on %(day)s") % {"day": day_of_year(asked)} if asked else "",
    ]
    return words.together([part for part in parts if part])


@page(CHILDREN, Action.WRITE)
@either_way
def fitness(request: Request, child_id: UUID, care_id: UUID) -> HttpResponse:
    """Check whether an entrusted carer may care for the child."""
    what = (
        _("May this person care for the child"),
        _("Save the check"),
        FitnessForm,
        entrusting.check_fitness,
        _("One class of article 22 is enough for no. What nobody knows stays open."),
    )
    return _about(request, child_id, care_id, what)


@page(CHILDREN, Action.WRITE)
@either_way
def entrusted_care(request: Request, child_id: UUID, care_id: UUID) -> HttpResponse:
    """Note what has been done of what the law asks of entrusted care."""
    what = (
        _("What the law asks of entrusted care"),
        _("Save what has been done"),
        EntrustedForm,
        entrusting.note_entrusted_care,
        _("Articles 22 and 23: school and committee in writing, contact every week."),
    )
    return _about(request, child_id, care_id, what)


def _about(request: Request, child_id: UUID, care_id: UUID, what: tuple) -> HttpResponse:
    on, by = clock.day(clock.now()), request.actor
    child = child_for(by, child_id, on=on, action=Action.WRITE)
    care = care_of_child(child, care_id, by, on=on)
    heading, verb, form, act, why = what

    def form_of(data: Any, **said: Any) -> OfCare:
        drawn: OfCare = form(data, care=care, **said)
        return drawn

    def acted(*, child: Any, **said: Any) -> Any:
        return act(care=care, **said)

    return change(request, child_id, Change(heading, verb, form_of, acted, why))
