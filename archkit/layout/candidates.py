"""A label that looks for a place → all places that it might take, with what each costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, fsum, hypot, pi, sin
from typing import NamedTuple

from archkit.drawing import Box, Point
from archkit.geometry import bounds, inside_polygon, polyline_length

_RINGS = (3.0, 6.5, 15.0, 26.0, 40.0, 58.0, 80.0, 110.0)
_FAR = (150.0, 200.0, 260.0, 330.0)  # for labels that find no room otherwise
_OFFS = (4.0, 8.0, 13.0, 19.0, 26.0, 34.0, 44.0, 56.0)  # pixels from a point of it; a slanted one takes more
_STEPS = 24  # places along a curve
_DIRECTIONS = 16
_GRID = 15  # places across and down that are tried inside a region


class Want(NamedTuple):
    """A label that looks for a place.

    Attributes:
        anchor: The box of what it belongs to.
        width: Of the label.
        height: Of the label.
        inside: Corners of a region that it should stand in; empty for none.
        path: Points of a curve or arrow that it should stand beside; empty for none.
        border: Corners of a region at whose border it should stand; empty for none.
        urgent: Whether its leader may pass through anything, because there is no other way.
    """

    anchor: Box
    width: float
    height: float
    inside: tuple[Point, ...] = ()
    path: tuple[Point, ...] = ()
    border: tuple[Point, ...] = ()
    urgent: bool = False


def holds(region: tuple[Point, ...], box: Box) -> bool:
    """Return whether all corners of a box lie inside a region."""
    corners = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))
    return all(inside_polygon(corner, region) for corner in corners)


def middle(corners: Sequence[Point]) -> Point:
    """Return the centre of gravity of a polygon; of its corners where it has no area."""
    area = x = y = 0.0
    for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
        cross = ax * by - bx * ay
        area += cross
        x += (ax + bx) * cross
        y += (ay + by) * cross
    if abs(area) < 1e-9:
        return fsum(p[0] for p in corners) / len(corners), fsum(p[1] for p in corners) / len(corners)
    return x / (3 * area), y / (3 * area)


def candidates(want: Want) -> Iterator[tuple[Box, float]]:
    """Yield places with their prices, in no order."""
    if want.path:
        yield from _along(want)
        return
    if want.inside:
        yield from _within(want)
    yield from _around(want)


def _along(want: Want) -> Iterator[tuple[Box, float]]:
    total = polyline_length(want.path)
    for step in range(2, _STEPS - 1):
        at = step / _STEPS
        x, y = _point(want.path, at * total)
        for ring in _OFFS:
            for number in range(_DIRECTIONS):
                box = _beside(Box(x, y, 0.0, 0.0), want, 2 * pi * number / _DIRECTIONS, ring)
                yield box, abs(at - 0.5) * 30 + ring / 4


def _point(path: Sequence[Point], way: float) -> Point:
    """Return the point that lies a length along a path."""
    for a, b in pairwise(path):
        length = hypot(b[0] - a[0], b[1] - a[1])
        if length and way <= length:
            return a[0] + (b[0] - a[0]) * way / length, a[1] + (b[1] - a[1]) * way / length
        way -= length
    return path[-1]


def _within(want: Want) -> Iterator[tuple[Box, float]]:
    center = middle(want.inside)
    around = bounds(want.inside)
    spare = around.width - want.width, around.height - want.height
    if min(spare) < 0:
        return
    places = [
        (around.x + spare[0] * column / (_GRID - 1), around.y + spare[1] * row / (_GRID - 1))
        for column in range(_GRID)
        for row in range(_GRID)
    ]
    for x, y in ((center[0] - want.width / 2, center[1] - want.height / 2), *places):
        box = Box(x, y, want.width, want.height)
        if holds(want.inside, box.inset(-2.0)):
            yield box, hypot(x + want.width / 2 - center[0], y + want.height / 2 - center[1]) / 8


def _around(want: Want) -> Iterator[tuple[Box, float]]:
    anchor = want.anchor
    above, below = anchor.y - 2.5 - want.height, anchor.bottom + 2.5
    if anchor.width > 24:  # a box: along its upper and lower side, outside of it or inside
        for step in range(5):
            x = anchor.x + (anchor.width - want.width) * step / 4
            yield Box(x, above, want.width, want.height), 0.5 + step
            yield Box(x, below, want.width, want.height), 2.5 + step
            yield Box(x, anchor.y + 4.5, want.width, want.height), 9.0 + step
            yield Box(x, anchor.bottom - 4.5 - want.height, want.width, want.height), 10.0 + step
    for ring in (*_RINGS, *_FAR) if want.urgent else _RINGS:
        for number in range(_DIRECTIONS):
            angle = 2 * pi * number / _DIRECTIONS
            # right, above and below, left, then askew
            liking = (0.0, 3.0, 2.5, 3.0, 1.0, 3.5, 3.0, 3.5, 1.5, 3.5, 3.0, 3.5, 1.2, 3.0, 2.8, 3.0)[number]
            yield _beside(anchor, want, angle, ring), ring + liking


def _beside(anchor: Box, want: Want, angle: float, away: float) -> Box:
    """Return the place of a label in some direction, a distance from the edge of its thing."""
    x, y = anchor.center
    dx, dy = cos(angle), -sin(angle)
    half = (anchor.width + want.width) / 2, (anchor.height + want.height) / 2
    # The shortest move along the direction that parts both boxes, and the distance on top
    reach = min(half[0] / abs(dx) if abs(dx) > 1e-9 else 1e9, half[1] / abs(dy) if abs(dy) > 1e-9 else 1e9)
    if abs(dx) > 0.1 and abs(dy) > 0.1:
        reach = min(reach, hypot(*half))
    return Box(
        x + dx * (reach + away) - want.width / 2, y + dy * (reach + away) - want.height / 2, want.width, want.height
    )
