"""Shape kind and box → its outline as curves or polygon, the room for text, and where arrows meet it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import sqrt
from typing import Literal

from archkit.drawing import Box, Point, ShapeKind
from archkit.outline_kinds import INSETS, KINDS, Outline, Path

Side = Literal["left", "right", "top", "bottom"]
FLATTENING = 12
"""Straight pieces for one Bézier piece: off by under 0.1 px on the largest bend drawn here."""


def outline(kind: ShapeKind, box: Box, radius: float = 6.0) -> Outline:
    """Return the curves of a shape.

    Args:
        kind: Which shape.
        box: Its bounding box.
        radius: Corner radius where the kind has rounded corners.
    """
    return KINDS[kind](box, radius)


def polygons(kind: ShapeKind, box: Box, radius: float = 6.0) -> tuple[tuple[Point, ...], ...]:
    """Return closed polygons that follow the pieces of an outline to about 0.1 px.

    Args:
        kind: Of the outline.
        box: That it fills, in pixels.
        radius: Of rounded corners, in pixels.
    """
    at_origin = _polygons(kind, box.width, box.height, radius)
    return tuple(tuple((x + box.x, y + box.y) for x, y in corners) for corners in at_origin)


@lru_cache(maxsize=1 << 12)
def _polygons(kind: ShapeKind, width: float, height: float, radius: float) -> tuple[tuple[Point, ...], ...]:
    return tuple(tuple(_flat(piece)) for piece in outline(kind, Box(0, 0, width, height), radius).pieces)


def _flat(path: Path) -> Iterator[Point]:
    at = path.start
    yield at
    for step in path.steps:
        if len(step) == 3:
            a, b, end = step
            for n in range(1, FLATTENING):
                t = n / FLATTENING
                u = 1 - t
                p, q, r, s = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
                yield p * at[0] + q * a[0] + r * b[0] + s * end[0], p * at[1] + q * a[1] + r * b[1] + s * end[1]
        at = step[-1]
        yield at


def border_point(kind: ShapeKind, box: Box, side: Side, offset: float = 0.5, radius: float = 6.0) -> Point:
    """Return where a horizontal or vertical arrow that comes from one side meets the real outline.

    An arrow that would pass beside the outline, at the round corners of a circle or a cloud, ends on the box.

    Args:
        kind: Which shape.
        box: Its bounding box.
        side: Where the arrow comes from.
        offset: How far along that side: 0 is its upper or left end, 1 the other end.
        radius: Corner radius where the kind has rounded corners.
    """
    vertical = side in ("top", "bottom")
    across = offset * (box.width if vertical else box.height)
    best = max if side in ("right", "bottom") else min
    along = best(
        (
            value
            for corners in _polygons(kind, box.width, box.height, radius)
            for value in _meetings(corners, across, 1 if vertical else 0)
        ),
        default={"left": 0.0, "top": 0.0, "right": box.width, "bottom": box.height}[side],
    )
    return (box.x + across, box.y + along) if vertical else (box.x + along, box.y + across)


def _meetings(corners: tuple[Point, ...], across: float, axis: int) -> Iterator[float]:
    """Yield the coordinates on an axis where a polygon's sides meet the line with a fixed other coordinate."""
    other = 1 - axis
    before = corners[-1]
    for corner in corners:
        low, high = before[other], corner[other]
        if min(low, high) <= across <= max(low, high):
            if low == high:
                yield before[axis]
                yield corner[axis]
            else:
                share = (across - low) / (high - low)
                yield before[axis] + share * (corner[axis] - before[axis])
        before = corner


def safe_area(kind: ShapeKind, box: Box, radius: float = 6.0) -> Box:
    """Return the rectangle in which a text is wholly inside the outline and clear of what is drawn in it.

    It touches the outline; a text keeps its own distance from it.

    Args:
        kind: Of the outline.
        box: That it fills, in pixels.
        radius: Of rounded corners, in pixels.
    """
    left, top, right, bottom = INSETS[kind](box.width, box.height, radius)
    return Box(box.x + left, box.y + top, max(0.0, box.width - left - right), max(0.0, box.height - top - bottom))


def outer_size(kind: ShapeKind, width: float, height: float, radius: float = 6.0) -> tuple[float, float]:
    """Return width and height of the smallest box whose safe area has at least the given size.

    Args:
        kind: Of the outline.
        width: Of the safe area, in pixels.
        height: Of the safe area, in pixels.
        radius: Of rounded corners, in pixels.
    """
    if kind == "circle":
        side = max(width, height) * sqrt(2)
        return side, side
    outer_width, outer_height = width, height
    for _ in range(60):
        safe = safe_area(kind, Box(0, 0, outer_width, outer_height), radius)
        if safe.width >= width - 0.01 and safe.height >= height - 0.01:
            break
        outer_width += max(0.0, width - safe.width)
        outer_height += max(0.0, height - safe.height)
    return outer_width, outer_height
