"""Who may do what with a child's file: identity (R21) and contact data (R22).

Every class of data about a child is a sheet over the child's file, so that a list, a count and
one page ask the same filter. Relatives have no file: they are read through the child's.
"""

import datetime as dt

from django.db.models import Expression, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.constants import DutyKind
from tonghu.access.models import Duty
from tonghu.access.openings import open_glass, shut_to
from tonghu.access.policy import (
    PROPOSED_ON_FILES,
    agency_staff,
    by_duty,
    duties,
    in_place_of_the_head,
    in_role,
    the_program,
)
from tonghu.access.policy import head as the_head
from tonghu.access.roles import AgencyHead, ChildDirector, SocialWorker, Supervisor
from tonghu.access.sheets import Action, Sheet
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.kernel.prepared import Chosen
from tonghu.kernel.rules import NOTHING, Rule
from tonghu.people.models import Child, HiddenField, PossibleDouble, ResidenceSpan

FILE = "people.child"
PLACE = "people.place"
WORKER = "access.account"
HOLDING = (DutyKind.ASSIGNMENT, DutyKind.COVER)


def residents(places: "QuerySet", on: dt.date | Expression) -> "QuerySet":
    """Return the persons who live in one of the places on the day."""
    return _living(Q(place__in=places), on)


def _living(where: Q, on: dt.date | Expression) -> "QuerySet":
    rows = ResidenceSpan.objects.unscoped("part of every Rule")
    return rows.filter(in_force(on), where).values("person_id")


@upholds("R55", "R56", says=_("a closed child is not named on the page of another either"))
def shut_from(by: Actor) -> Chosen:
    """Return the files closed to the actor: their children are named to her nowhere."""
    return shut_to(by, FILE)


@upholds("R67", says=_("a file with a hidden place stays its team's, who see no place"))
def kept_by(teams: "QuerySet") -> "QuerySet":
    """Return the files with a hidden place that stay the work of the teams of these places."""
    rows = HiddenField.objects.unscoped("part of every Rule")
    return rows.filter(team__in=teams).values("child_id")


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
    places = duties(by, on, [DutyKind.TEAM], PLACE)
    return Q(pk__in=residents(places, on)) | Q(pk__in=kept_by(places))


@upholds("R46", says=_("a file nobody holds is the team's own"))
def _in_own_place_and_nobodys(by: Actor, on: dt.date) -> Q:
    mine = _in_own_place(by, on)
    return mine if mine == NOTHING else mine & ~Q(pk__in=held_by_anybody(by, on))


@upholds("R13", says=_("a director finds who lives in her village on the day"))
def _in_own_village(by: Actor, on: dt.date) -> Q:
    if by.role_key != ChildDirector.key or by.membership is None:
        return NOTHING
    return Q(pk__in=_living(Q(place=by.membership.scope_id), on))


head = the_head | in_place_of_the_head(FILE)
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
    find=own | supervised | team | village | head | the_program,
    read=at_work | the_program,
    read_with_reason=team | head,
    write=at_work | the_program,
    approve=supervised | head,
    export_with_reason=own | supervised | head,
    breakable=True,
    by_seal=True,
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
    by_seal=True,
)
HIDDEN = Sheet(
    number="R23",
    name=_("Children: hidden address, telephone, place, school"),
    target_kind=FILE,
    read=own | supervised | head,
    write=at_work,
    approve=supervised | head,
    by_seal=True,
    law=("R67", "R68", "R89"),
)


@upholds("R66", "R68", says=_("an open emergency, of a supervisor or the head alone"))
def _in_own_emergency(by: Actor, on: dt.date) -> Q:
    if by.role_key not in (Supervisor.key, AgencyHead.key):
        return NOTHING
    return Q(pk__in=open_glass(by, FILE))


HIDDEN_IN_EMERGENCY = Sheet(
    number="R68",
    name=_("Children: what is hidden, in an emergency"),
    target_kind=FILE,
    read=Rule(
        _("a supervisor or head who opened the file in an emergency, with a second person"),
        _in_own_emergency,
    ),
)


def _shows_again(by: Actor, on: dt.date) -> Q:
    if not HIDDEN.is_offered(Action.APPROVE, by, on=on):
        return NOTHING
    files = HIDDEN.rows(Action.APPROVE, Child.objects.all(), by, on=on)
    return Q(subject_id__in=files.values("pk"))


shows_again = Rule((supervised | head).says, _shows_again, ("R67", "R83", "R84"))


@upholds("R31", says=_("where nobody holds the file, a supervisor of the place lets papers on"))
def _supervises_what_nobody_holds(by: Actor, on: dt.date) -> Q:
    return _in_own_place_and_nobodys(by, on) if by.role_key == Supervisor.key else NOTHING


def adds_for_the_village(by: Actor) -> bool:
    """Tell whether somebody knows of a child's papers only those she added: the director (R31)."""
    return by.role_key == ChildDirector.key


PAPERS = Sheet(
    number="R31",
    name=_("Children: photos, scans, papers, recordings"),
    target_kind=FILE,
    find=at_work | team | village | head | the_program,
    read=at_work | village | the_program,
    read_with_reason=team | head,
    write=at_work | village | the_program,
    approve=supervised | Rule(_("the supervisor of the place"), _supervises_what_nobody_holds),
    export=own | supervised,
    breakable=True,
)


def _seals_with_the_head(by: Actor, on: dt.date) -> Q:
    if not CHILDREN.is_offered(Action.APPROVE, by, on=on):
        return NOTHING
    files = CHILDREN.rows(Action.APPROVE, Child.objects.all(), by, on=on)
    return Q(subject_id__in=files.values("pk"))


seals_with_the_head = Rule((supervised | head).says, _seals_with_the_head, ("R57", "R83"))


def _of_files(action: Action, *columns: str) -> Rule:
    """Return the rule of those who may do this with every file that these columns name."""

    def where(by: Actor, on: dt.date) -> Q:
        if not CHILDREN.is_offered(action, by, on=on):
            return NOTHING
        files = CHILDREN.rows(action, Child.objects.all(), by, on=on).values("pk")
        return Q(**{f"{column}__in": files for column in columns})

    return Rule(CHILDREN.rules(action)[0].says, where)


DOUBLES = Sheet(
    number="R77",
    name=_("Two files that may be one child's"),
    target_kind=FILE,
    target="one",
    find=_of_files(Action.FIND, "one", "other"),
    read=_of_files(Action.FIND, "one", "other"),
    write=_of_files(Action.WRITE, "one", "other") | _of_files(Action.APPROVE, "one", "other"),
)


MERGES = Sheet(
    number="R54",
    name=_("Files that were brought together"),
    target_kind=FILE,
    target="survivor",
    find=_of_files(Action.FIND, "survivor"),
    read=_of_files(Action.READ, "survivor"),
    write=_of_files(Action.WRITE, "survivor") | _of_files(Action.APPROVE, "survivor"),
)


def _pairs_of(files: QuerySet) -> Q:
    pairs = PossibleDouble.objects.unscoped("part of every Rule")
    shut = pairs.filter(Q(one__in=files) | Q(other__in=files))
    return Q(subject_id__in=shut.values("pk"))


PROPOSED_ON_FILES.register("people.possibledouble", _pairs_of)


@upholds("R84", says=_("who confirms a merge answers for one of the two files"))
def _of_one_at_least(by: Actor, on: dt.date) -> Q:
    """Return the acts about a pair of which one file is hers to answer for, neither closed."""
    if by.role_key not in (Supervisor.key, AgencyHead.key):
        return NOTHING
    hers = CHILDREN.where(Action.WRITE, by, on) | CHILDREN.where(Action.APPROVE, by, on)
    files = Rule(CHILDREN.name, lambda b, d: hers).rows(Child.objects.all(), by, on=on).values("pk")
    shut = shut_from(by)
    pairs = PossibleDouble.objects.unscoped("part of every Rule")
    pairs = pairs.filter(Q(one__in=files) | Q(other__in=files), agency_id=by.agency_id)
    pairs = pairs.exclude(one__in=shut).exclude(other__in=shut)
    return Q(subject_id__in=pairs.values("pk"))


confirms_a_merge = Rule(
    _("a supervisor of one of the two files, or the agency head"), _of_one_at_least
)


def _works_in(by: Actor, on: dt.date) -> Q:
    return Q(pk__in=duties(by, on, [DutyKind.TEAM], PLACE))


works_in = Rule(_("the team of the place"), _works_in)
registers = in_role(SocialWorker, Supervisor)
decides_doubles = in_role(SocialWorker, Supervisor, AgencyHead)
takes_it = Rule(
    _("a worker of the place, for herself, while nobody holds the file"),
    _in_own_place_and_nobodys,
)
supervises_here = Rule(
    _("the supervisor of the place"),
    lambda by, on: _in_own_place(by, on) if by.role_key == Supervisor.key else NOTHING,
)

supervises_nobodys = Rule(
    _("the supervisor of the place, while nobody holds the file"),
    lambda by, on: _in_own_place_and_nobodys(by, on) if by.role_key == Supervisor.key else NOTHING,
)
answers_for = supervised | supervises_nobodys | head

CONSENTS = Sheet(
    number="R61",
    name=_("Children: who agreed to what"),
    target_kind=FILE,
    find=at_work | team | head | the_program,
    read=at_work | the_program,
    read_with_reason=team | head,
    write=at_work | the_program,
    approve=supervised | head,
    export_with_reason=own | supervised | head,
    breakable=True,
)
SUSPENSIONS = Sheet(
    number="R60",
    name=_("Children: guardians whose rights are suspended"),
    target_kind=FILE,
    find=at_work | team | head | the_program,
    read=at_work | the_program,
    read_with_reason=team | head,
    write=answers_for,
    approve=answers_for,
    breakable=True,
)


def _of_files_answered_for(by: Actor, on: dt.date) -> Q:
    if not SUSPENSIONS.is_offered(Action.APPROVE, by, on=on):
        return NOTHING
    files = SUSPENSIONS.rows(Action.APPROVE, Child.objects.all(), by, on=on)
    return Q(subject_id__in=files.values("pk"))


lifts_suspensions = Rule(answers_for.says, _of_files_answered_for)

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
    breakable=True,
    by_seal=True,
)
