"""How a job comes to a worker: through a task of Django's task interface.

The queue is a table of the same database, so a job and its place in the queue are written
in one transaction: no power cut leaves one without the other.
"""

from uuid import UUID

from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

_task: list[Task] = []


def run_with(task: Task) -> None:
    """Name the task that runs a job; called when the product starts."""
    _task[:] = [task]


def put_in_queue(job_id: UUID) -> None:
    """Hand a job to the workers."""
    _task[0].enqueue(str(job_id))


def is_in_queue(job_id: UUID) -> bool:
    """Tell whether a job still waits there to be taken."""
    waiting = DBTaskResult.objects.ready()
    return bool(waiting.filter(args_kwargs__args__0=str(job_id)).exists())
