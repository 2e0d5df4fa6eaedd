"""Questions about children and families; each asks its Rule."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.errors import Hidden
from tonghu.kernel.periods import in_force
from tonghu.people.models import (
    CareSpan,
    CategorySpan,
    Child,
    Guardianship,
    Household,
    HouseholdMember,
    HukouSpan,
    IdentityNumber,
    Kinship,
    ParentStatusSpan,
    PersonName,
    Place,
    ResidenceSpan,
    SchoolSpan,
)
from tonghu.people.policy import CHILDREN, PLACES

T = TypeVar("T")


@dataclass(frozen=True)
class ChildFilter:
    """What the list of children is narrowed to; each part is a chip that can be taken off."""

    place: UUID | None = None
    category: str = ""
    care: str = ""


def children_for(by: Actor, wanted: ChildFilter | None = None, *, on: dt.date) -> "QuerySet[Child]":
    """Return the children the actor may find on the day, without those merged into another.

    Category and care narrow only among the files open to her: of a colleague's child she knows
    the card, and a filter must not tell more than that. A hidden address is in no place.
    """
    rows = CHILDREN.rows(Action.FIND, Child.objects.filter(merged_into=None), by, on=on)
    rows = rows.select_related("person").order_by("person__sort_key")
    if wanted is None:
        return rows
    if wanted.place:
        here = _holding(ResidenceSpan, "person", on, place=wanted.place, is_hidden=False)
        rows = rows.filter(pk__in=here)
    if wanted.category or wanted.care:
        rows = rows.filter(CHILDREN.where(Action.READ, by, on))
    if wanted.category:
        rows = rows.filter(pk__in=_holding(CategorySpan, "child", on, category=wanted.category))
    if wanted.care:
        rows = rows.filter(pk__in=_holding(CareSpan, "child", on, arrangement=wanted.care))
    return rows


def child_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> Child:
    """Return one child's file, or what it was merged into.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    :raises Forbidden: when she may find it, but not do this.
    """
    rows = Child.objects.select_related("person")
    merged = Child.objects.unscoped("a merged number leads to the surviving file's Rules (R54)")
    surviving = merged.filter(pk=pk).values_list("merged_into_id", flat=True).first()
    return CHILDREN.get(action, rows, by, surviving or pk, on=on)


def places_for(by: Actor, *, on: dt.date, action: Action = Action.FIND) -> "QuerySet[Place]":
    """Return the places in which the agency works; to write, those of the actor's own teams."""
    return PLACES.rows(action, Place.objects.all(), by, on=on).order_by("name")


def span_of_category(child: Child, pk: UUID, by: Actor, *, on: dt.date) -> CategorySpan:
    """Return a category on a child's file, to be ended by who may write it.

    :raises Hidden: when the file has none such for her.
    :raises Forbidden: when she may find the child, but not write the file.
    """
    CHILDREN.require(Action.WRITE, by, child, on=on)
    rows = CategorySpan.objects.unscoped("the file's Rule was asked above")
    return _there(rows.filter(pk=pk, child=child).first())


def household_of(child: Child, pk: UUID, by: Actor, *, on: dt.date) -> Household:
    """Return a household in which a child lives, to be changed by who may write the file.

    :raises Hidden: when the child lives in none such.
    :raises Forbidden: when she may find the child, but not write the file.
    """
    CHILDREN.require(Action.WRITE, by, child, on=on)
    rows = HouseholdMember.objects.unscoped("the file's Rule was asked above")
    own = rows.filter(in_force(on), household_id=pk, person_id=child.pk)
    return _there(own.select_related("household").first()).household


def member_of(child: Child, pk: UUID, by: Actor, *, on: dt.date) -> HouseholdMember:
    """Return somebody's stay in a household of a child, to be ended.

    :raises Hidden: when there is none such.
    :raises Forbidden: when she may find the child, but not write the file.
    """
    CHILDREN.require(Action.WRITE, by, child, on=on)
    rows = HouseholdMember.objects.unscoped("the file's Rule was asked above")
    own = rows.filter(person_id=child.pk).values("household_id")
    there = rows.filter(pk=pk, household__in=own).select_related("person", "household")
    return _there(there.first())


def last_four_of(child: Child) -> str:
    """Return the last four signs of a child's number, or nothing; its page asked the Rule."""
    rows = IdentityNumber.objects.unscoped("part of a child's page, which asked its Rule")
    return rows.filter(person_id=child.pk).values_list("last_four", flat=True).first() or ""


def with_a_file(people: Collection[UUID], by: Actor, *, on: dt.date) -> set[UUID]:
    """Return who of these people has a file of her own that the actor may find."""
    rows = CHILDREN.rows(Action.FIND, Child.objects.filter(pk__in=people), by, on=on)
    return set(rows.values_list("pk", flat=True))


def _there(found: T | None) -> T:
    if found is None:
        raise Hidden
    return found


@dataclass(frozen=True)
class Family:
    """Who belongs to a child, as its page shows it; the page asked the file's Rule."""

    kin: list[Kinship]
    guardians: list[Guardianship]
    household: list[HouseholdMember]
    statuses: list[ParentStatusSpan]


def family_of(child: Child, *, on: dt.date) -> Family:
    """Return who is kin, guardian or of the household on the day."""
    kin = Kinship.objects.unscoped("part of a child's page, which asked its Rule")
    guardians = Guardianship.objects.unscoped("part of a child's page, which asked its Rule")
    members = HouseholdMember.objects.unscoped("part of a child's page, which asked its Rule")
    statuses = ParentStatusSpan.objects.unscoped("part of a child's page, which asked its Rule")
    own = members.filter(in_force(on), person_id=child.pk).values("household_id")
    related = kin.filter(child=child)
    return Family(
        kin=list(related.select_related("relative").order_by("id")),
        guardians=list(
            guardians.filter(in_force(on), child=child).select_related("guardian").order_by("id")
        ),
        household=list(
            members.filter(in_force(on), household__in=own)
            .exclude(person_id=child.pk)
            .select_related("person", "household")
            .order_by("household_id", "id")
        ),
        statuses=list(statuses.filter(in_force(on), parent__in=related.values("relative_id"))),
    )


@dataclass(frozen=True)
class Life:
    """A child's spans, the oldest first: the lanes of its page."""

    residences: list[ResidenceSpan]
    care: list[CareSpan]
    schooling: list[SchoolSpan]
    hukou: list[HukouSpan]
    categories: list[CategorySpan]
    names: list[PersonName]


def life_of(child: Child) -> Life:
    """Return all spans of a child; its page asked the file's Rule."""
    of_person, of_child = Q(person_id=child.pk), Q(child=child)
    residences = ResidenceSpan.objects.unscoped("part of a child's page, which asked its Rule")
    care = CareSpan.objects.unscoped("part of a child's page, which asked its Rule")
    names = PersonName.objects.unscoped("part of a child's page, which asked its Rule")
    return Life(
        residences=_in_time(residences.filter(of_person).select_related("place")),
        care=_in_time(care.filter(of_child).select_related("carer")),
        schooling=_in_time(_spans(SchoolSpan, of_child)),
        hukou=_in_time(_spans(HukouSpan, of_person)),
        categories=_in_time(_spans(CategorySpan, of_child).select_related("confirmed_by")),
        names=list(names.filter(of_person).order_by("id")),
    )


def _spans(model: type, of: Q) -> "QuerySet":
    rows: QuerySet = model.objects.unscoped(  # type: ignore[attr-defined]
        "part of a child's page, which asked its Rule"
    )
    return rows.filter(of)


def _in_time(rows: "QuerySet") -> list:
    return list(rows.order_by("from_on", "id"))


def _holding(model: type, owner: str, on: dt.date, **said: object) -> "QuerySet":
    """Return whose span of that kind holds on the day; the list itself asks its Rule."""
    rows: QuerySet = model.objects.unscoped(  # type: ignore[attr-defined]
        "narrows a list that asked its Rule"
    )
    return rows.filter(in_force(on), **said).values(f"{owner}_id")
