"""One thing that stands on a child's file, found under the file's Rule to be changed."""

import datetime as dt
from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.errors import Hidden
from tonghu.kernel.periods import in_force
from tonghu.people.models import (
    BenefitCheck,
    CareSpan,
    CategorySpan,
    Child,
    Consent,
    DeclinedSuggestion,
    GuardianSuspension,
    Household,
    HouseholdMember,
    IdentityNumber,
)
from tonghu.people.policy import CHILDREN, CONSENTS, SUSPENSIONS, shut_from

T = TypeVar("T")


def span_of_category(child: Child, pk: UUID, by: Actor, *, on: dt.date) -> CategorySpan:
    """Return a category on a child's file, to be ended by who may write it.

    :raises Hidden: when the file has none such for her.
    :raises Forbidden: when she may find the child, but not write the file.
    """
    CHILDREN.require(Action.WRITE, by, child, on=on)
    rows = CategorySpan.objects.unscoped("the file's Rule was asked above")
    return _there(rows.filter(pk=pk, child=child).first())


def care_of_child(child: Child, pk: UUID, by: Actor, *, on: dt.date) -> CareSpan:
    """Return a stretch of care on a child's file, to be added to by who may write it.

    :raises Hidden: when the file has none such for her.
    :raises Forbidden: when she may find the child, but not write the file.
    """
    CHILDREN.require(Action.WRITE, by, child, on=on)
    rows = CareSpan.objects.unscoped("the file's Rule was asked above")
    return _there(rows.filter(pk=pk, child=child).select_related("child", "carer").first())


def check_of_benefit(child: Child, pk: UUID, by: Actor, *, on: dt.date) -> BenefitCheck:
    """Return a check of a benefit on a child's file, to be asked about again.

    :raises Hidden: when the file has none such for her.
    :raises Forbidden: when she may find the child, but not write the file.
    """
    CHILDREN.require(Action.WRITE, by, child, on=on)
    rows = BenefitCheck.objects.unscoped("the file's Rule was asked above")
    return _there(rows.filter(pk=pk, child=child).first())


def declined_suggestion(child: Child, pk: UUID, by: Actor, *, on: dt.date) -> DeclinedSuggestion:
    """Return a suggestion that was left aside on a child's file, to be taken up again.

    :raises Hidden: when the file has none such for her.
    :raises Forbidden: when she may find the child, but not write the file.
    """
    CHILDREN.require(Action.WRITE, by, child, on=on)
    rows = DeclinedSuggestion.objects.unscoped("the file's Rule was asked above")
    return _there(rows.filter(pk=pk, child=child).select_related("child").first())


def household_of(child: Child, pk: UUID, by: Actor, *, on: dt.date) -> Household:
    """Return a household in which a child lives, to be changed by who may write the file.

    :raises Hidden: when the child lives in none such.
    :raises Forbidden: when she may find the child, but not write the file.
    """
    CHILDREN.require(Action.WRITE, by, child, on=on)
    rows = HouseholdMember.objects.unscoped("the file's Rule was asked above")
    own = rows.filter(in_force(on), household_id=pk, person_id=child.pk)
    return _there(own.select_related("household").first()).household


def stays_in(child: Child, pk: UUID, by: Actor, *, on: dt.date) -> list[HouseholdMember]:
    """Return who lives or lived in a household of a child, the newest first.

    :raises Hidden: when the child never lived in it.
    :raises Refused: unless she may read the file.
    """
    CHILDREN.require(Action.READ, by, child, on=on)
    rows = HouseholdMember.objects.unscoped("the file's Rule was asked above")
    rows = rows.filter(household_id=pk).exclude(person__in=shut_from(by))
    rows = rows.select_related("person", "household")
    stays = list(rows.order_by("-from_on", "id"))
    _there(next((one for one in stays if one.person_id == child.pk), None))
    return stays


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


def consent_of(child: Child, pk: UUID, by: Actor, *, on: dt.date) -> Consent:
    """Return one answer on a child's file, to be taken back or ended.

    :raises Hidden: when the file has none such for her.
    :raises Forbidden: when she may find the child, but not write the file.
    """
    CONSENTS.require(Action.WRITE, by, child, on=on)
    rows = Consent.objects.unscoped("the file's Rule was asked above").filter(child=child)
    return _there(rows.filter(pk=pk).select_related("giver", "child__person").first())


def suspension_of(child: Child, pk: UUID, by: Actor, *, on: dt.date) -> GuardianSuspension:
    """Return a guardian's suspension on a child's file, to be ended through two persons.

    :raises Hidden: when the file has none such for her.
    :raises Forbidden: when she may find the child, but does not answer for the file.
    """
    SUSPENSIONS.require(Action.WRITE, by, child, on=on)
    rows = GuardianSuspension.objects.unscoped("the file's Rule was asked above")
    found = rows.filter(pk=pk, child=child).select_related("guardian", "child__person").first()
    return _there(found)


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
