"""The few marks that both drawings are made of; every word goes through :func:`text`."""

import math
from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

INK, GREY, PAPER = "#1f2a2a", "#5c6663", "#fffdf8"
BRAND, BLUE, RUST, STONE = "#0f766e", "#2563a8", "#b4421f", "#78716c"
WIDE, NARROW = 400, 326
LETTERS = 12.5
FULL = "\u2e7f"
"""Characters behind this one are as broad as they are tall."""

Point = tuple[float, float]


def picture(parts: Sequence[str], *, says: str, size: Point, css: str = "chart") -> SafeString:
    """Wrap marks in a drawing that a screen reader hears as one sentence."""
    box = f"0 0 {size[0]:.0f} {size[1]:.0f}"
    return mark_safe(  # noqa: S308 -- every text went through escape
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" class="{css}" role="img" '
        f'font-family="Noto Sans SC, sans-serif" aria-label="{escape(says)}">'
        f"{''.join(parts)}</svg>"
    )


def text(at: Point, words: str, *, anchor: str = "middle", bold: bool = False) -> str:
    """Write escaped words."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" font-size="{LETTERS}" text-anchor="{anchor}" '
        f'fill="{INK}"{weight}>{escape(words)}</text>'
    )


def lines_of_text(at: Point, rows: Sequence[str], *, bold: bool = False) -> list[str]:
    """Write rows under each other, the first at the place."""
    return [text((at[0], at[1] + 15 * i), row, bold=bold) for i, row in enumerate(rows)]


def path(d: str, *, stroke: str = INK, width: float = 1.5, dash: str = "") -> str:
    """Draw a line without a fill."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width}"{dashes}/>'


def zigzag(begin: Point, end: Point, *, teeth: int = 9) -> str:
    """Return the path of a tense tie: a line that jumps from side to side."""
    length = math.dist(begin, end) or 1.0
    dx, dy = (end[0] - begin[0]) / teeth, (end[1] - begin[1]) / teeth
    nx, ny = -(end[1] - begin[1]) / length * 5, (end[0] - begin[0]) / length * 5
    points = [f"M{begin[0]:.1f} {begin[1]:.1f}"]
    for i in range(1, teeth):
        side = 1 if i % 2 else -1
        points.append(f"L{begin[0] + dx * i + nx * side:.1f} {begin[1] + dy * i + ny * side:.1f}")
    return " ".join(points) + f" L{end[0]:.1f} {end[1]:.1f}"


def arrowhead(at: Point, angle: float, fill: str, *, size: float = 8) -> str:
    """Draw the tip of an arrow that points along an angle."""
    corners = [at] + [
        (at[0] - size * math.cos(angle + turn), at[1] - size * math.sin(angle + turn))
        for turn in (0.45, -0.45)
    ]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return f'<polygon points="{points}" fill="{fill}"/>'


def breadth(words: str) -> float:
    """Guess how broad words are: a Chinese character is a square, a Latin one about half."""
    return sum(LETTERS if one > FULL else LETTERS * 0.56 for one in words)


def rows_of(words: str, room: float, *, most: int = 2) -> list[str]:
    """Break words into rows that fit; what still does not fit ends in an ellipsis."""
    pieces = words.split(" ") if words.isascii() else list(words)
    gap = " " if words.isascii() else ""
    rows = [""]
    for piece in pieces:
        tried = f"{rows[-1]}{gap if rows[-1] else ''}{piece}"
        if breadth(tried) <= room or not rows[-1]:
            rows[-1] = tried
        else:
            rows.append(piece)
    if len(rows) > most:
        rows = [*rows[: most - 1], rows[most - 1] + "…"]
    return [_cut(row, room) for row in rows]


def _cut(row: str, room: float) -> str:
    while breadth(row) > room + LETTERS and len(row) > 1:
        row = row.rstrip("…")[:-1] + "…"
    return row
