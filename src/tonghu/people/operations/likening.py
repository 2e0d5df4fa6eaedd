"""After an import: who of the new children may be on the list already is noted as a double."""

import datetime as dt
import json
from collections.abc import Sequence

from tonghu.access.actors import Actor, system
from tonghu.access.sheets import Action
from tonghu.jobs import operations as jobs
from tonghu.jobs.constants import UNDER_WAY
from tonghu.jobs.models import Job
from tonghu.kernel.clock import day
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.people.constants import LineOutcome
from tonghu.people.models import Child, Roster, RosterLine
from tonghu.people.operations.doubles import note_possible_double
from tonghu.people.policy import ROSTERS
from tonghu.people.takeover.likening import end_of, is_left, likely_pairs

JOB = "people.roster.likened"
A_BATCH = 100


@operation("people.roster.likening_asked")
def ask_for_likening(*, roster: Roster, by: Actor, at: dt.datetime) -> Outcome[Roster]:
    """Have the new children of an imported list held against the files, in the background.

    :raises Refused: unless ``by`` is of the team of the place.
    """
    ROSTERS.require(Action.WRITE, by, roster, on=day(at))
    if not is_left(roster) or by.account is None or by.membership is None or _is_under_way(roster):
        return unchanged(roster)
    jobs.ask(
        kind=JOB,
        details={"roster": str(roster.pk)},
        account=by.account,
        membership=by.membership,
        by=by,
        at=at,
    )
    return changed(roster)


@operation("people.roster.batch_likened")
def liken_batch(*, roster: Roster, by: Actor, at: dt.datetime) -> Outcome[Roster]:
    """Hold the next new children of an imported list against the files, all of them or none.

    The list remembers how far it has come, so that it goes on there when it was cut off. What is
    found is told to nobody here: the pair goes to whoever answers for both files.

    :raises Refused: unless ``by`` is of the team of the place.
    """
    ROSTERS.require(Action.WRITE, by, roster, on=day(at))
    rows = Roster.objects.unscoped("the Rule was asked above").select_for_update(of=("self",))
    roster = rows.select_related("source", "place").get(pk=roster.pk)
    if not is_left(roster):
        return unchanged(roster)
    lines = RosterLine.objects.unscoped("lines of a roster whose Rule was asked")
    new = lines.filter(roster=roster, outcome=LineOutcome.NEW, child__isnull=False)
    batch = list(
        new.filter(position__gte=roster.likened)
        .select_related("child__person")
        .order_by("position")[:A_BATCH]
    )
    opened = [row.child for row in batch if row.child]
    note_likely(roster=roster, opened=opened, by=by, at=at)
    reached = batch[-1].position + 1 if len(batch) == A_BATCH else end_of(roster)
    return changed(roster, assign(roster, likened=reached))


@operation("people.roster.children_likened")
@upholds("R77")
def note_likely(
    *, roster: Roster, opened: Sequence[Child], by: Actor, at: dt.datetime
) -> Outcome[Roster]:
    """Put the likely doubles of new files on the work list of whoever answers for both.

    What is found is told to nobody here, and stands in no record about the list.

    :raises Refused: unless ``by`` is of the team of the place.
    """
    ROSTERS.require(Action.WRITE, by, roster, on=day(at))
    program = system(roster.agency_id)
    for pair in likely_pairs(roster, opened, on=day(at)):
        note_possible_double(one=pair.one, other=pair.other, score=pair.score, by=program, at=at)
    return changed(roster) if opened else unchanged(roster)


def _is_under_way(roster: Roster) -> bool:
    rows = Job.objects.unscoped("does somebody's work hold this list against the files already")
    running = rows.filter(agency_id=roster.agency_id, kind=JOB, state__in=UNDER_WAY)
    return any(json.loads(job.details)["roster"] == str(roster.pk) for job in running)
