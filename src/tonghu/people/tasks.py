"""Importing a roster, and comparing what it brought: in batches, counted, going on after a kill."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.jobs.kinds import Asked, JobKind, Progress, register
from tonghu.kernel import clock
from tonghu.people import queries
from tonghu.people.constants import LineOutcome, RosterState
from tonghu.people.models import Roster, RosterLine
from tonghu.people.operations import likening, rosters
from tonghu.people.takeover.likening import is_left


def import_whole(
    roster: Roster,
    by: Actor,
    at: dt.datetime,
    progress: Callable[[int, int | None], None] | None = None,
) -> Roster:
    """Import what is left of a roster, batch after batch; each stands once it is written."""
    rows = RosterLine.objects.unscoped("counts lines of a roster whose Rule each batch asks")
    lines = rows.filter(roster=roster)
    total = lines.count()
    while roster.state == RosterState.IMPORTING:
        if progress is not None:
            left = lines.filter(outcome=LineOutcome.WAITING).count()
            progress(total - left, total)
        roster = rosters.import_batch(roster=roster, by=by, at=at)
    return roster


def liken_whole(
    roster: Roster,
    by: Actor,
    at: dt.datetime,
    progress: Callable[[int, int | None], None] | None = None,
) -> Roster:
    """Hold what is left of an imported roster's new children against the files, batch by batch."""
    rows = RosterLine.objects.unscoped("counts lines of a roster whose Rule each batch asks")
    total = rows.filter(roster=roster).count()
    while is_left(roster):
        if progress is not None:
            progress(roster.likened, total)
        roster = likening.liken_batch(roster=roster, by=by, at=at)
    return roster


def allow(by: Actor, details: dict[str, Any]) -> None:
    """Ask the roster's Rule as it stands now.

    :raises Refused: when the list is not this person's to import.
    """
    on = clock.day(clock.now())
    queries.roster_for(by, UUID(details["roster"]), on=on, action=Action.WRITE)


def run(asked: Asked, progress: Progress) -> str:
    """Import the roster that was asked for, and have its children compared; there is no file."""
    roster = import_whole(_roster(asked), asked.by, asked.at, progress)
    likening.ask_for_likening(roster=roster, by=asked.by, at=asked.at)
    return ""


def run_likening(asked: Asked, progress: Progress) -> str:
    """Hold the new children of an imported roster against the files; there is no file."""
    liken_whole(_roster(asked), asked.by, asked.at, progress)
    return ""


def _roster(asked: Asked) -> Roster:
    return queries.roster_for(
        asked.by, UUID(asked.details["roster"]), on=clock.day(asked.at), action=Action.WRITE
    )


KIND = register(
    JobKind(
        key=rosters.JOB,
        name=_("Import of a roster"),
        counts=_("children"),
        allow=allow,
        run=run,
        leaves_file=False,
    )
)
LIKENING = register(
    JobKind(
        key=likening.JOB,
        name=_("Comparing the new children of a roster"),
        counts=_("children"),
        allow=allow,
        run=run_likening,
        leaves_file=False,
    )
)
