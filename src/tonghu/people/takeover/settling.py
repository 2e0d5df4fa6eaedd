"""What comes of a line: a new file, a known one, or a question; in whole batches."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from tonghu.access.actors import Actor
from tonghu.people.constants import LineOutcome, RosterAnswer
from tonghu.people.models import Child, Roster, RosterLine, RosterQuestion
from tonghu.people.roster.lines import Line
from tonghu.people.takeover.answers import ARRIVED, DIFFERS, KNOWN_CHILD, said_in
from tonghu.people.takeover.arrived import LeftOut
from tonghu.people.takeover.fresh import fresh, said_last
from tonghu.people.takeover.known import Match, compare
from tonghu.people.takeover.leave import Leave, leave_for
from tonghu.people.takeover.said import line_of, waits_whole
from tonghu.people.takeover.writing import Made, Writer


@dataclass
class Settled:
    """What came of one line: its outcome, its child, what was added, what must be asked.

    ``arrives`` says that a newer list brings a child nobody had, ``left_out`` that a person has
    refused the same one of the same source before.
    """

    outcome: LineOutcome
    child: Child | None = None
    made: Made = field(default_factory=Made)
    likely: list[Child] = field(default_factory=list)
    arrives: bool = False
    left_out: bool = False


def foresee(
    roster: Roster, rows: Iterable[RosterLine], by: Actor, *, on: dt.date
) -> dict[int, LineOutcome]:
    """Return what would come of lines if they were imported now; nothing is written."""
    told = foresee_matches(roster, rows, by, on=on)
    return {position: outcome for position, (outcome, _match) in told.items()}


def foresee_matches(
    roster: Roster, rows: Iterable[RosterLine], by: Actor, *, on: dt.date
) -> dict[int, tuple[LineOutcome, Match]]:
    """Return what would come of lines, and whom on the list each was taken for."""
    lines = {row.position: line_of(row) for row in rows}
    matches = compare(lines, roster, by, on=on)
    left_out = LeftOut.before(roster)
    seen: set[str] = set()
    found = {}
    for position, line in lines.items():
        outcome = _outcome(line, matches[position], again=line.person_key in seen)
        if outcome == LineOutcome.NEW and left_out.names(line):
            outcome = LineOutcome.REFUSED
        if outcome in (LineOutcome.NEW, LineOutcome.KNOWN):
            seen.add(line.person_key)
        found[position] = outcome, matches[position]
    return found


def settle(roster: Roster, rows: list[RosterLine], by: Actor, *, on: dt.date) -> dict[int, Settled]:
    """Take over what can be taken over of these lines, and say what came of each."""
    lines = {row.position: line_of(row) for row in rows}
    matches = compare(lines, roster, by, on=on)
    of_key = children_of_keys(roster, {row.key for row in rows})
    known = {one.certain.pk: one.certain for one in matches.values() if one.certain}
    known |= {child.pk: child for child in of_key.values()}
    leave = leave_for(roster, known, by, on=on)
    writer = Writer(roster, known.values(), leave, on)
    past, left_out = Past.of(roster, set(known)), LeftOut.before(roster)
    settled = {}
    for position, line in lines.items():
        settled[position] = _settled(line, matches[position], of_key, writer, left_out)
        settled[position].arrives = settled[position].made.opened and leave.is_newer
        _leave_out(settled[position], past, leave)
    writer.write()
    return settled


@dataclass(frozen=True)
class Past:
    """What the lists of the same source said of children, and what of it a person refused."""

    said: dict[UUID, list[Line]]
    refused: set[tuple[UUID, str, str]]

    @classmethod
    def of(cls, roster: Roster, children: set[UUID]) -> "Past":
        """Return what is known from the lists before this one."""
        asked = RosterQuestion.objects.unscoped("lists of one source, whose Rule was asked")
        left = asked.filter(
            code=DIFFERS,
            answer=RosterAnswer.LEAVE,
            roster__source_id=roster.source_id,
            proposed__in=children,
        )
        refused = {(one.proposed_id, one.field, said_in(one)) for one in left if one.proposed_id}
        return cls(said_last(roster, children), refused)


def _leave_out(settled: Settled, past: Past, leave: Leave) -> None:
    """Ask nothing a second time, and let a line not tell that another's file differs."""
    child, made = settled.child, settled.made
    if child is None or not made.differs:
        return
    new = fresh(made.differs, past.said.get(child.pk, []))
    made.differs = [one for one in new if (child.pk, *one) not in past.refused]
    is_hers = leave.to_fill(child)
    if settled.outcome == LineOutcome.CHANGED and not (made.differs and is_hers):
        settled.outcome = LineOutcome.KNOWN


def questions_of(roster: Roster, row: RosterLine, settled: Settled) -> list[RosterQuestion]:
    """Return what the import itself must ask about a line."""
    asked: list[tuple[str, str, str, Child | None]] = [
        (KNOWN_CHILD, "row", "", child) for child in settled.likely[:1]
    ] + [(DIFFERS, name, said, settled.child) for name, said in settled.made.differs]
    if settled.arrives or settled.left_out:
        asked.append((ARRIVED, "child", "", settled.child))
    return [
        RosterQuestion(
            agency_id=roster.agency_id,
            roster=roster,
            line=row,
            code=code,
            field=name,
            proposed=child,
            asked=json.dumps({"text": said, "variant": "", "values": {}}, ensure_ascii=False),
            answer=RosterAnswer.LEAVE if settled.left_out else "",
        )
        for code, name, said, child in asked
    ]


def children_of_keys(roster: Roster, keys: set[str]) -> dict[str, Child]:
    """Return the files of lines that were settled before, by the key that repeats share."""
    rows = RosterLine.objects.unscoped("lines of the roster, whose Rule was asked").filter(
        roster=roster, key__in=keys, child__isnull=False
    )
    ordered = rows.select_related("child__person").order_by("-position")
    return {row.key: row.child for row in ordered if row.child is not None}


def _outcome(line: Line, match: Match, *, again: bool) -> LineOutcome:
    if waits_whole(line):
        return LineOutcome.DECISION
    if again or match.certain is not None:
        return LineOutcome.KNOWN
    return LineOutcome.DECISION if match.likely else LineOutcome.NEW


def _settled(
    line: Line, match: Match, of_key: dict[str, Child], writer: Writer, left_out: LeftOut
) -> Settled:
    again = of_key.get(line.person_key)
    outcome = _outcome(line, match, again=again is not None)
    if outcome == LineOutcome.DECISION:
        return Settled(outcome, likely=[] if waits_whole(line) else match.likely)
    child = again or match.certain
    if child is None and left_out.names(line):
        return Settled(LineOutcome.REFUSED, left_out=True)
    opened = child is None
    if child is None:
        child = writer.open_file(line)
    of_key[line.person_key] = child
    made = writer.add(line, child)
    made.opened = opened
    if made.differs:
        outcome = LineOutcome.CHANGED
    return Settled(outcome, child, made)


def take_in(roster: Roster, line: Line, child: Child | None, by: Actor, *, on: dt.date) -> Settled:
    """Take over one line after a person has decided whose it is: a file, or a new one."""
    met = {child.pk} if child else set()
    leave = leave_for(roster, met, by, on=on)
    writer = Writer(roster, [child] if child else [], leave, on)
    opened = child is None
    if child is None:
        child = writer.open_file(line)
    made = writer.add(line, child)
    made.opened = opened
    writer.write()
    known = LineOutcome.CHANGED if made.differs else LineOutcome.KNOWN
    settled = Settled(LineOutcome.NEW if opened else known, child, made)
    _leave_out(settled, Past.of(roster, met), leave)
    return settled


def counts(outcomes: Mapping[int, LineOutcome]) -> dict[str, int]:
    """Return how many lines have which outcome."""
    found = dict.fromkeys(("new", "known", "changed", "decision", "refused"), 0)
    for outcome in outcomes.values():
        if outcome:
            found[outcome] += 1
    return found
