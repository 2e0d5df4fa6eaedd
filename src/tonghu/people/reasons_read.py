"""The reasons of a week as a page says them: by the number of the file, not by a name (R65)."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from tonghu.access import digest
from tonghu.access.actors import Actor
from tonghu.access.models import Notice, Reason
from tonghu.kernel.clock import day
from tonghu.people.models import Child
from tonghu.people.numbers import shown
from tonghu.people.policy import FILE


@dataclass(frozen=True)
class Line:
    """One reason, and the number of the file it opened; none for what is no child's file."""

    reason: Reason
    number: str


@dataclass(frozen=True)
class Week:
    """The reasons of one week that somebody answers for, and the weeks beside it."""

    monday: dt.date
    sunday: dt.date
    before: dt.date
    after: dt.date | None
    lines: list[Line]
    notice: Notice | None


def week_for(by: Actor, monday: dt.date | None, *, at: dt.datetime) -> Week:
    """Return the reasons of the week of a day, or of the past one; a coming week is this one."""
    this = digest.monday_of(day(at))
    first = min(digest.monday_of(monday), this) if monday else this - digest.WEEK
    found = list(digest.reasons_of(by, first, on=day(at)))
    numbers = _numbers([one.target_id for one in found if one.target_kind == FILE])
    return Week(
        monday=first,
        sunday=first + dt.timedelta(days=6),
        before=first - digest.WEEK,
        after=first + digest.WEEK if first < this else None,
        lines=[Line(one, numbers.get(one.target_id, "")) for one in found],
        notice=digest.notice_of_digest(by),
    )


def _numbers(files: list[UUID]) -> dict[UUID, str]:
    rows = Child.objects.unscoped("the numbers of files; the reasons' Rule was asked above")
    return {
        pk: shown(number) for pk, number in rows.filter(pk__in=files).values_list("pk", "number")
    }
