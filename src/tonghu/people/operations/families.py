"""Who belongs to a child: kin, guardians, the household."""

import datetime as dt

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.kernel.periods import in_force
from tonghu.people.belonging import require_family
from tonghu.people.constants import GuardianshipBasis, ParentStatus, Relation
from tonghu.people.kin_closing import follow_new_ties
from tonghu.people.models import (
    Child,
    Guardianship,
    Household,
    HouseholdMember,
    Kinship,
    ParentStatusSpan,
    Person,
)
from tonghu.people.naming import named
from tonghu.people.policy import CHILDREN
from tonghu.people.search.index import index
from tonghu.people.timeline import begin


@operation("people.relative.added")
def add_relative(
    *, child: Child, name: str, relation: Relation, sex: str = "", by: Actor, at: dt.datetime
) -> Outcome[Kinship]:
    """Add somebody to a child's page who is not in the register yet.

    :raises Refused: unless ``by`` may write the file.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    person = Person(agency_id=child.agency_id, name=name.strip(), sex=sex)
    person.sort_key = named(person, person.name)
    person.save(force_insert=True)
    return changed(_tied(child, person, relation), about=child.pk)


@operation("people.relative.shared")
def share_relative(
    *,
    child: Child,
    of: Child,
    relative: Person,
    relation: Relation,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Kinship]:
    """Say that somebody on one child's page is kin to another child too, as for siblings.

    :raises Refused: unless ``by`` may write the one file and read the other.
    :raises NotOfThisFamily: when the person is not on the page of ``of``.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    CHILDREN.require(Action.READ, by, of, on=day(at))
    require_family(of, relative)
    rows = Kinship.objects.unscoped("the file's Rule was asked above")
    if same := rows.filter(child=child, relative=relative).first():
        return unchanged(same)
    kinship = _tied(child, relative, relation)
    follow_new_ties(child, by=by, at=at)
    return changed(kinship, about=child.pk)


@operation("people.guardianship.begun")
def begin_guardianship(
    *,
    child: Child,
    guardian: Person,
    basis: GuardianshipBasis,
    from_on: dt.date,
    since_known: bool = True,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Guardianship]:
    """Note that somebody on the child's page is its guardian, and on what it rests.

    :raises Refused: unless ``by`` may write the file.
    :raises NotOfThisFamily: when the guardian is not on the child's page.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    require_family(child, guardian)
    rows = Guardianship.objects.unscoped("the file's Rule was asked above")
    span = Guardianship(
        agency_id=child.agency_id,
        child=child,
        guardian=guardian,
        basis=basis,
        from_on=from_on,
        since_known=since_known,
    )
    held, changes = begin(rows.filter(child=child, guardian=guardian), span)
    return changed(held, changes, about=child.pk) if changes else unchanged(held)


@operation("people.parent_status.noted")
def note_parent_status(
    *,
    child: Child,
    parent: Person,
    status: ParentStatus,
    from_on: dt.date,
    since_known: bool = True,
    by: Actor,
    at: dt.datetime,
) -> Outcome[ParentStatusSpan]:
    """Note how a parent is from a day on: at work elsewhere, ill, in custody.

    :raises Refused: unless ``by`` may write the file.
    :raises NotOfThisFamily: when the parent is not on the child's page.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    require_family(child, parent)
    rows = ParentStatusSpan.objects.unscoped("the file's Rule was asked above")
    span = ParentStatusSpan(
        agency_id=child.agency_id,
        parent=parent,
        status=status,
        from_on=from_on,
        since_known=since_known,
    )
    held, changes = begin(rows.filter(parent=parent), span)
    return changed(held, changes, about=child.pk) if changes else unchanged(held)


@operation("people.household.begun")
def begin_household(
    *,
    child: Child,
    members: list[Person],
    from_on: dt.date,
    best_time: str = "",
    since_known: bool = True,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Household]:
    """Say who lives together with a child; a child may belong to two households.

    :raises Refused: unless ``by`` may write the file.
    :raises NotOfThisFamily: when a member is not on the child's page.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    household = Household(agency_id=child.agency_id, best_time=best_time)
    household.save(force_insert=True)
    for person in (child.person, *members):
        require_family(child, person)
        _live_in(household, person, from_on, since_known=since_known)
    return changed(household, about=child.pk)


@operation("people.household.joined")
def join_household(
    *,
    child: Child,
    household: Household,
    person: Person,
    from_on: dt.date,
    since_known: bool = True,
    by: Actor,
    at: dt.datetime,
) -> Outcome[HouseholdMember]:
    """Let somebody on the child's page live in a household from a day on.

    :raises Refused: unless ``by`` may write the file.
    :raises NotOfThisFamily: when the person is not on the child's page.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    require_family(child, person)
    rows = HouseholdMember.objects.unscoped("the file's Rule was asked above")
    if held := rows.filter(in_force(from_on), household=household, person=person).first():
        return unchanged(held)
    return changed(_live_in(household, person, from_on, since_known=since_known), about=child.pk)


@operation("people.household.left")
def leave_household(
    *, child: Child, member: HouseholdMember, until_on: dt.date, by: Actor, at: dt.datetime
) -> Outcome[HouseholdMember]:
    """Say on which day somebody last lived in a household.

    :raises Refused: unless ``by`` may write the file.
    :raises NotOfThisFamily: when the person is not on the child's page.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    require_family(child, member.person)
    changes = assign(member, until_on=max(until_on, member.from_on))
    return changed(member, changes, about=child.pk) if changes else unchanged(member)


def _tied(child: Child, person: Person, relation: Relation) -> Kinship:
    kinship = Kinship(agency_id=child.agency_id, child=child, relative=person, relation=relation)
    kinship.save(force_insert=True)
    index(child)
    return kinship


def _live_in(
    household: Household, person: Person, from_on: dt.date, *, since_known: bool
) -> HouseholdMember:
    member = HouseholdMember(
        agency_id=household.agency_id,
        household=household,
        person=person,
        from_on=from_on,
        since_known=since_known,
    )
    member.save(force_insert=True)
    return member
