"""Lines, curves and arrow heads → SVG path data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import hypot

from archkit.drawing import HeadKind, Line, Point
from archkit.outline_kinds import Path, Step

# A quarter circle's Bézier handles end at this share of the way to the corner: 4/3 · (√2 − 1).
_ROUND = 0.5523

DOT_RADIUS = 2.75
_DOTS = 2.0  # pixels; strokes that are no longer are dots
_NOTCH = 0.8  # a filled head is swept back: its middle ends at this share of its length


@lru_cache(maxsize=1 << 14)  # the same few coordinates come again and again
def number(value: float) -> str:
    """Return a number with at most two decimals in its shortest form, never ``-0`` and never with an exponent.

    Raises:
        ValueError: It is not finite, a mistake in a layout.
        OverflowError: It is infinite, a mistake in a layout.
    """
    short = round(value, 2)
    whole = int(short)
    return str(whole) if whole == short else repr(short)


def rhythm(dash: Sequence[float]) -> str:
    """Return what other programs call a line of such strokes and gaps: ``solid``, ``dotted`` or ``dashed``."""
    return "solid" if not dash else "dotted" if dash[0] <= _DOTS else "dashed"


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def path_data(path: Path) -> str:
    """Return the ``d`` of a path of straight and curved pieces."""
    data = ["M", _pair(path.start)]
    for step in path.steps:
        data.append("L" if len(step) == 1 else "C")
        data.append(" ".join(map(_pair, step)))
    if path.closed:
        data.append("Z")
    return "".join(data)


def polygon_data(points: Sequence[Point]) -> str:
    """Return the ``d`` of a closed polygon."""
    return f"M{'L'.join(map(_pair, points))}Z"


def polygon_path(points: Sequence[Point]) -> Path:
    """Return a closed polygon as a path."""
    return Path(points[0], tuple((point,) for point in points[1:]))


def line_path(line: Line, length: float) -> Path:
    """Return a line without its heads, shortened so that it ends inside them.

    Args:
        line: The line.
        length: Of a head, in pixels.
    """
    points = list(line.points)
    points[0] = _towards(points[0], points[1], _trim(line.tail, length))
    points[-1] = _towards(points[-1], points[-2], _trim(line.head, length))
    return _smooth(points) if line.smooth and len(points) > 2 else _cornered(points, line.corner)


def _trim(head: HeadKind, length: float) -> float:
    """Return how far before its end a line stops, so that its blunt end does not show beside the tip."""
    return {"arrow": length * _NOTCH, "open": length * 0.2, "dot": 0.0, "none": 0.0}[head]


def _towards(start: Point, end: Point, way: float) -> Point:
    """Return the point ``way`` pixels from start to end, but short of the end."""
    whole = hypot(end[0] - start[0], end[1] - start[1])
    share = min(way, whole * 0.95) / whole if way else 0.0
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _cornered(points: list[Point], radius: float) -> Path:
    steps: list[Step] = []
    last = len(points) - 2
    for n in range(1, len(points) - 1):
        before, corner, after = points[n - 1], points[n], points[n + 1]
        # A piece between two corners gives each of them half of its length.
        back = hypot(corner[0] - before[0], corner[1] - before[1]) / (1 if n == 1 else 2)
        on = hypot(after[0] - corner[0], after[1] - corner[1]) / (1 if n == last else 2)
        way = min(radius, back, on)
        if way < 0.05:
            steps.append((corner,))
            continue
        start, end = _towards_exactly(corner, before, way), _towards_exactly(corner, after, way)
        steps += (start,), (_between(start, corner), _between(end, corner), end)
    return Path(points[0], (*steps, (points[-1],)), False)


def _towards_exactly(start: Point, end: Point, way: float) -> Point:
    share = way / hypot(end[0] - start[0], end[1] - start[1])
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _between(start: Point, corner: Point) -> Point:
    return start[0] + (corner[0] - start[0]) * _ROUND, start[1] + (corner[1] - start[1]) * _ROUND


def _smooth(points: list[Point]) -> Path:
    """Catmull–Rom through all points, the ends repeated; Bézier handles at a sixth of the neighbours' distance."""
    steps: list[Step] = []
    padded = [points[0], *points, points[-1]]
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        first = start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6
        second = end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6
        steps.append((first, second, end))
    return Path(points[0], tuple(steps), False)


def arrow_points(tip: Point, before: Point, length: float, width: float) -> tuple[Point, ...]:
    """Return the corners of a filled head whose tip is a point and that comes from another, the tip first.

    Args:
        tip: Where it points.
        before: Where it comes from.
        length: Of the head, in pixels.
        width: Of the head, in pixels.
    """
    along, across = _frame(tip, before)
    corners = ((0.0, 0.0), (length, width / 2), (length * _NOTCH, 0.0), (length, -width / 2))
    return tuple(_at(tip, along, across, a, b) for a, b in corners)


def open_points(tip: Point, before: Point, length: float, width: float, stroke: float) -> tuple[Point, ...]:
    """Return the ends and the middle of a head of two strokes with round ends, whose outer edge touches the tip.

    Args:
        tip: Where it points.
        before: Where it comes from.
        length: Of the head, in pixels.
        width: Of the head, in pixels.
        stroke: Width of its strokes, in pixels.
    """
    along, across = _frame(tip, before)
    corners = ((length, width / 2), (stroke / 2, 0.0), (length, -width / 2))
    return tuple(_at(tip, along, across, a, b) for a, b in corners)


def _frame(tip: Point, before: Point) -> tuple[Point, Point]:
    """Return the unit vectors back along the line and across it."""
    dx, dy = before[0] - tip[0], before[1] - tip[1]
    size = hypot(dx, dy)
    return (dx / size, dy / size), (-dy / size, dx / size)


def _at(tip: Point, along: Point, across: Point, a: float, b: float) -> Point:
    return tip[0] + along[0] * a + across[0] * b, tip[1] + along[1] * a + across[1] * b
