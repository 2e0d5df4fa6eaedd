"""What held when, drawn: one lane for each question, bars over the years, no script.

Drawn at two widths, so that letters keep their size on a phone; the page shows one of them. The
same words stand in a table beside the drawing.
"""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from django.utils.safestring import SafeString, mark_safe

WIDE, NARROW = 860, 326
LABELS = 86
TALL, TOP, FOOT, HEAD = 46, 8, 26, 18
LETTERS = 13
ROOM_OF_A_YEAR = 54
INK, GREY, GRID = "#1f2a2a", "#5a6461", "#e4e1d8"
LOOKS = {  # fill, edge, letters
    "good": ("#e3f1ee", "#0f766e", "#0b5a54"),
    "plain": ("#f1efe8", "#b9b4a6", INK),
    "worry": ("#fbf0d9", "#b58a1a", "#6b4600"),
    "alarm": ("#fbe9e7", "#b3261e", "#8c1d16"),
}
A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Bar:
    """Something that held from a day to another, or still holds."""

    name: str
    from_on: dt.date
    until_on: dt.date | None
    look: str = "plain"


@dataclass(frozen=True)
class Lane:
    """One question and what answered it over the years."""

    name: str
    bars: Sequence[Bar]


def drawn(lanes: Sequence[Lane], *, today: dt.date, says: str, now: str) -> SafeString:
    """Return the drawing for a wide page and for a phone; ``now`` is the word for today.

    A name that does not fit into its bar is left to the table beside it.
    """
    held = [Lane(lane.name, list(joined(lane.bars))) for lane in lanes]
    pictures = [_picture(held, today, width, says, now) for width in (WIDE, NARROW)]
    return mark_safe(  # noqa: S308 -- every text went through escape
        f'<div class="only-l">{pictures[0]}</div><div class="only-s">{pictures[1]}</div>'
    )


def joined(bars: Sequence[Bar]) -> Iterator[Bar]:
    """Yield the bars in time; what goes on without a gap under the same name is one."""
    last: Bar | None = None
    for bar in sorted(bars, key=lambda one: one.from_on):
        if last and _goes_on(last, bar):
            last = replace(last, until_on=bar.until_on)
            continue
        if last:
            yield last
        last = bar
    if last:
        yield last


def _goes_on(last: Bar, bar: Bar) -> bool:
    if (last.name, last.look) != (bar.name, bar.look):
        return False
    return last.until_on is None or bar.from_on <= last.until_on + A_DAY


def _picture(lanes: Sequence[Lane], today: dt.date, width: int, says: str, now: str) -> str:
    left = LABELS if width == WIDE else 0
    head = 0 if left else HEAD  # on a phone the lane's name stands above its bars
    scale = _Scale(left, width, _first_year(lanes, today), today)
    bottom = TOP + (TALL + head) * len(lanes)
    parts = list(_years(scale, bottom))
    for number, lane in enumerate(lanes):
        y = TOP + number * (TALL + head)
        parts.append(_text(0, y + (27 if left else 14), lane.name, fill=GREY))
        for bar in lane.bars:
            parts += _bar(bar, scale.x(bar.from_on), scale.x(bar.until_on or today), y + head + 7)
    parts.append(_upright(scale.x(today), bottom, INK, 1.5))
    parts.append(_text(scale.x(today), bottom + 17, now, anchor="end", size=12, bold=True))
    return (
        f'<svg viewBox="0 0 {width} {bottom + FOOT}" class="chart" role="img" '
        f'aria-label="{escape(says)}">{"".join(parts)}</svg>'
    )


@dataclass(frozen=True)
class _Scale:
    left: int
    width: int
    first: int
    today: dt.date

    def x(self, on: dt.date) -> float:
        """Return where a day stands; what begins after today stands at its line."""
        on = min(on, self.today)
        year = on.year + (on.timetuple().tm_yday - 1) / 366
        share = (year - self.first) / (self.today.year + 1 - self.first)
        return self.left + (self.width - self.left - 8) * max(share, 0.0)

    @property
    def step(self) -> int:
        """Return how many years lie between two that are written, so that they have room."""
        years = self.today.year + 1 - self.first
        room = (self.width - self.left) / years
        return math.ceil(ROOM_OF_A_YEAR / room)


def _first_year(lanes: Sequence[Lane], today: dt.date) -> int:
    begun = [bar.from_on.year for lane in lanes for bar in lane.bars]
    return min([*begun, today.year])


def _years(scale: _Scale, bottom: int) -> Iterator[str]:
    here = scale.x(scale.today)
    for year in range(scale.first, scale.today.year + 1, scale.step):
        x = scale.x(dt.date(year, 1, 1))
        yield _upright(x, bottom, GRID, 1)
        if here - x > ROOM_OF_A_YEAR:
            yield _text(x, bottom + 17, str(year), size=12, fill=GREY)


def _bar(bar: Bar, start: float, end: float, y: float) -> Iterator[str]:
    fill, edge, letters = LOOKS[bar.look]
    yield (
        f'<rect x="{start + 1:.1f}" y="{y}" width="{max(end - start - 2, 3):.1f}" height="30" '
        f'rx="4" fill="{fill}" stroke="{edge}"/>'
    )
    if _breadth(bar.name) + 12 < end - start:
        yield _text(start + 8, y + 20, bar.name, fill=letters)


def _upright(x: float, bottom: int, stroke: str, width: float) -> str:
    return f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="{stroke}" stroke-width="{width}"/>'


def _text(
    x: float,
    y: float,
    words: str,
    *,
    fill: str = INK,
    anchor: str = "start",
    size: int = LETTERS,
    bold: bool = False,
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
        f'fill="{fill}"{weight}>{escape(words)}</text>'
    )


def _breadth(words: str) -> float:
    """Guess how wide words are: a Chinese character is a square, a Latin one about half."""
    return sum(LETTERS if sign > "\u2e7f" else LETTERS * 0.58 for sign in words)
