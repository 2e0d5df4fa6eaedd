"""A family drawn by the usual signs: square man, round woman, filled the child we serve.

Three rows, the grandparents on top. Who is needed to hold the lines together but is not on
record (a father between a grandmother and her grandchild) is drawn without a name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from tonghu.casework.drawings import marks
from tonghu.casework.drawings.marks import BRAND, GREY, INK, NARROW, WIDE, Point

HALF, ROW, TOP, FOOT = 13, 98, 34, 62
STEP = 64.0


@dataclass(frozen=True)
class Member:
    """Somebody in the family, in a row (0 the eldest) and a column of the drawing."""

    key: str
    name: str
    sex: str
    row: int
    column: float
    is_served: bool = False
    is_away: bool = False
    is_dead: bool = False
    at_home: bool = False


@dataclass(frozen=True)
class Tree:
    """A family: its members, its couples, and who is whose child."""

    members: list[Member]
    couples: list[tuple[str, str]] = field(default_factory=list)
    children: list[tuple[tuple[str, ...], str]] = field(default_factory=list)


def genogram(tree: Tree, *, says: str, width: int = WIDE) -> SafeString:
    """Draw a family for a page of a width; letters keep their size."""
    first = min(one.column for one in tree.members)
    across = max(one.column for one in tree.members) - first
    rows = {one.row for one in tree.members}
    step = min(STEP, (width - 2 * 36) / max(across, 1.0))
    left = (width - across * step) / 2 - first * step
    top = TOP - min(rows) * ROW
    at = {one.key: (left + one.column * step, float(top + one.row * ROW)) for one in tree.members}
    parts = list(_lines(tree, at))
    alone = {parents[0] for parents, _child in tree.children if len(parents) == 1}
    for one in tree.members:
        room = max(step * 0.96, 34)
        parts += _member(one, at[one.key], room=room, beside=one.key in alone)
    height = TOP + (max(rows) - min(rows)) * ROW + FOOT
    return marks.picture(parts, says=says, size=(width, height))


def small(tree: Tree, centre: Point, room: float) -> list[str]:
    """Return the family without names, to stand in the middle of another drawing."""
    columns = [one.column for one in tree.members]
    rows = [one.row for one in tree.members]
    across = max(max(columns) - min(columns), 1.0)
    down = max(max(rows) - min(rows), 1)
    step, drop = min(34.0, room / across), min(40.0, room / down)
    scale = 0.55
    left = centre[0] - (max(columns) + min(columns)) / 2 * step
    top = centre[1] - (max(rows) + min(rows)) / 2 * drop
    at = {one.key: (left + one.column * step, top + one.row * drop) for one in tree.members}
    parts = list(_lines(tree, at, half=HALF * scale, drop=drop))
    for one in tree.members:
        parts.append(_sign(one, at[one.key], HALF * scale))
    return parts


def _lines(
    tree: Tree, at: dict[str, Point], half: float = HALF, drop: float = ROW
) -> Iterator[str]:
    for one, other in tree.couples:
        (x1, y), (x2, _) = sorted([at[one], at[other]])
        yield marks.path(f"M{x1 + half:.1f} {y:.1f}H{x2 - half:.1f}")
    begun = set()
    for parents, child in tree.children:
        x = sum(at[key][0] for key in parents) / len(parents)
        y = at[parents[0]][1] + (0 if len(parents) > 1 else half)
        x2, y2 = at[child]
        turn = y2 - drop * 0.3
        trunk = f"M{x:.1f} {turn:.1f}" if parents in begun else f"M{x:.1f} {y:.1f}V{turn:.1f}"
        begun.add(parents)
        yield marks.path(f"{trunk}H{x2:.1f}V{y2 - half:.1f}")


def _member(one: Member, at: Point, *, room: float, beside: bool) -> Iterator[str]:
    """Yield ring, sign and name; the name stands beside where a line of descent runs below."""
    x, y = at
    if one.at_home:
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{HALF + 7}" fill="none" stroke="{GREY}" '
            'stroke-dasharray="2 4"/>'
        )
    yield _sign(one, at, HALF)
    if beside:
        yield marks.text((x + HALF + 11, y + 4.5), one.name, anchor="start")
        return
    rows = [row for line in one.name.split("\n") for row in marks.rows_of(line, room)]
    yield from marks.lines_of_text((x, y + HALF + 20), rows, bold=one.is_served)


def _sign(one: Member, at: Point, half: float) -> str:
    (x, y), fill = at, BRAND if one.is_served else "#fff"
    look = f'fill="{fill}" stroke="{INK}" stroke-width="1.5"'
    look += ' stroke-dasharray="3 2"' if one.is_away else ""
    if one.sex == "M":
        corner, side = f'x="{x - half:.1f}" y="{y - half:.1f}"', 2 * half
        sign = f'<rect {corner} width="{side}" height="{side}" {look}/>'
    elif one.sex == "F":
        sign = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{half}" {look}/>'
    else:
        corners = f"M{x:.1f} {y - half:.1f}l{half} {half}l{-half} {half}l{-half} {-half}Z"
        sign = f'<path d="{corners}" {look}/>'
    if one.is_dead:
        arm = half * 0.7
        cross = f"M{x - arm:.1f} {y - arm:.1f}l{2 * arm:.1f} {2 * arm:.1f}"
        cross += f"M{x + arm:.1f} {y - arm:.1f}l{-2 * arm:.1f} {2 * arm:.1f}"
        return sign + marks.path(cross)
    return sign


__all__ = ["NARROW", "WIDE", "Member", "Tree", "genogram", "small"]
