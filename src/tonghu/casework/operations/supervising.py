"""A supervision is written down by who held it, with what was agreed to do."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.models import Account
from tonghu.access.sheets import Action
from tonghu.casework.measures import Supervised
from tonghu.casework.models import Case, SupervisedCase, SupervisionNote, SupervisionTask
from tonghu.casework.policy import CASES
from tonghu.casework.supervising import SUPERVISION, SUPERVISION_TASKS
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged

A_DAY = 1440


class NotHeldYet(Refused):
    """A supervision is written down once it was held."""


class NotALength(Refused):
    """A supervision lasts some minutes, and less than a day."""


class TaskUnclear(Refused):
    """A task says what, by which day, and who of the two."""


@dataclass(frozen=True)
class TaskSaid:
    """What one of the two does, and by when."""

    what: str
    due_on: dt.date
    owner: Account
    case: Case | None = None


@dataclass(frozen=True)
class SupervisionSaid:
    """What is written of a supervision."""

    on: dt.date
    minutes: int
    kind: Supervised | str = Supervised.INDIVIDUAL
    issues: str = ""
    own_state: str = ""
    cases: Sequence[Case] = field(default_factory=tuple)
    tasks: Sequence[TaskSaid] = field(default_factory=tuple)


@operation("casework.supervision.recorded")
@upholds("R33")
def record_supervision(
    *, worker: Account, said: SupervisionSaid, by: Actor, at: dt.datetime
) -> Outcome[SupervisionNote]:
    """Write down a supervision that was held; its words are sealed and the two's alone.

    :raises Forbidden: unless ``by`` supervised the worker on that day.
    :raises NotHeldYet: when the day has not come.
    :raises NotALength: when it lasted no minutes, or more than a day.
    :raises TaskUnclear: when a task is somebody else's or has no words.
    """
    if said.on > day(at):
        raise NotHeldYet(_("This day has not come yet. Correct it; nothing is lost."))
    if not 0 < said.minutes <= A_DAY:
        raise NotALength(_("Write how many minutes it lasted. Nothing is lost."))
    if by.account is None:
        raise Forbidden(_("A supervisor writes it down."))
    note = SupervisionNote(
        agency_id=by.agency_id,
        worker=worker,
        supervisor=by.account,
        on=said.on,
        minutes=said.minutes,
        kind=said.kind,
        issues=said.issues.strip(),
        own_state=said.own_state.strip(),
        recorded_at=at,
    )
    note.save(force_insert=True)
    SUPERVISION.require(Action.WRITE, by, note, on=said.on)
    _name_cases(note, said.cases, by, at)
    for one in said.tasks:
        _agree(note, one, by, at)
    return changed(note, {"minutes": (None, note.minutes)}, about=worker.pk)


def _name_cases(note: SupervisionNote, cases: Sequence[Case], by: Actor, at: dt.datetime) -> None:
    for case in dict.fromkeys(cases):
        CASES.require(Action.READ, by, case, on=day(at))
        row = SupervisedCase(agency_id=note.agency_id, note=note, case=case)
        row.save(force_insert=True)


def _agree(note: SupervisionNote, said: TaskSaid, by: Actor, at: dt.datetime) -> None:
    if not said.what.strip() or said.owner.pk not in (note.worker_id, note.supervisor_id):
        raise TaskUnclear(_("A task says what is done, and which of the two does it."))
    if said.due_on < note.on:
        raise TaskUnclear(_("A task is due on the day of the supervision or later."))
    if said.case is not None:
        CASES.require(Action.READ, by, said.case, on=day(at))
    SupervisionTask(
        agency_id=note.agency_id,
        note=note,
        case=said.case,
        owner=said.owner,
        what=said.what.strip(),
        due_on=said.due_on,
    ).save(force_insert=True)


@operation("casework.supervision.task_finished")
@upholds("R33")
def finish_task(*, task: SupervisionTask, by: Actor, at: dt.datetime) -> Outcome[SupervisionTask]:
    """Say that what was agreed is done.

    :raises Refused: unless ``by`` is one of the two.
    """
    SUPERVISION_TASKS.require(Action.WRITE, by, task, on=day(at))
    if task.done_at is not None:
        return unchanged(task)
    changes = assign(task, done_at=at, done_by=by.account)
    return changed(task, changes, about=task.note.worker_id)


@operation("casework.supervision.task_reopened")
@upholds("R33")
def reopen_task(*, task: SupervisionTask, by: Actor, at: dt.datetime) -> Outcome[SupervisionTask]:
    """Say that it is not done after all.

    :raises Refused: unless ``by`` is one of the two.
    """
    SUPERVISION_TASKS.require(Action.WRITE, by, task, on=day(at))
    if task.done_at is None:
        return unchanged(task)
    changes = assign(task, done_at=None, done_by=None)
    return changed(task, changes, about=task.note.worker_id)
