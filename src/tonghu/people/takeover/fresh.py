"""What a newer list says anew: what stood on the last one already is no change."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from tonghu.people.models import Roster, RosterLine
from tonghu.people.roster.lines import Line
from tonghu.people.takeover.leave import last_before
from tonghu.people.takeover.said import line_of

SEVERAL = ("phones", "father_phone", "mother_phone", "categories")


def said_last(roster: Roster, children: Iterable[UUID]) -> dict[UUID, list[Line]]:
    """Return what the last list of the source said of these children."""
    last = last_before(roster)
    found: dict[UUID, list[Line]] = defaultdict(list)
    if last is None:
        return found
    lines = RosterLine.objects.unscoped("lines of one source, whose Rule was asked")
    for row in lines.filter(roster=last, child__in=set(children)):
        if row.child_id:
            found[row.child_id].append(line_of(row))
    return found


def fresh(differs: list[tuple[str, str]], last: list[Line]) -> list[tuple[str, str]]:
    """Return what differs from a file and was not said by the last list in the same words.

    Where the file says something else than both lists, somebody has written it or left it so.
    """
    found = []
    for name, said in differs:
        before = {one for line in last for one in _told(line, name)}
        if name in SEVERAL:
            said = "|".join(one for one in said.split("|") if one not in before)
        if said and said not in before:
            found.append((name, said))
    return found


def _told(line: Line, name: str) -> list[str]:
    fields = line.fields
    if name == "guardian":
        return [f"{fields.guardian}|{fields.guardian_relation}"]
    if name == "grade":
        return [f"{fields.grade[:20]}|{fields.room[:20]}"]
    said = getattr(fields, name, "") or line.further.get(name, "")
    return said.split("|") if name in SEVERAL else [said[:160] if name == "address" else said]
