"""Two files that may be one child's: noted by the program, decided by a person."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Changes, Outcome, assign, changed, operation, unchanged
from tonghu.people.constants import DoubleState
from tonghu.people.models import Child, PossibleDouble
from tonghu.people.policy import DOUBLES


class OneFile(Refused):
    """A file is not compared with itself."""


class NotToldApart(Refused):
    """Nobody has said that these are two children."""


class MergedMeanwhile(Refused):
    """The two files are one by now."""


@operation("people.double.noted")
@upholds("R77")
def note_possible_double(
    *, one: Child, other: Child, score: float, by: Actor, at: dt.datetime
) -> Outcome[PossibleDouble]:
    """Put a pair on the work list of whoever answers for both files; it is noted once.

    The row in the journal is about the pair, not about a file: whoever holds one of the two
    learns nothing of the other.

    :raises Forbidden: when a person asks: the program proposes.
    """
    if by.account_id:
        raise Forbidden(_("The program proposes which files may be one child's."))
    if found := _held(one, other):
        return unchanged(found)
    pair = _new(one, other, score=score)
    return changed(pair)


@operation("people.double.suspected")
def suspect(*, one: Child, other: Child, by: Actor, at: dt.datetime) -> Outcome[PossibleDouble]:
    """Put a pair that the program has missed before whoever answers for both, who is ``by``.

    What was said of the two before stays said.

    :raises Hidden: when ``by`` may not know of one of them.
    :raises Forbidden: unless ``by`` answers for both.
    :raises OneFile: when both numbers lead to one file.
    """
    if one.pk == other.pk:
        raise OneFile(_("Both numbers lead to one file. Write the number of the other one."))
    found = _held(one, other)
    pair = found or _new(one, other, score=0)
    DOUBLES.require(Action.WRITE, by, pair, on=day(at))
    return unchanged(pair) if found else changed(pair)


@operation("people.double.distinguished")
def keep_apart(*, one: Child, other: Child, by: Actor, at: dt.datetime) -> Outcome[PossibleDouble]:
    """Say that two files are two children's, as twins': they are not proposed again.

    :raises Hidden: when ``by`` may not know of one of them.
    :raises Forbidden: unless ``by`` answers for both.
    :raises MergedMeanwhile: when the two files are one by now.
    """
    pair = _held(one, other) or _new(one, other, score=0)
    return _decided(pair, DoubleState.DIFFERENT, by, at)


@operation("people.double.left_open")
def leave_open(*, pair: PossibleDouble, by: Actor, at: dt.datetime) -> Outcome[PossibleDouble]:
    """Say that one cannot tell yet; the pair stays on the list, marked as looked at.

    :raises Hidden: when ``by`` may not know of one of the two.
    :raises Forbidden: unless ``by`` answers for both.
    :raises MergedMeanwhile: when the two files are one by now.
    """
    return _decided(pair, DoubleState.UNSURE, by, at)


@operation("people.double.reconsidered")
def reconsider(*, pair: PossibleDouble, by: Actor, at: dt.datetime) -> Outcome[PossibleDouble]:
    """Take back that two files are two children's: the pair is on the work list again.

    :raises Hidden: when ``by`` may not know of one of the two.
    :raises Forbidden: unless ``by`` answers for both.
    :raises NotToldApart: when nobody has told the two apart, or they were merged.
    """
    DOUBLES.require(Action.WRITE, by, pair, on=day(at))
    pair.refresh_from_db()
    if pair.state == DoubleState.OPEN:
        return unchanged(pair)
    if pair.state != DoubleState.DIFFERENT:
        raise NotToldApart(_("These two are not told apart. Nothing was changed."))
    said = assign(pair, state=DoubleState.OPEN, decided_by=None, decided_at=None)
    return changed(pair, {"state": said["state"]})


def _decided(
    pair: PossibleDouble, state: DoubleState, by: Actor, at: dt.datetime
) -> Outcome[PossibleDouble]:
    DOUBLES.require(Action.WRITE, by, pair, on=day(at))
    if pair.state == state:
        return unchanged(pair)
    if pair.state == DoubleState.SAME:
        raise MergedMeanwhile(_("The two files were merged meanwhile. Undo that first."))
    said: Changes = assign(pair, state=state, decided_by=by.account, decided_at=at)
    return changed(pair, {"state": said["state"]})


def _held(one: Child, other: Child) -> PossibleDouble | None:
    first, second = _in_order(one, other)
    rows = PossibleDouble.objects.unscoped("a pair is noted once, whoever may see it")
    return rows.filter(agency_id=one.agency_id, one=first, other=second).first()


def _new(one: Child, other: Child, *, score: float) -> PossibleDouble:
    first, second = _in_order(one, other)
    pair = PossibleDouble(agency_id=one.agency_id, one=first, other=second, score=score)
    pair.save(force_insert=True)
    return pair


def _in_order(one: Child, other: Child) -> tuple[Child, Child]:
    return (one, other) if one.pk < other.pk else (other, one)
