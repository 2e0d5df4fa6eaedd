"""Two files say something of the same days: one of them leads, the other fills what it leaves.

A lane is what has one answer at a time: where a child lives, who cares for it, its school. The
leading file's spans stand as written. Those of the other stand for the days on which the
leading one says nothing; what is left of no day is set aside, not deleted. A hidden address
leads whichever file it is on, so that the whole is hidden (R54, R67).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from tonghu.access.models import Duty
from tonghu.kernel.encryption import BlindIndexField
from tonghu.kernel.law import upholds
from tonghu.people.merging.keeping import Kept
from tonghu.people.models import (
    BenefitCheck,
    CareSpan,
    CategorySpan,
    Guardianship,
    HouseholdMember,
    HukouSpan,
    ParentStatusSpan,
    ResidenceSpan,
    SchoolSpan,
)

A_DAY = dt.timedelta(days=1)
LANES: dict[type[Model], tuple[str, ...]] = {
    ResidenceSpan: ("person_id",),
    HukouSpan: ("person_id",),
    CareSpan: ("child_id",),
    SchoolSpan: ("child_id",),
    BenefitCheck: ("child_id", "benefit"),
    CategorySpan: ("child_id", "category"),
    Guardianship: ("child_id", "guardian_id"),
    HouseholdMember: ("person_id", "household_id"),
    ParentStatusSpan: ("parent_id",),
    Duty: ("target_id", "account_id", "kind"),
}
"""Tables with one answer at a time, and the columns that make rows one lane."""

Days = tuple[dt.date, dt.date]


def is_lane(model: type[Model], column: str) -> bool:
    """Tell whether rows that this column points from answer one question at a time."""
    return column in LANES.get(model, ())


@dataclass(frozen=True)
class _Said:
    row: Any
    leads: bool
    is_moving: bool

    @property
    def rank(self) -> tuple[bool, bool, dt.date]:
        hidden = any(getattr(self.row, flag, False) for flag in ("is_hidden", "place_is_hidden"))
        return (not hidden, not self.leads, self.row.from_on)


@upholds("R54", says=_("a hidden address of either file hides the whole"))
def join_lane(
    column: str, moving: list[Any], standing: list[Any], kept: Kept, *, moving_leads: bool
) -> None:
    """Bring the spans of one lane together; ``moving`` go where ``standing`` are.

    What is set aside points at the file that was given up.
    """
    there = getattr(standing[0], column)
    aside = getattr(moving[0], column)
    said = [_Said(row, leads=moving_leads, is_moving=True) for row in moving]
    said += [_Said(row, leads=not moving_leads, is_moving=False) for row in standing]
    blocks: dict[bool, list[Days]] = {True: [], False: []}
    for one in sorted(said, key=lambda each: each.rank):
        left = list(_without(_days(one.row), blocks[not one.is_moving]))
        blocks[one.is_moving] += left
        if not left:
            kept.change(one.row, **{column: aside})
            continue
        for days in left[1:]:
            kept.make(_copy(one.row, days, **{column: there}))
        kept.change(one.row, **{column: there}, **_as_span(left[0]))


def _days(row: Any) -> Days:
    return row.from_on, row.until_on or dt.date.max


def _as_span(days: Days) -> dict[str, dt.date | None]:
    return {"from_on": days[0], "until_on": None if days[1] == dt.date.max else days[1]}


def _without(days: Days, blocks: Iterable[Days]) -> Iterator[Days]:
    """Yield the stretches of the days that no block covers, in time."""
    start, end = days
    for first, last in sorted(blocks):
        if last < start or first > end:
            continue
        if first > start:
            yield start, first - A_DAY
        if last >= end:
            return
        start = last + A_DAY
    yield start, end


def _copy(row: Any, days: Days, **said: Any) -> Any:
    """Return a further stretch of the same thing, as a row of its own."""
    skipped = {row._meta.pk.attname, *said, "from_on", "until_on"}
    same = {
        one.attname: getattr(row, one.attname)
        for one in row._meta.concrete_fields
        if one.attname not in skipped and not isinstance(one, BlindIndexField)
    }
    return type(row)(**same, **said, **_as_span(days))
