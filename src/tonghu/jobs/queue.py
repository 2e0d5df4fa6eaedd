"""How a job comes to a worker: through a task of Django's task interface."""

from uuid import UUID

from django_tasks.base import Task

_task: list[Task] = []


def run_with(task: Task) -> None:
    """Name the task that runs a job; called when the product starts."""
    _task[:] = [task]


def put_in_queue(job_id: UUID) -> None:
    """Hand a job to the workers."""
    _task[0].enqueue(str(job_id))
