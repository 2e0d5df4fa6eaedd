"""The child's family in the middle, everybody else around it, the ties between."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from tonghu.casework.drawings import marks
from tonghu.casework.drawings.genogram import Tree, small
from tonghu.casework.drawings.marks import BLUE, BRAND, INK, NARROW, PAPER, RUST, STONE, WIDE, Point

RX, RY = 47, 23
LOOKS = {  # stroke, width, dash, fill
    "STRONG": (BRAND, 4.0, "", "#e3f1ee"),
    "NORMAL": (BRAND, 2.0, "", "#fff"),
    "WEAK": (STONE, 1.5, "2 5", "#fff"),
    "TENSE": (RUST, 1.6, "", "#fbeae3"),
    "BROKEN": (STONE, 1.2, "9 7", "#f1efe8"),
    "NEW": (BLUE, 2.0, "8 4", "#e6eff8"),
}


@dataclass(frozen=True)
class Spoke:
    """Somebody outside the household: the name, how the tie is drawn, who helps whom."""

    name: str
    look: str
    flow: str


def ecomap(spokes: Sequence[Spoke], tree: Tree, *, says: str, width: int = WIDE) -> SafeString:
    """Draw the map for a page of a width; letters keep their size."""
    radius = 68 if width >= WIDE else 56
    reach = (width / 2 - RX - 2, 158.0 if width >= WIDE else 166.0)
    centre = (width / 2, reach[1] + RY + 6)
    parts: list[str] = []
    for i, spoke in enumerate(spokes):
        angle = -math.pi / 2 + 2 * math.pi * (i + 0.5) / len(spokes)
        at = (centre[0] + reach[0] * math.cos(angle), centre[1] + reach[1] * math.sin(angle))
        parts += _spoke(spoke, at, centre, radius)
    parts.append(
        f'<circle cx="{centre[0]:.1f}" cy="{centre[1]:.1f}" r="{radius}" fill="{PAPER}" '
        f'stroke="{INK}" stroke-width="1.6"/>'
    )
    parts += small(tree, centre, radius * 1.25)
    return marks.picture(parts, says=says, size=(width, 2 * centre[1]))


def _spoke(spoke: Spoke, at: Point, centre: Point, radius: float) -> list[str]:
    stroke, width, dash, fill = LOOKS[spoke.look]
    towards = math.atan2(at[1] - centre[1], at[0] - centre[0])
    ux, uy = math.cos(towards), math.sin(towards)
    inside = 1 / math.sqrt((ux / (RX + 3)) ** 2 + (uy / (RY + 3)) ** 2)
    near = (centre[0] + ux * (radius + 3), centre[1] + uy * (radius + 3))
    far = (at[0] - ux * inside, at[1] - uy * inside)
    straight = f"M{near[0]:.1f} {near[1]:.1f}L{far[0]:.1f} {far[1]:.1f}"
    line = marks.zigzag(near, far) if spoke.look == "TENSE" else straight
    parts = [marks.path(line, stroke=stroke, width=width, dash=dash)]
    if spoke.flow in ("in", "both"):
        parts.append(marks.arrowhead(near, towards + math.pi, stroke))
    if spoke.flow in ("out", "both"):
        parts.append(marks.arrowhead(far, towards, stroke))
    parts.append(
        f'<ellipse cx="{at[0]:.1f}" cy="{at[1]:.1f}" rx="{RX}" ry="{RY}" fill="{fill}" '
        f'stroke="{stroke}" stroke-width="1.4"/>'
    )
    rows = marks.rows_of(spoke.name, 2 * RX - 16)
    first = at[1] + 4.5 - (len(rows) - 1) * 7.5
    return parts + marks.lines_of_text((at[0], first), rows)


__all__ = ["LOOKS", "NARROW", "WIDE", "Spoke", "ecomap"]
