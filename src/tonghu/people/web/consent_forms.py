"""The short forms of consent: one talk, a duty of the law, a withdrawal, a suspended guardian."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.look.forms import DayField
from tonghu.people.ages import CONSENT, MINORITY, Birth
from tonghu.people.colleagues import who_may_be_tied
from tonghu.people.consents import PURPOSES
from tonghu.people.constants import (
    ChildView,
    ConsentAnswer,
    ConsentKind,
    ConsentLanguage,
    ConsentWay,
    LegalBasis,
    SuspensionGround,
)
from tonghu.people.guardians import guardians_who_may_know
from tonghu.people.models import Consent, Person
from tonghu.people.models.consents import BEYOND_LAW
from tonghu.people.readout import READ_OUT
from tonghu.people.web.changing import FamilyForm
from tonghu.people.web.fields import OneOf, PastDayField, SomeOf, offer

YES_OR_NO = [(ConsentAnswer.YES, _("Says yes")), (ConsentAnswer.NO, _("Says no"))]
LATER = "later"
NOT_TODAY = (LATER, _("Not asked today"))
A_YEAR = dt.timedelta(days=364)


class AskingForm(FamilyForm):
    """A form that asks for one of those who may answer for the child."""

    def who_may_answer(self, *, own: bool) -> Iterator[tuple[Person, str]]:
        """Yield the guardians who are not suspended, and the child where its word is its own."""
        relations = {one.pk: words for one, words in self.kin()}
        for held in guardians_who_may_know(self.child, on=self.on):
            guardian = held.guardian
            yield guardian, relations.get(guardian.pk, guardian.called)
        if own:
            person = self.child.person
            yield person, str(_("%(name)s, the child")) % {"name": person.called}


class TalkForm(AskingForm):
    """What a guardian or the child answered in one talk, after each text was read out."""

    giver = OneOf(
        label=_("Who answers"),
        help_text=_("Under 14 a guardian; from 14 on guardian and child, each by itself."),
        widget=forms.RadioSelect,
    )
    child_words = forms.CharField(
        label=_("What the child says to it"),
        help_text=_("Ask in the child's words, at any age. A small child shows it: write what."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
    )
    child_view = forms.ChoiceField(
        label=_("How the child stands to it"),
        choices=ChildView,
        initial=ChildView.WILLING,
        widget=forms.RadioSelect,
    )
    limits = forms.CharField(
        label=_("Limits, in their words"),
        help_text=_("As “no face”, or “only the class teacher”."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=400,
        required=False,
    )
    way = forms.ChoiceField(
        label=_("How you asked"),
        choices=ConsentWay,
        initial=ConsentWay.FACE,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("In which language"),
        choices=ConsentLanguage,
        initial=ConsentLanguage.MANDARIN,
        widget=forms.RadioSelect,
    )
    given_on = PastDayField(label=_("On which day"))
    expires_on = DayField(
        label=_("The yes holds until"),
        help_text=_("A month before, you are reminded to ask again."),
        required=False,
    )
    evidence = forms.CharField(
        label=_("Paper, and where it is kept"), max_length=160, required=False
    )

    def __init__(self, *args: Any, purposes: Iterable[ConsentKind] = PURPOSES, **said: Any) -> None:
        self.purposes = tuple(purposes)
        super().__init__(*args, **said)

    def known(self) -> dict[str, Any]:
        """Return what the form begins with."""
        return {"given_on": self.on, "expires_on": self.on + A_YEAR}

    def prepare(self) -> None:
        """Offer who may answer, and a question for each purpose."""
        birth = Birth.known(self.child.person.born_on, self.child.person.precision)
        is_small = birth is not None and birth.is_under(CONSENT, self.on) is True
        offer(self, "giver", self.who_may_answer(own=not is_small))
        if birth is not None and birth.is_under(MINORITY, self.on) is False:
            offer(self, "giver", [(self.child.person, self.child.person.called)])
        whole = len(self.purposes) > 1
        for purpose in self.purposes:
            self.fields[purpose] = forms.ChoiceField(
                label=purpose.label,
                help_text=READ_OUT[purpose],
                choices=[*YES_OR_NO, NOT_TODAY] if whole else YES_OR_NO,
                initial=LATER if whole else None,
                widget=forms.RadioSelect,
            )
        self.order_fields(["giver", *self.purposes])

    def said(self) -> dict[str, Any]:
        """Return what the operation is called with."""
        said = super().said()
        given = {purpose: said.pop(purpose) for purpose in self.purposes}
        answers = {one: ConsentAnswer(answer) for one, answer in given.items() if answer != LATER}
        return said | {"answers": answers}


class DutyForm(FamilyForm):
    """Which duty of the law it is, what it covers and how long."""

    basis = forms.ChoiceField(label=_("Which duty"), choices=LegalBasis, widget=forms.RadioSelect)
    purposes = forms.MultipleChoiceField(
        label=_("What it covers"),
        help_text=_("No law obliges anybody to publish or to study a child."),
        choices=[(one, one.label) for one in PURPOSES if one not in BEYOND_LAW],
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("What it rests on"), widget=forms.Textarea(attrs={"rows": 3}), max_length=400
    )
    evidence = forms.CharField(
        label=_("Paper, and where it is kept"), max_length=160, required=False
    )
    given_on = PastDayField(label=_("Since when"))
    expires_on = DayField(label=_("Until, if that is known"), required=False)

    def known(self) -> dict[str, Any]:
        """Return what the form begins with."""
        return {"given_on": self.on}

    def said(self) -> dict[str, Any]:
        """Return what the operation is called with."""
        said = super().said()
        return said | {"purposes": [ConsentKind(one) for one in said["purposes"]]}


class WithdrawForm(AskingForm):
    """Who took a consent back, on which day and how."""

    person = OneOf(label=_("Who takes it back"), widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=_("How you were told"),
        choices=ConsentWay,
        initial=ConsentWay.FACE,
        widget=forms.RadioSelect,
    )
    withdrawn_on = PastDayField(label=_("On which day"))

    def __init__(self, *args: Any, consent: Consent, **said: Any) -> None:
        self.consent = consent
        super().__init__(*args, **said)

    def known(self) -> dict[str, Any]:
        """Return what the form begins with."""
        return {"withdrawn_on": self.on, "person": str(self.consent.giver_id)}

    def prepare(self) -> None:
        """Offer the guardians who may decide, and the child at any age."""
        offer(self, "person", self.who_may_answer(own=True))


class SuspendForm(AskingForm):
    """Whose rights are suspended, why, and who of the colleagues is tied to that guardian."""

    guardian = OneOf(label=_("Which guardian"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=_("Why"), choices=SuspensionGround, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("What it rests on"),
        help_text=_("Suspected is enough. Your name stands beside it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
    )
    tied = SomeOf(
        label=_("Colleagues who are kin or close to this guardian"),
        help_text=_("They see nothing of this family from now on, and are not told why."),
        required=False,
    )

    def known(self) -> dict[str, Any]:
        """Return what the form begins with: nothing is chosen beforehand."""
        return {}

    def prepare(self) -> None:
        """Offer the guardians whose rights stand, and the colleagues who find children."""
        offer(self, "guardian", self.who_may_answer(own=False))
        people = who_may_be_tied(self.by, on=self.on)
        offer(self, "tied", [(one, one.called) for one in people])


class GiveBackForm(FamilyForm):
    """Why a guardian may know and decide again."""

    reason = forms.CharField(
        label=_("What it rests on"), widget=forms.Textarea(attrs={"rows": 3}), max_length=600
    )

    def known(self) -> dict[str, Any]:
        """Return what the form begins with."""
        return {}
