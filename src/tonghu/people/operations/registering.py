"""A child comes on the list, and who holds its file."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor, system
from tonghu.access.constants import DutyKind
from tonghu.access.models import Account, Duty, Membership
from tonghu.access.operations.grounds import begin_duty, end_duty
from tonghu.access.roles import SocialWorker
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation, unchanged
from tonghu.kernel.periods import in_force
from tonghu.kernel.rules import NOTHING, only
from tonghu.people.models import Child, Person, Place, ResidenceSpan
from tonghu.people.naming import named
from tonghu.people.numbers import new_number
from tonghu.people.operations.doubles import keep_apart, note_possible_double
from tonghu.people.policy import ASSIGNMENTS, CHILDREN, FILE, PLACES, registers
from tonghu.people.search.index import index
from tonghu.people.search.likeness import alike, as_described

TRIES = 5


class NameMissing(Refused):
    """A child needs a name, if only the one it is called by."""


@operation("people.child.registered")
def register_child(
    *,
    name: str,
    latin_name: str = "",
    sex: str = "",
    born_on: dt.date | None = None,
    precision: str = "",
    ethnicity: str = "",
    place: Place | None,
    address: str = "",
    registered_on: dt.date,
    apart: Sequence[Child] = (),
    unsure: Sequence[Child] = (),
    by: Actor,
    at: dt.datetime,
) -> Outcome[Child]:
    """Put a child on the list: a name is enough, the rest may come later.

    In a place the file is its team's, else hers. ``apart``: others; ``unsure``: may be the same.

    :raises Forbidden: unless ``by`` works in the place, or is a worker where none is named.
    :raises NameMissing: without a name.
    :raises Hidden: when she may not know of the place.
    :raises MergedMeanwhile: when one of ``apart`` is this child's by now.
    """
    _require_at_work_here(place, by, day(at))
    person = Person(
        agency_id=by.agency_id,
        name=_named(name),
        latin_name=latin_name,
        sex=sex,
        born_on=born_on,
        precision=precision,
        ethnicity=ethnicity,
    )
    child = _with_a_number(person, registered_on)
    _lives(person, place, address, registered_on)
    _put_among_the_others(child, place, unsure, by, at)
    _tell_apart(child, apart, by, at)
    return changed(child)


def _named(name: str) -> str:
    if not name.strip():
        raise NameMissing(_("Write the name the child is called by."))
    return name.strip()


@operation("people.child.assigned")
@upholds("R8", "R46")
def assign_child(
    *, child: Child, worker: Account, from_on: dt.date, by: Actor, at: dt.datetime
) -> Outcome[Duty]:
    """Let a worker hold a child's file from a day on; who held it before ends the day before.

    :raises Forbidden: unless ``by`` supervises or heads, or takes a file that nobody holds; and
        for whoever is no social worker: holding a file would open it to the head without a reason.
    """
    ASSIGNMENTS.require(Action.WRITE, by, child, on=day(at))
    if not _is_a_worker(worker, child, from_on):
        raise Forbidden(_("A file is held by a social worker. Give it to one of them."))
    if by.role_key == "worker" and worker.pk != by.account_id:
        raise Forbidden(_("A file is given to somebody else by the supervisor."))
    held = Duty.objects.unscoped("the file's Rule was asked above").filter(
        in_force(from_on), kind=DutyKind.ASSIGNMENT, target_kind=FILE, target_id=child.pk
    )
    if same := held.filter(account=worker).first():
        return unchanged(same)
    for duty in held:
        end_duty(duty=duty, until_on=from_on - dt.timedelta(days=1), by=by, at=at)
    return changed(_give(child, worker, from_on, by, at), about=child.pk)


def _is_a_worker(account: Account, child: Child, on: dt.date) -> bool:
    rows = Membership.objects.unscoped("who may hold a file: the Rule was asked above")
    held = rows.filter(in_force(on), account=account, agency_id=child.agency_id)
    return held.filter(role=SocialWorker.key).exists()


def _put_among_the_others(
    child: Child, place: Place | None, unsure: Sequence[Child], by: Actor, at: dt.datetime
) -> None:
    """Let it be found, and compared by the program with files of which nobody here may know.

    A likely double is not hinted at: the pair goes to whoever answers for both files (R77).
    """
    if place is None and by.account is not None:
        _give(child, by.account, day(at), by, at)
    index(child)
    program = system(child.agency_id)
    who = as_described(child, place.pk if place else None)
    for likeness in alike(who, program, on=day(at), beside=child.pk):
        if likeness.is_likely or likeness.child in unsure:
            note_possible_double(
                one=child, other=likeness.child, score=likeness.score, by=program, at=at
            )


def _tell_apart(child: Child, others: Sequence[Child], by: Actor, at: dt.datetime) -> None:
    """Remember that these are other children; pairs that are not hers wait for whose they are."""
    for other in _hers_too(child, others, by, day(at)):
        keep_apart(one=child, other=other, by=by, at=at)


def _hers_too(child: Child, others: Sequence[Child], by: Actor, on: dt.date) -> list[Child]:
    """Return those of the others for whom she answers as she does for the child."""
    pks = [child.pk, *(one.pk for one in others)]
    for action in (Action.WRITE, Action.APPROVE):
        if not others or not CHILDREN.is_offered(action, by, on=on):
            continue
        files = CHILDREN.rows(action, Child.objects.filter(pk__in=pks), by, on=on)
        hers = set(files.values_list("pk", flat=True))
        if child.pk in hers:
            return [one for one in others if one.pk in hers]
    return []


def _require_at_work_here(place: Place | None, by: Actor, on: dt.date) -> None:
    if place is not None:
        PLACES.require(Action.WRITE, by, place, on=on)
    elif registers.where(by, on) == NOTHING:
        # A buyer and an evaluator have duties too; none of theirs is to a child.
        raise Forbidden(only(registers.says))


def _lives(person: Person, place: Place | None, address: str, from_on: dt.date) -> None:
    if place is None and not address:
        return
    ResidenceSpan(
        agency_id=person.agency_id,
        person=person,
        place=place,
        address=address,
        from_on=from_on,
        since_known=False,
    ).save(force_insert=True)


def _give(child: Child, worker: Account, from_on: dt.date, by: Actor, at: dt.datetime) -> Duty:
    return begin_duty(
        account=worker,
        kind=DutyKind.ASSIGNMENT,
        target_kind=FILE,
        target_id=child.pk,
        from_on=from_on,
        by=by,
        at=at,
    )


def _with_a_number(person: Person, registered_on: dt.date) -> Child:
    """Open the file under a number that the agency has not used; two alike are very rare."""
    person.sort_key = named(person, person.name)
    person.save(force_insert=True)
    for _try in range(TRIES):
        child = Child(
            person=person,
            agency_id=person.agency_id,
            number=new_number(),
            registered_on=registered_on,
        )
        try:
            with transaction.atomic():
                child.save(force_insert=True)
        except IntegrityError:
            continue
        return child
    raise LookupError("No file number was free.")
