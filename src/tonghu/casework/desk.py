"""The supervisor's desk in the navigation, with the count of what waits for her."""

from django.http import HttpRequest  # noqa: TID251 -- the frame of a page belongs to its request
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.roles import AgencyHead, Supervisor
from tonghu.casework.reading import waiting_count
from tonghu.kernel import clock
from tonghu.look.navigation import Entry, register


def _waiting(request: HttpRequest) -> int:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return waiting_count(actor, on=clock.day(clock.now()))


register(
    Entry(
        "reviews",
        "review-list",
        "eye",
        _("For my review"),
        frozenset({AgencyHead.key, Supervisor.key}),
        waiting=_waiting,
        order=11,
    )
)
