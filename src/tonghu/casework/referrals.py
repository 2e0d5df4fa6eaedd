"""Questions about referrals: what may leave, what left, where each stands, what is owed."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.due import Due, offers_due
from tonghu.casework.models import Case, Referral, ReferralStep
from tonghu.casework.onward import WAITING, Datum
from tonghu.casework.policy import PLANS
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.look.addresses import address
from tonghu.people import words
from tonghu.people.constants import HiddenKind
from tonghu.people.contact import phones_of
from tonghu.people.guardians import guardians_who_may_know
from tonghu.people.hiding import hides
from tonghu.people.models import ResidenceSpan, SchoolSpan

NEVER_WHERE_HIDDEN = {
    Datum.PHONE: (HiddenKind.PHONE,),
    Datum.ADDRESS: (HiddenKind.RESIDENCE, HiddenKind.PLACE),
    Datum.SCHOOL: (HiddenKind.SCHOOL,),
}
"""What cannot be ticked while one of these is hidden of the child."""


def referral_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> Referral:
    """Return one referral.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    :raises Forbidden: when she may find it, but not do this.
    """
    rows = Referral.objects.select_related("case__child__person")
    return PLANS.get(action, rows, by, pk, on=on)


def referrals_of(case: Case, by: Actor, *, on: dt.date) -> "QuerySet[Referral]":
    """Return the referrals of a case that the actor may read, the newest first."""
    rows = Referral.objects.filter(case=case)
    return PLANS.rows(Action.READ, rows, by, on=on).order_by("-recorded_at", "-pk")


def steps_of_referral(referral: Referral, by: Actor, *, on: dt.date) -> "QuerySet[ReferralStep]":
    """Return how a referral came to where it stands, the oldest first.

    :raises Refused: unless the actor may read it.
    """
    PLANS.require(Action.READ, by, referral, on=on)
    rows = ReferralStep.objects.unscoped("of a referral whose Rule was asked above")
    return rows.filter(referral=referral).select_related("by").order_by("at", "pk")


@upholds("R67", says=gettext_lazy("what is hidden of a child can be ticked on no referral"))
def may_leave(case: Case) -> list[Datum]:
    """Return what can be ticked for this child; the caller asked the case's Rule."""
    return [
        one
        for one in Datum
        if not any(hides(case.child, kind) for kind in NEVER_WHERE_HIDDEN.get(one, ()))
    ]


def drawn(case: Case, data: Sequence[str], by: Actor, *, on: dt.date) -> dict[str, str]:
    """Return what was ticked, in words, from the records of the day; nothing that is hidden."""
    allowed = {str(one) for one in may_leave(case)}
    return {
        str(one): DRAWN[one](case, by, on) for one in Datum if one in data and str(one) in allowed
    }


def _name(case: Case, by: Actor, on: dt.date) -> str:
    return case.child.person.called


def _age(case: Case, by: Actor, on: dt.date) -> str:
    return words.age(case.child.person.born_on, case.child.person.precision, on)


def _sex(case: Case, by: Actor, on: dt.date) -> str:
    return case.child.person.get_sex_display()


def _guardians(case: Case, by: Actor, on: dt.date) -> str:
    who = guardians_who_may_know(case.child, on=on)
    return words.together([one.guardian.called for one in who])


def _phone(case: Case, by: Actor, on: dt.date) -> str:
    """Return the telephones of the child and of guardians who may know; never a suspect's."""
    people = {one.guardian_id for one in guardians_who_may_know(case.child, on=on)}
    found = phones_of(case.child, people | {case.child_id}, by, on=on)
    return words.together([one.number for rows in found.values() for one in rows if one.number])


def _address(case: Case, by: Actor, on: dt.date) -> str:
    rows = ResidenceSpan.objects.unscoped("of a case whose Rule was asked")
    span = rows.filter(in_force(on), person_id=case.child_id).select_related("place").first()
    if span is None:
        return ""
    return f"{span.place.name if span.place else ''}{span.address}"


def _school(case: Case, by: Actor, on: dt.date) -> str:
    rows = SchoolSpan.objects.unscoped("of a case whose Rule was asked")
    span = rows.filter(in_force(on), child=case.child_id).first()
    return f"{span.school}{span.grade}{span.class_name}" if span else ""


def _risk(case: Case, by: Actor, on: dt.date) -> str:
    return str(case.get_risk_level_display()) if case.risk_level else ""


def _worry(case: Case, by: Actor, on: dt.date) -> str:
    return case.problem


DRAWN: dict[str, Callable[[Case, Actor, dt.date], str]] = {
    Datum.NAME: _name,
    Datum.AGE: _age,
    Datum.SEX: _sex,
    Datum.GUARDIANS: _guardians,
    Datum.PHONE: _phone,
    Datum.ADDRESS: _address,
    Datum.SCHOOL: _school,
    Datum.RISK: _risk,
    Datum.WORRY: _worry,
}


def paper_of(referral: Referral, by: Actor, *, on: dt.date) -> list[tuple[str | Promise, str]]:
    """Return what stands on the paper of a referral, label and value, and nothing else.

    Once it was sent that is what left then; before, what would leave today.

    :raises Refused: unless the actor may read it.
    """
    PLANS.require(Action.READ, by, referral, on=on)
    if referral.content:
        said = json.loads(referral.content)
    else:
        said = drawn(referral.case, referral.data.split(), by, on=on)
    return [(Datum(code).label, value) for code, value in said.items()]


@offers_due
def answers(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say which receivers owe a word on a referral: it ends when they have answered."""
    by_pk = {one.pk: one for one in cases}
    rows = Referral.objects.unscoped("of cases that were found under their Rule")
    for row in rows.filter(case__in=list(by_pk), state__in=WAITING).order_by("pk"):
        if row.feedback_due_on:
            yield Due(
                by_pk[row.case_id],
                _("Ask %(receiver)s what came of it") % {"receiver": row.receiver},
                _("A referral ends when the other side has answered."),
                row.feedback_due_on,
                _("Write the answer down"),
                address("referral-step", row.pk),
                "arrow-right",
            )
