"""Cells of nodes → what their arrows would cost: each drawn in the cheapest of a few plain shapes, bits for a page.

A sketch stands for the router where thousands of placements are compared. Node lines and gap lines make a small page
of points, some bits each, so that a single AND tells whether a shape runs into a node, crosses the arrows that are
sketched already, or touches their corners.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

FORWARD, ACROSS, BACK, LEADER = range(4)
"""Arrows inside a lane, between lanes, answers and feedback (which may run any way), and leaders of notes."""

POINT = 5
"""Bits of a point. What a shape minds and what others marked have one in common where the shape crosses an arrow that
runs upright, crosses one that runs level, passes a corner, has a corner on another arrow, or runs into a node."""

_UPRIGHT, _LEVEL, _CORNER, _PASSED, _NODE = range(POINT)


class Shape(NamedTuple):
    """A way to draw an arrow; its numbers have ``POINT`` bits for every point.

    Attributes:
        cost: In bends.
        nodes: The node points it runs through.
        minded: What it may meet at a price, or not at all.
        marks: What arrows meet that are sketched after it.
        seen: What it and all shapes before it mind.
    """

    cost: float
    nodes: int
    minded: int
    marks: int
    seen: int


Drawn = tuple[float, int, list[Shape]]
"""How an arrow may be drawn: the cost of its first shape, the shift that moves shapes to its place, the shapes."""

CROSSING = 1.5  # in bends
TOUCH = 0.5
_HALF_X, _HALF_Y = 82.0, 52.0  # expected pixels from a node line to the next gap line
_PER_PIXEL = 1 / 330
_PER_PIXEL_OF_LEADER = 1 / 80
_AGAINST, _DOWN = 4.0, 0.7  # arrows in a lane that run to the left, or neither left nor right
_SPARE = 2  # shapes that are kept beyond the first that can always be drawn: they may cross less

_Point = tuple[int, int]
_Way = tuple[_Point, ...]


class Page:
    """The points of a grid that arrows are sketched on: odd coordinates are node lines, even ones gaps.

    Attributes:
        size: How many cells there are.
        node: Per cell the bit that a node there marks.
        nodes: All bits that tell of nodes.
        crossings: All bits that tell of arrows crossed.
        beyond: A bit that tells of no point.
        ways: Per kind of arrow how it may be drawn from cell to cell.

    Args:
        rows: How many rows of cells.
        columns: How many columns.
    """

    def __init__(self, rows: int, columns: int) -> None:
        self.size, stride = rows * columns, 2 * columns + 1
        points = [(2 * row + 1) * stride + 2 * column + 1 for row in range(rows) for column in range(columns)]
        self.node = [1 << point * POINT + _NODE for point in points]
        self.nodes, every = sum(self.node), _run(POINT, (2 * rows + 1) * stride)
        self.crossings = every << _UPRIGHT | every << _LEVEL
        self.beyond = 1 << every.bit_length() + POINT
        self.ways = [Ways(rows, columns, kind) for kind in (FORWARD, ACROSS, BACK, LEADER)]


@lru_cache(maxsize=16)
def page(rows: int, columns: int) -> Page:
    """Return a page, with what earlier searches found out about it.

    Args:
        rows: How many rows of cells.
        columns: How many columns.
    """
    return Page(rows, columns)


class Ways(dict[int, Drawn]):
    """How arrows of one kind may be drawn, the cheapest shape first and the last through no node; found when asked for.

    The key of an arrow is the number of its tail's cell * number of cells + the number of its head's cell, where the
    number of a cell is row * columns + column.

    Args:
        rows: How many rows of cells.
        columns: How many columns.
        kind: Of the arrows.
    """

    def __init__(self, rows: int, columns: int, kind: int) -> None:
        super().__init__()
        self._size, self._columns, self._kind = rows * columns, columns, kind

    def __missing__(self, key: int) -> Drawn:
        """Find out how an arrow may be drawn."""
        columns = self._columns
        tail, head = divmod(key, self._size)
        row, column = divmod(tail, columns)
        row2, column2 = divmod(head, columns)
        shapes = _shapes(row2 - row, column2 - column, columns, self._kind)
        by = 2 * (min(row, row2) * (2 * columns + 1) + min(column, column2)) * POINT
        found = self[key] = shapes[0].cost, by, shapes
        return found


@lru_cache(maxsize=1 << 13)
def _shapes(down: int, right: int, columns: int, kind: int) -> list[Shape]:
    """Return the shapes of an arrow to a cell so far down and right, with the origin left above both ends."""
    against = 0.0
    if kind == FORWARD and right <= 0:
        against = _AGAINST if right < 0 else _DOWN
    per_pixel = _PER_PIXEL_OF_LEADER if kind == LEADER else _PER_PIXEL
    of_sides = 1.0 if kind in (FORWARD, ACROSS) else 0.0
    drawn = [
        (bends + against + length * per_pixel + sides * of_sides, way)
        for bends, length, sides, way in _measured_ways(down, right)
    ]
    drawn.sort()
    shapes: list[Shape] = []
    left, seen = _SPARE, 0
    for cost, way in drawn:
        nodes, minded, marks = _bits_of(way, columns)
        seen |= minded
        shapes.append(Shape(cost, nodes, minded, marks, seen))
        left -= left < _SPARE or not nodes
        if left < 0:
            break
    return shapes


@lru_cache(maxsize=1 << 13)
def _bits_of(way: _Way, columns: int) -> tuple[int, int, int]:
    """Return the node points that a way runs through, what it minds and what it marks."""
    across, down = POINT, (2 * columns + 1) * POINT  # bits from a point to the next
    level = upright = corners = 0
    x, y = way[0]
    for x2, y2 in way[1:]:
        if y == y2:
            low, count = (x, x2 - x) if x < x2 else (x2, x - x2)
            level |= _run(across, count - 1) << y * down + (low + 1) * across
        else:
            low, count = (y, y2 - y) if y < y2 else (y2, y - y2)
            upright |= _run(down, count - 1) << (low + 1) * down + x * across
        x, y = x2, y2
    for x, y in way[1:-1]:
        corners |= 1 << y * down + x * across
    both = level | upright
    passed = both | corners
    rows = passed.bit_length() // (2 * down) + 1
    nodes = passed & (_run(2 * across, columns) * _run(2 * down, rows) << across + down)
    minded = level << _UPRIGHT | upright << _LEVEL | both << _CORNER | corners << _PASSED | nodes << _NODE
    return nodes << _NODE, minded, upright << _UPRIGHT | level << _LEVEL | corners << _CORNER | both << _PASSED


@lru_cache(maxsize=1 << 10)
def _run(step: int, count: int) -> int:
    """Return so many bits, each a step above the one before."""
    return ((1 << step * count) - 1) // ((1 << step) - 1)


def _side(one: _Point, two: _Point) -> float:
    """Return what it costs to run this way at an end of an arrow: as a pipeline does, it costs nothing."""
    return 0.2 if one[0] == two[0] else 0.0 if one[0] < two[0] else 0.5


@lru_cache(maxsize=1 << 11)
def _measured_ways(down: int, right: int) -> list[tuple[int, float, float, _Way]]:
    """Return the ways to a cell so far down and right, with their bends, length in pixels and price of their ends."""
    start, end = (1 + 2 * max(0, -right), 1 + 2 * max(0, -down)), (1 + 2 * max(0, right), 1 + 2 * max(0, down))
    found = []
    for way in _ways(start, end):
        across = along = 0
        x, y = start
        for x2, y2 in way[1:]:
            across += x2 - x if x2 > x else x - x2
            along += y2 - y if y2 > y else y - y2
            x, y = x2, y2
        sides = _side(way[0], way[1]) + _side(way[-2], way[-1])
        found.append((len(way) - 2, across * _HALF_X + along * _HALF_Y, sides, way))
    return found


def _ways(start: _Point, end: _Point) -> Iterator[tuple[_Point, ...]]:
    """Yield the corners of the ways from one node point to another with up to two bends, and with three if need be."""
    (x, y), (x2, y2) = start, end
    if x == x2 or y == y2:
        yield start, end
    else:
        yield start, (x2, y), end
        yield start, (x, y2), end
    if y != y2:
        for at in range(min(x, x2) - 1, max(x, x2) + 2, 2):
            yield start, (at, y), (at, y2), end
    if x != x2:
        for at in range(min(y, y2) - 1, max(y, y2) + 2, 2):
            yield start, (x, at), (x2, at), end
    if abs(x - x2) > 2 and abs(y - y2) > 2:  # otherwise nothing can block all of these
        for near_x in (x - 1, x + 1):
            for near_y in (y2 - 1, y2 + 1):
                yield start, (near_x, y), (near_x, near_y), (x2, near_y), end
        for near_y in (y - 1, y + 1):
            for near_x in (x2 - 1, x2 + 1):
                yield start, (x, near_y), (near_x, near_y), (near_x, y2), end
