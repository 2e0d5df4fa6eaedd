"""Who may do what with a child's file: identity (R21) and contact data (R22).

Every class of data about a child is a sheet over the child's file, so that a list, a count and
one page ask the same filter. Relatives have no file: they are read through the child's.
"""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.constants import DutyKind
from tonghu.access.models import Duty
from tonghu.access.policy import agency_staff, by_duty, duties, head, in_role, the_program
from tonghu.access.roles import ChildDirector, SocialWorker, Supervisor
from tonghu.access.sheets import Action, Sheet
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.kernel.rules import NOTHING, Rule
from tonghu.people.models import Child, ResidenceSpan

FILE = "people.child"
PLACE = "people.place"
WORKER = "access.account"
HOLDING = (DutyKind.ASSIGNMENT, DutyKind.COVER)


def residents(places: "QuerySet", on: dt.date) -> "QuerySet":
    """Return the persons who live in one of the places on the day."""
    rows = ResidenceSpan.objects.unscoped("part of every Rule")
    return rows.filter(in_force(on), place__in=places).values("person_id")


def held_by(accounts: "QuerySet", on: dt.date) -> "QuerySet":
    """Return the files that one of these persons holds on the day."""
    return (
        Duty.objects.unscoped("part of every Rule")
        .filter(in_force(on), kind__in=HOLDING, target_kind=FILE, account__in=accounts)
        .values("target_id")
    )


def held_by_anybody(by: Actor, on: dt.date) -> "QuerySet":
    """Return the files of the agency that somebody holds on the day."""
    return (
        Duty.objects.unscoped("part of every Rule")
        .filter(in_force(on), kind=DutyKind.ASSIGNMENT, target_kind=FILE, agency_id=by.agency_id)
        .values("target_id")
    )


@upholds("R9", says=_("supervision of who holds the file opens it"))
def _supervised(by: Actor, on: dt.date) -> Q:
    if by.role_key != Supervisor.key:
        return NOTHING
    return Q(pk__in=held_by(duties(by, on, [DutyKind.SUPERVISION], WORKER), on))


@upholds("R8", "R41", "R44", says=_("the team is who works in the child's place on the day"))
def _in_own_place(by: Actor, on: dt.date) -> Q:
    if by.role_key not in (SocialWorker.key, Supervisor.key):
        return NOTHING
    return Q(pk__in=residents(duties(by, on, [DutyKind.TEAM], PLACE), on))


@upholds("R46", says=_("a file nobody holds is the team's own"))
def _in_own_place_and_nobodys(by: Actor, on: dt.date) -> Q:
    mine = _in_own_place(by, on)
    return mine if mine == NOTHING else mine & ~Q(pk__in=held_by_anybody(by, on))


@upholds("R13", says=_("a director finds who lives in her village on the day"))
def _in_own_village(by: Actor, on: dt.date) -> Q:
    if by.role_key != ChildDirector.key or by.membership is None:
        return NOTHING
    return Q(pk__in=residents([by.membership.scope_id], on))  # type: ignore[arg-type]


own = by_duty(*HOLDING, target_kind=FILE)
supervised = Rule(_("the supervisor of who holds the file"), _supervised)
nobodys = Rule(_("the team of the place, while nobody holds the file"), _in_own_place_and_nobodys)
team = Rule(_("the team of the place"), _in_own_place)
village = Rule(_("the child director of the village"), _in_own_village)
at_work = own | supervised | nobodys

CHILDREN = Sheet(
    number="R21",
    name=_("Children: identity, household, school, categories"),
    target_kind=FILE,
    find=at_work | team | village | head | the_program,
    read=at_work | the_program,
    read_with_reason=team | head,
    write=at_work | the_program,
    approve=supervised | head,
    export_with_reason=own | supervised | head,
    breakable=True,
)
CONTACT_DATA = Sheet(
    number="R22",
    name=_("Children: telephone and ordinary address"),
    target_kind=FILE,
    find=at_work | the_program,
    read=at_work | the_program,
    read_with_reason=team | head,
    write=at_work | the_program,
    approve=supervised,
    export_with_reason=own | supervised,
    breakable=True,
)


def _of_both(action: Action) -> Rule:
    """Return the rule of those who may do this with both files of a pair."""

    def where(by: Actor, on: dt.date) -> Q:
        if not CHILDREN.is_offered(action, by, on=on):
            return NOTHING
        files = CHILDREN.rows(action, Child.objects.all(), by, on=on).values("pk")
        return Q(one__in=files, other__in=files)

    return Rule(CHILDREN.rules(action)[0].says, where)


DOUBLES = Sheet(
    number="R77",
    name=_("Two files that may be one child's"),
    target_kind=FILE,
    target="one",
    find=_of_both(Action.FIND),
    read=_of_both(Action.FIND),
    write=_of_both(Action.WRITE) | _of_both(Action.APPROVE),
)


def _works_in(by: Actor, on: dt.date) -> Q:
    return Q(pk__in=duties(by, on, [DutyKind.TEAM], PLACE))


works_in = Rule(_("the team of the place"), _works_in)
registers = in_role(SocialWorker, Supervisor)
takes_it = Rule(
    _("a worker of the place, for herself, while nobody holds the file"),
    _in_own_place_and_nobodys,
)
supervises_here = Rule(
    _("the supervisor of the place"),
    lambda by, on: _in_own_place(by, on) if by.role_key == Supervisor.key else NOTHING,
)

PLACES = Sheet(
    number="R37",
    name=_("Villages and communities"),
    target_kind=PLACE,
    find=agency_staff,
    read=agency_staff,
    write=works_in | the_program,
)


def _lists_of_own_places(by: Actor, on: dt.date) -> Q:
    if by.role_key not in (SocialWorker.key, Supervisor.key):
        return NOTHING
    return Q(place__in=duties(by, on, [DutyKind.TEAM], PLACE))


lists_of_own_places = Rule(_("the team of the place"), _lists_of_own_places)

ROSTERS = Sheet(
    number="R21",
    name=_("Rosters: the lists that committees and schools keep"),
    target_kind=PLACE,
    target="place_id",
    find=lists_of_own_places | the_program,
    read=lists_of_own_places | the_program,
    write=lists_of_own_places | the_program,
    export_with_reason=lists_of_own_places,
)
ASSIGNMENTS = Sheet(
    number="R8",
    name=_("Who holds a child's file"),
    target_kind=FILE,
    find=at_work | team | head,
    read=at_work | team | head,
    write=supervised | supervises_here | takes_it | head | the_program,
)
