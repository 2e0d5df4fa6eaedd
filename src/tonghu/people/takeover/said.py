"""What a line of a roster says, as it is kept sealed and read again."""

import datetime as dt
import json
from typing import Final

from tonghu.people.constants import Precision
from tonghu.people.models import Roster, RosterLine
from tonghu.people.roster.lines import Fields, Line
from tonghu.people.roster.reasons import Reason

OF_THE_ROW: Final = "row"
"""The field of a reason that concerns the whole line: it waits; for others one field does."""
_OTHER_NAMES: Final = {"class": "room"}


def kept(line: Line) -> str:
    """Return a line as it is sealed with its row of the table."""
    data = line.as_json()
    return json.dumps(
        {name: data[name] for name in ("fields", "further", "reasons", "remarks", "proposed")},
        ensure_ascii=False,
    )


def line_of(row: RosterLine) -> Line:
    """Return the line that a row of the table keeps."""
    data = json.loads(row.said)
    fields = {_OTHER_NAMES.get(name, name): text for name, text in data["fields"].items()}
    return Line(
        sheet=row.sheet,
        row=row.row,
        child_no=row.child_no,
        fields=Fields(**fields),
        reasons=[Reason.of_json(one) for one in data["reasons"]],
        further=data["further"],
        remarks=tuple(data["remarks"]),
        person_key=row.key,
        proposed=tuple(data["proposed"]),
    )


def rows_of(roster: Roster, lines: list[Line]) -> list[RosterLine]:
    """Return the rows in which the lines of a roster are kept."""
    return [
        RosterLine(
            agency_id=roster.agency_id,
            roster=roster,
            position=position,
            sheet=line.sheet[:80],
            row=line.row,
            child_no=line.child_no,
            key=line.person_key,
            said=kept(line),
        )
        for position, line in enumerate(lines)
    ]


def waits_whole(line: Line) -> bool:
    """Tell whether nothing of the line may be taken over before a person has looked."""
    asked = any(one.field == OF_THE_ROW and one.code != "DUP_IN_ROSTER" for one in line.reasons)
    return asked or bool(line.proposed) or not line.fields.name


def born(text: str) -> tuple[dt.date | None, str]:
    """Return a birth date and how exactly it is known: ``2015-03-02``, ``2015-03``, ``2015``."""
    parts = [int(part) for part in text.split("-")] if text else []
    if not parts:
        return None, ""
    precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]
    year, month, day = [*parts, 1, 1][:3]
    return dt.date(year, month, day), precision


def birth_text(day: dt.date | None, precision: str) -> str:
    """Return a kept birth date as far as it is known."""
    if day is None:
        return ""
    length = {Precision.MONTH: 7, Precision.DAY: 10}.get(Precision(precision), 4)
    return day.isoformat()[:length]
