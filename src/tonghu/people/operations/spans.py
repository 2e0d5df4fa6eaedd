"""How a child lives from a day on: place and address, care, school, registration, category."""

import datetime as dt
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.people.belonging import require_family
from tonghu.people.constants import (
    CareArrangement,
    Category,
    Fitness,
    HiddenKind,
    HukouKind,
    Reach,
    SchoolState,
)
from tonghu.people.entrusting import BARRED
from tonghu.people.hiding import Act, blank, hides, keep
from tonghu.people.models import (
    CareSpan,
    CategorySpan,
    Child,
    HukouSpan,
    Person,
    Place,
    ResidenceSpan,
    SchoolSpan,
)
from tonghu.people.models.families import Span
from tonghu.people.policy import CHILDREN, CONTACT_DATA
from tonghu.people.timeline import begin

S = TypeVar("S", bound=Span)
NOTED_LATER = (
    *BARRED,
    "is_able",
    "fitness_checked_on",
    "fitness_checked_by",
    "fitness_asked",
    "confirmed_on",
    "child_heard",
    "contact_by",
    "contact_asked_on",
)


class ReasonMissing(Refused):
    """A category is confirmed with the reason in words."""


@operation("people.residence.begun")
def move(
    *,
    child: Child,
    place: Place | None,
    address: str,
    from_on: dt.date,
    since_known: bool = True,
    by: Actor,
    at: dt.datetime,
) -> Outcome[ResidenceSpan]:
    """Say where a child lives from a day on; where it lived before stays in its history.

    While an address or place of the child is hidden, the new one begins hidden (R67).

    :raises Refused: unless ``by`` may write the file's contact data.
    """
    CONTACT_DATA.require(Action.WRITE, by, child, on=day(at))
    said: dict[HiddenKind, dict[str, Any]] = {
        HiddenKind.RESIDENCE: {"address": address.strip()},
        HiddenKind.PLACE: {"place_id": place.pk if place else None},
    }
    return _begun_in_hiding(
        child, ResidenceSpan(person_id=child.pk), said, from_on, Act(by, at, ""), since_known
    )


@operation("people.care.begun")
def arrange_care(
    *,
    child: Child,
    arrangement: CareArrangement,
    carer: Person | None = None,
    is_entrusted: bool = False,
    fitness: Fitness = Fitness.UNCHECKED,
    school_told_on: dt.date | None = None,
    committee_told_on: dt.date | None = None,
    weekly_contact: bool | None = None,
    from_on: dt.date,
    since_known: bool = True,
    by: Actor,
    at: dt.datetime,
) -> Outcome[CareSpan]:
    """Say who cares for a child from a day on; with entrusted care, what the law asks of it.

    :raises Refused: unless ``by`` may write the file.
    :raises NotOfThisFamily: when the carer is not on the child's page.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    if carer is not None:
        require_family(child, carer)
    span = CareSpan(
        child=child,
        arrangement=arrangement,
        carer=carer,
        is_entrusted=is_entrusted,
        fitness=fitness,
        school_told_on=school_told_on,
        committee_told_on=committee_told_on,
        weekly_contact=weekly_contact,
    )
    _carry_on(span, from_on)
    return _begun(child, span, {"child": child}, from_on, since_known=since_known)


@operation("people.school.begun")
def enrol(
    *,
    child: Child,
    state: SchoolState,
    school: str = "",
    grade: str = "",
    class_name: str = "",
    from_on: dt.date,
    since_known: bool = True,
    by: Actor,
    at: dt.datetime,
) -> Outcome[SchoolSpan]:
    """Say how a child stands with school from a day on.

    While a school of the child is hidden, the new one begins hidden (R67).

    :raises Refused: unless ``by`` may write the file.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    said = {HiddenKind.SCHOOL: {"school": school, "grade": grade, "class_name": class_name}}
    span = SchoolSpan(child=child, state=state)
    return _begun_in_hiding(child, span, said, from_on, Act(by, at, ""), since_known)


@operation("people.hukou.begun")
def note_hukou(
    *,
    child: Child,
    region: str,
    kind: HukouKind | str = "",
    region_code: str = "",
    reach: Reach | str = "",
    from_on: dt.date,
    since_known: bool = True,
    by: Actor,
    at: dt.datetime,
) -> Outcome[HukouSpan]:
    """Say where a child's household is registered from a day on.

    ``reach`` says how far away that is, where the codes of both regions are not known.

    :raises Refused: unless ``by`` may write the file.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    span = HukouSpan(
        person_id=child.pk, region=region, kind=kind, region_code=region_code, reach=reach
    )
    return _begun(child, span, {"person_id": child.pk}, from_on, since_known=since_known)


@operation("people.category.confirmed")
def confirm_category(
    *,
    child: Child,
    category: Category,
    from_on: dt.date,
    since_known: bool = True,
    rule: str = "",
    evidence: str = "",
    reason: str,
    by: Actor,
    at: dt.datetime,
) -> Outcome[CategorySpan]:
    """Confirm what a child is entitled by: rules suggest, a person decides with a reason.

    :raises Refused: unless ``by`` may write the file.
    :raises ReasonMissing: without a reason.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    if not reason.strip():
        raise ReasonMissing(_("Write in a sentence what this rests on."))
    rows = CategorySpan.objects.unscoped("the file's Rule was asked above")
    if held := rows.filter(child=child, category=category, until_on__isnull=True).first():
        return unchanged(held)
    span = CategorySpan(
        agency_id=child.agency_id,
        child=child,
        category=category,
        from_on=from_on,
        since_known=since_known,
        rule=rule,
        evidence=evidence,
        confirmed_by=by.account,
        confirmed_at=at,
        reason=reason.strip(),
    )
    span.save(force_insert=True)
    return changed(span, {"category": (None, category)}, reason=reason, about=child.pk)


@operation("people.category.ended")
def end_category(
    *, span: CategorySpan, until_on: dt.date, reason: str, by: Actor, at: dt.datetime
) -> Outcome[CategorySpan]:
    """Say until which day a category held.

    :raises Refused: unless ``by`` may write the file.
    """
    CHILDREN.require(Action.WRITE, by, span.child, on=day(at))
    changes = assign(span, until_on=max(until_on, span.from_on))
    if not changes:
        return unchanged(span)
    return changed(span, changes, reason=reason, about=span.child_id)


def _begun_in_hiding(
    child: Child,
    span: S,
    said: dict[HiddenKind, dict[str, Any]],
    from_on: dt.date,
    act: Act,
    since_known: bool,  # noqa: FBT001 -- as it came
) -> Outcome[S]:
    """Let a span begin without what is hidden of the child, and keep that where it is kept."""
    hidden = {kind: values for kind, values in said.items() if hides(child, kind)}
    for kind, values in said.items():
        for name, value in (blank(kind) if kind in hidden else values).items():
            setattr(span, name, value)
    of = {"child": child} if isinstance(span, SchoolSpan) else {"person_id": child.pk}
    outcome = _begun(child, span, of, from_on, since_known=since_known)
    for kind, values in hidden.items():
        keep(child, kind, outcome.thing, values, act)
    return changed(outcome.thing, outcome.changes, about=child.pk) if hidden else outcome


def _carry_on(span: CareSpan, from_on: dt.date) -> None:
    """Keep what was noted of an entrusted care when its first day is sent again, corrected."""
    rows = CareSpan.objects.unscoped("the file's Rule was asked by the operation")
    same = rows.filter(child=span.child, from_on=from_on, carer=span.carer).first()
    for name in NOTED_LATER if same else ():
        setattr(span, name, getattr(same, name))


def _begun(
    child: Child, span: S, of: dict[str, Any], from_on: dt.date, *, since_known: bool
) -> Outcome[S]:
    span.agency_id, span.from_on, span.since_known = child.agency_id, from_on, since_known
    rows: Any = type(span).objects.unscoped("the file's Rule was asked by the operation")
    held, changes = begin(rows.filter(**of), span)
    return changed(held, changes, about=child.pk) if changes else unchanged(held)
