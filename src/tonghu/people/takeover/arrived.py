"""Children that a person left out of a newer list: the next list of the source asks no more."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tonghu.people.constants import LineOutcome, RosterAnswer
from tonghu.people.models import Roster, RosterLine, RosterQuestion
from tonghu.people.roster.doubles import Seen, is_certain, seen_in
from tonghu.people.roster.lines import Line
from tonghu.people.takeover.answers import ARRIVED
from tonghu.people.takeover.said import line_of


@dataclass(frozen=True)
class LeftOut:
    """Whom a person refused on the lists of one source, as these lists tell of them."""

    by_name: dict[str, list[Seen]]

    @classmethod
    def before(cls, roster: Roster) -> "LeftOut":
        """Return whom a person left out of the earlier lists of this source and of this one."""
        if roster.source_id is None:
            return cls({})
        asked = RosterQuestion.objects.unscoped("lists of one source, whose Rule was asked")
        left = asked.filter(
            code=ARRIVED, answer=RosterAnswer.LEAVE, roster__source_id=roster.source_id
        )
        lines = RosterLine.objects.unscoped("lists of one source, whose Rule was asked")
        return cls.of(line_of(row) for row in lines.filter(pk__in=left.values("line")))

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "LeftOut":
        """Return whom these lines name."""
        found: dict[str, list[Seen]] = defaultdict(list)
        for line in lines:
            seen = seen_in(line, "")
            found[seen.name].append(seen)
        return cls(found)

    def names(self, line: Line) -> bool:
        """Tell whether a line is for certain a child that was left out.

        Certain as between two lines, or told in the same words and by more than the name.
        """
        seen = seen_in(line, "")
        return any(
            is_certain(seen, one) or (any(told := _told(seen)) and told == _told(one))
            for one in self.by_name.get(seen.name, ())
            if seen.sex == one.sex
        )


def _told(seen: Seen) -> tuple[str, ...]:
    return seen.dob, seen.identity, seen.guardian


def repeats_of(row: RosterLine) -> list[RosterLine]:
    """Return the other lines of the list that were left out with this one, being the same child.

    A line that a person left out for itself stays left out.
    """
    rows = RosterLine.objects.unscoped("lines of a roster whose Rule was asked")
    same = rows.filter(roster=row.roster_id, key=row.key, outcome=LineOutcome.REFUSED)
    asked = RosterQuestion.objects.unscoped("questions of a roster whose Rule was asked")
    alone = asked.filter(line__in=same, answer=RosterAnswer.LEAVE, field="row")
    return list(same.exclude(pk=row.pk).exclude(pk__in=alone.values("line")).order_by("position"))
