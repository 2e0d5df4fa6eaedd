"""What supervision adds: events in words, its place in the navigation, tasks among what is due."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.events import say
from tonghu.access.roles import SocialWorker, Supervisor
from tonghu.casework.due import Due, offers_due
from tonghu.casework.models import Case, SupervisionTask
from tonghu.look.addresses import address
from tonghu.look.navigation import Entry, register

say(
    {
        "casework.supervision.recorded": gettext_lazy("wrote a supervision down"),
        "casework.supervision.task_finished": gettext_lazy("finished a task of a supervision"),
        "casework.supervision.task_reopened": gettext_lazy("took a task of a supervision up again"),
    }
)
register(
    Entry(
        "team",
        "team",
        "users-group",
        gettext_lazy("My team"),
        frozenset({Supervisor.key}),
        order=13,
    )
)
register(
    Entry(
        "supervision",
        "supervision-list",
        "message",
        gettext_lazy("Supervision"),
        frozenset({SocialWorker.key, Supervisor.key}),
        phone=False,
        order=14,
    )
)


@offers_due
def agreed_tasks(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say which tasks agreed in supervision are open; their words stand on their own page (R33)."""
    by_number = {one.pk: one for one in cases}
    rows = SupervisionTask.objects.unscoped("of cases that were found under their Rule")
    for task in rows.filter(case__in=by_number, done_at=None).select_related("note", "owner"):
        yield Due(
            by_number[task.case_id],  # type: ignore[index]
            _("A task from supervision, %(who)s") % {"who": task.owner.called},
            _("Agreed by the worker and her supervisor."),
            task.due_on,
            _("Open the task"),
            address("supervision", task.note_id),
            "message",
        )
