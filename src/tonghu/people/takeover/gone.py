"""Children that stood on the last list of a source and do not stand on the newer one."""

import datetime as dt
import json

from django.db.models import QuerySet

from tonghu.kernel.periods import in_force
from tonghu.people.models import ResidenceSpan, Roster, RosterLine, RosterQuestion
from tonghu.people.takeover.answers import GONE, KNOWN_CHILD
from tonghu.people.takeover.leave import last_before
from tonghu.people.takeover.said import line_of


def questions_of_gone(roster: Roster) -> list[RosterQuestion]:
    """Return what must be asked about children that the newer list does not name any more.

    Whom the file itself says to live elsewhere by now is no question. No file is closed by this:
    being off a list is a reason to go and see. Where more than half are missing the list is not
    a newer one but another list under the same name, and nobody is asked about.
    """
    last = last_before(roster)
    if last is None:
        return []
    lines = RosterLine.objects.unscoped("lines of one source's lists, whose Rule was asked")
    here = lines.filter(roster=roster, child__isnull=False).values("child_id")
    gone = lines.filter(roster=last, child__isnull=False, child__merged_into=None)
    gone = gone.exclude(child__in=here).exclude(child__in=_elsewhere(roster))
    asked: dict[object, RosterQuestion] = {}
    for row in gone.order_by("position"):
        asked.setdefault(row.child_id, _question(roster, last, row))
    known = lines.filter(roster=last, child__isnull=False).values("child_id").distinct().count()
    perhaps = RosterQuestion.objects.unscoped("who may stand on the list after all")
    waiting = perhaps.filter(roster=roster, code=KNOWN_CHILD, proposed__in=list(asked))
    missing = len(asked) - waiting.values("proposed_id").distinct().count()
    return list(asked.values()) if missing * 2 <= known else []


def _elsewhere(roster: Roster) -> "QuerySet[ResidenceSpan]":
    rows = ResidenceSpan.objects.unscoped("narrows what the import itself asks")
    rows = rows.filter(in_force(roster.seen_from), place__isnull=False)
    return rows.exclude(place=roster.place_id).values("person_id")  # type: ignore[return-value]


def _question(roster: Roster, last: Roster, row: RosterLine) -> RosterQuestion:
    values = {"row": str(row.row), "sheet": row.sheet, "on": _day(last.seen_from)}
    told = {"text": line_of(row).fields.name, "variant": "", "values": values}
    return RosterQuestion(
        agency_id=roster.agency_id,
        roster=roster,
        code=GONE,
        field="row",
        proposed_id=row.child_id,
        asked=json.dumps(told, ensure_ascii=False),
    )


def _day(on: dt.date) -> str:
    return on.isoformat()
