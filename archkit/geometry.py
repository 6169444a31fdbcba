"""Points, segments and boxes → distances, crossings and neighbours: plane geometry without a drawing.

Coordinates and distances are in pixels, y downwards. A segment is given by its ends ``a`` and ``b``, a polygon by its
corners in order, the first not repeated; a box counts with its inside.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from math import atan2, floor, fsum, hypot
from typing import Generic, TypeVar

from archkit.drawing import Box, Point

Segment = tuple[Point, Point]
Key = TypeVar("Key", bound=Hashable)

CURVE_STEPS = 8
"""Straight pieces that stand for one piece of a curve: off by under 0.3 px on a bend of 40 px."""


def distance(a: Point, b: Point) -> float:
    """Return the distance of two points."""
    return hypot(b[0] - a[0], b[1] - a[1])


def segments(points: Sequence[Point]) -> list[Segment]:
    """Return the straight pieces between consecutive points."""
    return list(pairwise(points))


def polyline_length(points: Sequence[Point]) -> float:
    """Return the length of the way through the points."""
    return fsum(distance(a, b) for a, b in segments(points))


def bounds(points: Iterable[Point]) -> Box:
    """Return the smallest box around some points (at least one)."""
    xs, ys = zip(*points, strict=True)
    left, top = min(xs), min(ys)
    return Box(left, top, max(xs) - left, max(ys) - top)


def union(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around some boxes (at least one)."""
    return bounds(corner for box in boxes for corner in ((box.x, box.y), (box.right, box.bottom)))


def turn(a: Point, b: Point, c: Point) -> float:
    """Return twice the signed area of the triangle abc: positive where the way turns clockwise on the page."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def simplify(points: Sequence[Point], tolerance: float = 0.01) -> tuple[Point, ...]:
    """Return the points without repetitions and without those within ``tolerance`` px of a straight way onwards.

    A point where the way turns back on itself stays.
    """
    kept: list[Point] = []
    for point in points:
        if kept and distance(kept[-1], point) <= tolerance:
            continue
        while len(kept) > 1 and _goes_straight(kept[-2], kept[-1], point, tolerance):
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _goes_straight(a: Point, b: Point, c: Point, tolerance: float) -> bool:
    onwards = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) > 0
    return onwards and abs(turn(a, b, c)) <= tolerance * distance(a, c)


def curve(points: Sequence[Point], steps: int = CURVE_STEPS) -> tuple[Point, ...]:
    """Return points along the uniform Catmull–Rom curve that passes through ``points``.

    The ends are repeated, so that the curve begins and ends in its first and last point. Source: Catmull and Rom,
    "A class of local interpolating splines", 1974; here in the form with Bézier handles at a sixth of the chord.
    """
    if len(points) < 3:
        return tuple(points)
    padded = (points[0], *points, points[-1])
    found = [points[0]]
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        found.extend(bezier(start, first, second, end, steps))
    return tuple(found)


def bezier(a: Point, b: Point, c: Point, d: Point, steps: int = CURVE_STEPS) -> list[Point]:
    """Return ``steps`` points along a cubic Bézier curve from ``a`` (left out) to ``d`` (included)."""
    found = []
    for step in range(1, steps + 1):
        t = step / steps
        u = 1 - t
        wa, wb, wc, wd = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        found.append((wa * a[0] + wb * b[0] + wc * c[0] + wd * d[0], wa * a[1] + wb * b[1] + wc * c[1] + wd * d[1]))
    return found


def turning(points: Sequence[Point]) -> float:
    """Return by how much the way through the points turns in all, in radians: left and right turns both count."""
    ways = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points) if a != b]
    return fsum(abs(atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1])) for a, b in pairwise(ways))


def clip(a: Point, b: Point, box: Box) -> tuple[float, float] | None:
    """Return the part of a segment inside a closed box as shares of its length from ``a``, None where it misses.

    Source: Liang and Barsky, "A new concept and method for line clipping", 1984.
    """
    enter, leave = 0.0, 1.0
    for start, step, low, high in (
        (a[0], b[0] - a[0], box.x, box.right),
        (a[1], b[1] - a[1], box.y, box.bottom),
    ):
        if step == 0:
            if not low <= start <= high:
                return None
            continue
        near, far = (low - start) / step, (high - start) / step
        if near > far:
            near, far = far, near
        enter, leave = max(enter, near), min(leave, far)
        if enter > leave:
            return None
    return enter, leave


def passes_through(a: Point, b: Point, box: Box) -> bool:
    """Return whether a segment has a point strictly inside a box; running along its border does not count."""
    if box.width <= 0 or box.height <= 0:
        return False
    part = clip(a, b, box)
    if part is None:
        return False
    middle = (part[0] + part[1]) / 2
    x, y = a[0] + (b[0] - a[0]) * middle, a[1] + (b[1] - a[1]) * middle
    return box.x < x < box.right and box.y < y < box.bottom


def point_to_segment(p: Point, a: Point, b: Point) -> float:
    """Return the distance of a point from a segment."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    if square == 0:
        return distance(p, a)
    t = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square))
    return hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)


def point_to_box(p: Point, box: Box) -> float:
    """Return the distance of a point from a filled box, 0 inside."""
    dx = max(box.x - p[0], 0.0, p[0] - box.right)
    dy = max(box.y - p[1], 0.0, p[1] - box.bottom)
    return hypot(dx, dy)


def box_to_box(a: Box, b: Box) -> float:
    """Return the distance of two filled boxes, 0 where they touch or overlap."""
    dx = max(a.x - b.right, 0.0, b.x - a.right)
    dy = max(a.y - b.bottom, 0.0, b.y - a.bottom)
    return hypot(dx, dy)


def segment_to_box(a: Point, b: Point, box: Box) -> float:
    """Return the distance of a segment from a filled box, 0 where they touch."""
    if a[0] == b[0] or a[1] == b[1]:
        return box_to_box(bounds((a, b)), box)
    if clip(a, b, box) is not None:
        return 0.0
    corners = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))
    return min(
        point_to_box(a, box),
        point_to_box(b, box),
        min(point_to_segment(corner, a, b) for corner in corners),
    )


def polyline_to_box(points: Sequence[Point], box: Box) -> float:
    """Return the distance of the way through the points (at least two) from a filled box."""
    return min(segment_to_box(a, b, box) for a, b in segments(points))


def crossing(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    """Return where two segments cross properly: in a point inside both; None where they only touch or overlap."""
    across = turn(c, d, a), turn(c, d, b)
    along = turn(a, b, c), turn(a, b, d)
    if not (_opposite(*across) and _opposite(*along)):
        return None
    t = across[0] / (across[0] - across[1])
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def _opposite(a: float, b: float) -> bool:
    return (a > 0 and b < 0) or (a < 0 and b > 0)  # their product may underflow to 0


def side_by_side(a: Point, b: Point, c: Point, d: Point, tolerance: float = 0.01) -> tuple[float, float] | None:
    """Return how two parallel segments run beside each other, None where they are not parallel.

    Args:
        a: Start of the first segment.
        b: End of the first segment.
        c: Start of the second segment.
        d: End of the second segment.
        tolerance: The sine of the largest angle that still counts as parallel.

    Returns:
        The gap between both lines and the length over which both run; that length is negative where one ends before
        the other begins: minus the distance between, along the lines.
    """
    first, second = distance(a, b), distance(c, d)
    if first == 0 or second == 0:
        return None
    ux, uy = (b[0] - a[0]) / first, (b[1] - a[1]) / first
    if abs(ux * (d[1] - c[1]) - uy * (d[0] - c[0])) > tolerance * second:
        return None
    start, end = sorted(((c[0] - a[0]) * ux + (c[1] - a[1]) * uy, (d[0] - a[0]) * ux + (d[1] - a[1]) * uy))
    gap = min(abs(ux * (p[1] - a[1]) - uy * (p[0] - a[0])) for p in (c, d))
    return gap, min(first, end) - max(0.0, start)


def inside_polygon(p: Point, polygon: Sequence[Point]) -> bool:
    """Return whether a point lies inside a closed polygon by the even–odd rule; on its border either may be told."""
    x, y = p
    inside = False
    for (ax, ay), (bx, by) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
            inside = not inside
    return inside


def point_to_outline(p: Point, polygon: Sequence[Point]) -> float:
    """Return the distance of a point from the border of a closed polygon."""
    return min(point_to_segment(p, a, b) for a, b in zip(polygon, (*polygon[1:], polygon[0]), strict=True))


class Grid(Generic[Key]):
    """Boxes in square cells, so that neighbours are found without looking at everything.

    Args:
        cell: Side of a cell in pixels; about the size of what is put in.
    """

    def __init__(self, cell: float = 64.0) -> None:
        self._cell = cell
        self._cells: dict[tuple[int, int], list[Key]] = {}
        self._sides: dict[Key, tuple[float, float, float, float]] = {}

    def __len__(self) -> int:
        return len(self._sides)

    def add(self, key: Key, box: Box) -> None:
        """Put a box in; a key is used once."""
        self._sides[key] = sides = (box.x, box.y, box.right, box.bottom)
        for at in self._covered(*sides):
            self._cells.setdefault(at, []).append(key)

    def near(self, box: Box, reach: float = 0.0) -> list[Key]:
        """Return the keys of the boxes that touch ``box`` grown by ``reach`` pixels, each once."""
        return self._near(box.x - reach, box.y - reach, box.right + reach, box.bottom + reach)

    def pairs(self, reach: float = 0.0) -> Iterator[tuple[Key, Key]]:
        """Yield each pair of different keys whose boxes come within ``reach`` pixels in both directions, once."""
        order = {key: at for at, key in enumerate(self._sides)}
        for key, (x, y, right, bottom) in self._sides.items():
            at = order[key]
            for other in self._near(x - reach, y - reach, right + reach, bottom + reach):
                if order[other] > at:
                    yield key, other

    def _near(self, x: float, y: float, right: float, bottom: float) -> list[Key]:
        found: dict[Key, None] = {}
        sides = self._sides
        for at in self._covered(x, y, right, bottom):
            for key in self._cells.get(at, ()):
                other = sides[key]
                if other[0] <= right and x <= other[2] and other[1] <= bottom and y <= other[3]:
                    found[key] = None
        return [*found]

    def _covered(self, x: float, y: float, right: float, bottom: float) -> Iterator[tuple[int, int]]:
        cell = self._cell
        rows = range(floor(y / cell), floor(bottom / cell) + 1)
        return ((column, row) for column in range(floor(x / cell), floor(right / cell) + 1) for row in rows)
