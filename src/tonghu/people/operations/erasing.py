"""Erasing a child so that nothing is left: proposed, confirmed, stoppable for a week (R53)."""

import datetime as dt
from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.constants import ProposalState
from tonghu.access.journal import take_words_out
from tonghu.access.models import Proposal
from tonghu.access.operations.two_persons import propose
from tonghu.access.policy import the_program
from tonghu.access.sheets import Action
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.attachments.moving import erase_for
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.forgetting import forget_what_was
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.people.constants import ErasureGround, ErasureState
from tonghu.people.erasing import marks, reaching
from tonghu.people.erasing.held import require_not_held
from tonghu.people.erasing.removing import Removed
from tonghu.people.merging.tables import every_row_of
from tonghu.people.models import (
    Child,
    Erasure,
    ErasureMark,
    Household,
    Kinship,
    Person,
    RosterFile,
    RosterLine,
)
from tonghu.people.numbers import shown
from tonghu.people.operations.spans import ReasonMissing
from tonghu.people.policy import FILE
from tonghu.people.queries import unscoped_surviving
from tonghu.people.rights import ERASED
from tonghu.people.rights_policy import ERASING, ERASURES, confirms_erasing
from tonghu.people.search.index import index

WAITS: Final = dt.timedelta(days=7)
"""So long a confirmed erasure can be stopped; nobody sees the file meanwhile."""


class ErasedAlready(Refused):
    """The erasure was stopped or carried out before."""


class NotDue(Refused):
    """The days in which an erasure can be stopped are not over."""


@operation("people.erasure.proposed")
@upholds("R53", "R83", says=gettext_lazy("a supervisor or head proposes, another head confirms"))
def propose_erasing(
    *, child: Child, ground: ErasureGround, reason: str, by: Actor, at: dt.datetime
) -> Outcome[Proposal]:
    """Ask the head, as a second person, to erase a child's file; nothing changes until then.

    :raises Refused: unless ``by`` supervises the file or heads the agency.
    :raises OnHold: while a court, the police or an inspection needs the file.
    :raises ReasonMissing: without a reason.
    """
    ERASING.require(Action.WRITE, by, child, on=day(at))
    if not reason.strip():
        raise ReasonMissing(_("Write in a sentence what this rests on."))
    files = reaching.files_with(child.pk)
    require_not_held(files, on=day(at))
    rows = Proposal.objects.unscoped("the file's Rule was asked above")
    same = rows.filter(act=ERASE.key, subject_id=child.pk, state=ProposalState.WAITING)
    if waiting := same.first():
        return unchanged(waiting)
    details = {
        "child": child.person.name,
        "number": child.number,
        "ground": ErasureGround(ground).value,
        "others": len(files) - 1,
        "family": len(reaching.family_of_nobody_else(files)),
    }
    proposal = propose(
        act=ERASE.key, subject=child, details=details, reason=reason.strip(), by=by, at=at
    )
    return changed(proposal, about=child.pk)


@operation("people.erasure.confirmed")
@upholds("R53", "R83", says=gettext_lazy("closed to everybody at once, erased after seven days"))
def begin_erasing(
    *, proposal: Proposal, ground: ErasureGround, by: Actor, at: dt.datetime
) -> Outcome[Erasure]:
    """Close a file to everybody, as the second person; in seven days it is erased.

    :raises Forbidden: unless ``by`` heads the agency, in person, and the file is not closed to her.
    :raises OnHold: while a court, the police or an inspection needs the file.
    """
    confirms_erasing.require(by, proposal, on=day(at))
    if by.account is None:
        raise Forbidden(_("Two persons are needed, and the second is a person too."))
    require_not_held(reaching.files_with(proposal.subject_id), on=day(at))
    erasure = Erasure(
        agency_id=proposal.agency_id,
        file=unscoped_surviving(proposal.subject_id),
        ground=ground,
        reason=proposal.reason or "",
        proposed_by=proposal.proposed_by,
        confirmed_by=by.account,
        confirmed_at=at,
        due_at=at + WAITS,
    )
    erasure.save(force_insert=True)
    return changed(erasure, {"state": (None, erasure.state)}, about=erasure.file)


@operation("people.erasure.stopped")
@upholds("R53")
def stop_erasing(*, erasure: Erasure, by: Actor, at: dt.datetime) -> Outcome[Erasure]:
    """Undo an erasure before it is carried out: the file is there again for whoever saw it.

    A court order that comes in these days is met so: stop the erasure, then hold the file.

    :raises Hidden: when ``by`` may not know of it.
    :raises Forbidden: unless ``by`` heads the agency or proposed it.
    :raises ErasedAlready: when it was stopped or carried out before.
    """
    ERASURES.require(Action.WRITE, by, erasure, on=day(at))
    erasure = _waiting(erasure)
    changes = assign(erasure, state=ErasureState.STOPPED, stopped_by=by.account, ended_at=at)
    return changed(erasure, {"state": changes["state"]}, about=erasure.file)


@operation("people.child.erased")
@upholds("R53", says=gettext_lazy("all rows that point at the child go, whatever their table"))
def carry_out(*, erasure: Erasure, by: Actor, at: dt.datetime) -> Outcome[Erasure]:
    """Erase a child when its days of waiting are over; nothing brings it back.

    :raises Forbidden: for everybody but the program.
    :raises NotDue: before the seven days are over.
    :raises OnHold: while a court, the police or an inspection needs the file.
    :raises ErasedAlready: when it was stopped or carried out before.
    """
    the_program.require(by, erasure, on=day(at))
    erasure = _waiting(erasure)
    if at < erasure.due_at:
        raise NotDue(_("This can still be stopped for some days. Nothing was erased."))
    if erasure.file is not None:
        require_not_held(reaching.files_with(erasure.file), on=day(at))
        _erase(erasure.file, erasure.agency_id, at)
    assign(erasure, state=ErasureState.DONE, file=None, reason="", ended_at=at)
    forget_what_was()
    return changed(erasure, {"state": (ErasureState.WAITING, ErasureState.DONE)})


@operation("people.child.erased_again")
@upholds("R53", says=gettext_lazy("an older copy that is put back is erased before it is served"))
def erase_again(*, child: Child, by: Actor, at: dt.datetime) -> Outcome[ErasureMark]:
    """Erase a child who was erased before and came back with an older copy of the database.

    What two persons decided then holds; nobody is asked again.

    :raises Forbidden: for everybody but the program, and unless the child was erased before.
    """
    the_program.require(by, child, on=day(at))
    if not marks.is_marked(child.pk, marks.on_the_list()):
        raise Forbidden(_("This file was not erased before. Nothing was changed."))
    waiting = Erasure.objects.unscoped("the copy's own act is done with this")
    waiting = waiting.filter(file=child.pk)
    made = _erase(child.pk, child.agency_id, at)
    for erasure in waiting:
        assign(erasure, state=ErasureState.DONE, file=None, reason="", ended_at=at)
    forget_what_was()
    return changed(made)


def _waiting(erasure: Erasure) -> Erasure:
    rows = Erasure.objects.unscoped("locked, its Rule was asked above").select_for_update()
    fresh = rows.get(pk=erasure.pk)
    if fresh.state != ErasureState.WAITING:
        raise ErasedAlready(_("This was stopped or carried out before. Nothing was changed."))
    return fresh


def _erase(file: UUID, agency_id: UUID, at: dt.datetime) -> ErasureMark:
    """Remove a child with the files merged into it and the family that is nobody else's."""
    files = reaching.files_with(file)
    people = files | reaching.family_of_nobody_else(files)
    homes, near = reaching.empty_households(people), _whose_index_names(files)
    gone = Removed()
    _blank_lists(files, gone)
    for one in files:
        erase_for(FILE, one)
    gone.remove(Person, people)
    gone.remove(Household, homes)
    gone.remove_what_names(people | files)
    gone.remove_what_names(gone.numbers)
    take_words_out(files)
    for child in every_row_of(Child).filter(pk__in=near - files).select_related("person"):
        index(child)
    return _marked(files, file, agency_id, at)


def _whose_index_names(files: Collection[UUID]) -> set[UUID]:
    """Return the other children who are found by the name of one who goes."""
    rows = every_row_of(Kinship)
    return set(rows.filter(relative__in=files).values_list("child_id", flat=True))


def _blank_lists(files: Collection[UUID], gone: Removed) -> None:
    """Leave of the lines of rosters that are this child nothing but their places.

    A line cannot be cut out of a file that is sealed whole: the file goes, the lines stay.
    """
    of_child = every_row_of(RosterLine).filter(child__in=files)
    same = Q(pk__in=of_child.values("pk"))
    for roster, key in set(of_child.values_list("roster_id", "key")):
        same |= Q(roster=roster, key=key)
    lines = every_row_of(RosterLine).filter(same)
    rosters = set(lines.values_list("roster_id", flat=True))
    gone.blank(lines)
    gone.remove(RosterFile, rosters)


def _marked(files: Collection[UUID], file: UUID, agency_id: UUID, at: dt.datetime) -> ErasureMark:
    """Keep the digests of the numbers, here and, once this stands, in the list beside."""
    made = {}
    for one in sorted(files):
        mark = marks.digest(one)
        held = ErasureMark.objects.unscoped("part of an erasure").filter(
            agency_id=agency_id, digest=mark
        )
        made[one] = held.first() or ErasureMark(agency_id=agency_id, digest=mark, erased_at=at)
        if made[one]._state.adding:
            made[one].save(force_insert=True)
    said = [(one.digest, one.erased_at) for one in made.values()]
    transaction.on_commit(lambda: marks.add_to_the_list(said))
    return made[file]


def _perform(proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime) -> Erasure:
    done: Erasure = begin_erasing(
        proposal=proposal, ground=ErasureGround(details["ground"]), by=by, at=at
    )
    return done


def _told(details: dict[str, Any]) -> dict[Any, Any]:
    told = {
        gettext_lazy("Child"): details["child"],
        gettext_lazy("File number"): shown(details["number"]),
        gettext_lazy("Why"): ErasureGround(details["ground"]).label,
        gettext_lazy("Erased with it, known through this child alone"): details["family"],
    }
    if details["others"]:
        told[gettext_lazy("Files that were merged into it")] = details["others"]
    told[gettext_lazy("What happens")] = gettext_lazy(
        "Closed to everybody at once. After seven days it is erased for good; until then it can "
        "be stopped."
    )
    return told


ERASE = declare(
    TwoPersonAct(
        ERASED,
        gettext_lazy("Erase a child's file"),
        confirms_erasing,
        _perform,
        _told,
    )
)
