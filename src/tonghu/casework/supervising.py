"""Who reads and writes what of supervision (R33), and the questions about it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.constants import DutyKind
from tonghu.access.models import Account
from tonghu.access.policy import duties
from tonghu.access.roles import SocialWorker, Supervisor
from tonghu.access.sheets import Action, Sheet
from tonghu.casework.models import Case, SupervisedCase, SupervisionNote, SupervisionTask
from tonghu.casework.policy import CASES
from tonghu.kernel.errors import Hidden
from tonghu.kernel.law import upholds
from tonghu.kernel.rules import NOTHING, Rule, through
from tonghu.people.policy import WORKER


@upholds("R33", says=_("what a worker says of herself in supervision is hers and her supervisor's"))
def _hers(by: Actor, on: dt.date) -> Q:
    return Q(worker=by.account_id) if by.role_key == SocialWorker.key else NOTHING


def _the_supervisors(by: Actor, on: dt.date) -> Q:
    if by.role_key != Supervisor.key:
        return NOTHING
    workers = duties(by, on, [DutyKind.SUPERVISION], WORKER)
    return Q(supervisor=by.account_id, worker__in=workers)


the_worker = Rule(_("the worker it is about"), _hers)
the_supervisor = Rule(_("who supervised her, while she is her supervisor"), _the_supervisors)

SUPERVISION = Sheet(
    number="R33",
    name=_("Supervision: what was talked through, and how the worker is"),
    target_kind=WORKER,
    target="worker_id",
    find=the_worker | the_supervisor,
    read=the_worker | the_supervisor,
    write=the_supervisor,
)
SUPERVISION_TASKS = Sheet(
    number="R33",
    name=_("Supervision: tasks that were agreed"),
    target_kind=WORKER,
    target="note__worker_id",
    find=through(the_worker | the_supervisor, "note"),
    read=through(the_worker | the_supervisor, "note"),
    write=through(the_worker | the_supervisor, "note"),
)


@dataclass(frozen=True)
class Agreed:
    """A task, with its case where the reader may find it."""

    task: SupervisionTask
    case: Case | None


@dataclass(frozen=True)
class Note:
    """A supervision as its page shows it: the cases the reader may find, and the tasks."""

    row: SupervisionNote
    cases: list[Case]
    tasks: list[Agreed]


def supervised_workers(by: Actor, *, on: dt.date) -> list[Account]:
    """Return the workers whom this person supervises on the day, by name."""
    if by.role_key != Supervisor.key:
        return []
    workers = duties(by, on, [DutyKind.SUPERVISION], WORKER)
    return list(Account.objects.filter(is_active=True, pk__in=workers).order_by("name", "pk"))


def supervised_worker(by: Actor, pk: UUID, *, on: dt.date) -> Account:
    """Return one worker whom this person supervises.

    :raises Hidden: when she does not supervise this one, whether there is one or not.
    """
    found = next((one for one in supervised_workers(by, on=on) if one.pk == pk), None)
    if found is None:
        raise Hidden(_("There is nothing here for you."))
    return found


def notes_for(by: Actor, *, on: dt.date) -> "QuerySet[SupervisionNote]":
    """Return the supervisions this person may read, the newest first."""
    rows = SupervisionNote.objects.select_related("worker", "supervisor")
    return SUPERVISION.rows(Action.READ, rows, by, on=on).order_by("-on", "-id")


def note_for(by: Actor, pk: UUID, *, on: dt.date) -> Note:
    """Return one supervision with its cases and tasks.

    :raises Hidden: when it is not one of hers.
    """
    rows = SupervisionNote.objects.select_related("worker", "supervisor")
    row = SUPERVISION.get(Action.READ, rows, by, pk, on=on)
    tasks = SupervisionTask.objects.filter(note=row).select_related("owner")
    agreed = SUPERVISION_TASKS.rows(Action.READ, tasks, by, on=on).order_by("due_on", "id")
    named = SupervisedCase.objects.unscoped("of a supervision that was found under its Rule")
    numbers = set(named.filter(note=row).values_list("case_id", flat=True))
    about = {one.case_id for one in agreed if one.case_id}
    cases = Case.objects.filter(pk__in=numbers | about).select_related("child__person")
    found = {one.pk: one for one in CASES.rows(Action.FIND, cases, by, on=on).order_by("pk")}
    return Note(
        row,
        [one for number, one in found.items() if number in numbers],
        [Agreed(one, found.get(one.case_id) if one.case_id else None) for one in agreed],
    )


def task_for(by: Actor, pk: UUID, *, on: dt.date) -> SupervisionTask:
    """Return one task of a supervision.

    :raises Hidden: when it is not one of hers.
    """
    rows = SupervisionTask.objects.select_related("note")
    return SUPERVISION_TASKS.get(Action.WRITE, rows, by, pk, on=on)


def unscoped_last_supervised(workers: Collection[UUID], agency_id: UUID) -> dict[UUID, dt.date]:
    """Return on which day each of these workers was last supervised, by whomever.

    A day says nothing of what was said. The caller answers for these workers, or is one of them.
    """
    rows = SupervisionNote.objects.unscoped("only the day, for who answers for the worker")
    rows = rows.filter(worker__in=workers, agency_id=agency_id)
    return dict(rows.values("worker_id").annotate(last=Max("on")).values_list("worker_id", "last"))
