"""Cells of nodes → what their arrows would cost: each drawn in the cheapest of a few plain shapes, bits for a page.

A sketch stands for the router where thousands of placements are compared. Node lines and gap lines make a small page
of points, one bit each, so that one AND tells whether a shape runs into a node, and one more how often it crosses the
arrows that are sketched already.
"""

from __future__ import annotations

from collections.abc import Iterator

FORWARD, ACROSS, BACK, LEADER = range(4)
"""Arrows inside a lane, between lanes, answers and feedback (which may run any way), and leaders of notes."""

Shape = tuple[float, int, int, int, int, int]
"""Its cost in bends, the node points it runs through, the points it passes level, and those it passes upright."""

CROSSING = 1.5  # in bends
TOUCH = 0.5
_HALF_X, _HALF_Y = 82.0, 52.0  # expected pixels from a node line to the next gap line
_PER_PIXEL = 1 / 330
_PER_PIXEL_OF_LEADER = 1 / 80
_AGAINST, _DOWN = 4.0, 0.7  # arrows in a lane that run to the left, or neither left nor right
_SPARE = 2  # shapes that are kept beyond the first that can always be drawn: they may cross less

_Point = tuple[int, int]
_Way = tuple[_Point, ...]
_Bits = tuple[int, int, int, int, int]


class Page(dict[int, list[Shape]]):
    """The ways to draw an arrow from cell to cell, the cheapest first, looked up once they are known.

    The key of an arrow is (number of its tail's cell * ``size`` + number of its head's cell) * 4 + its kind, where the
    number of a cell is row * columns + column. The last of an arrow's ways runs through no node.

    Attributes:
        size: How many cells there are.
        bits: Per cell the bit of its node point: odd coordinates are node lines, even ones gaps.

    Args:
        rows: How many rows of cells.
        columns: How many columns.
    """

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self.size = rows * columns
        self._columns, self._stride = columns, 2 * columns + 1
        self.bits = [
            1 << (2 * row + 1) * self._stride + 2 * column + 1 for row in range(rows) for column in range(columns)
        ]
        self._nodes = sum(self.bits)
        self._column = sum(1 << y * self._stride for y in range(2 * rows + 1))
        self._plain: dict[tuple[int, int, int], list[Shape]] = {}
        self._ways: dict[_Point, list[tuple[int, float, float, _Way]]] = {}
        self._bits: dict[_Way, _Bits] = {}

    def __missing__(self, key: int) -> list[Shape]:
        """Compute the ways of an arrow."""
        ends, kind = divmod(key, 4)
        tail, head = divmod(ends, self.size)
        row, column = divmod(tail, self._columns)
        row2, column2 = divmod(head, self._columns)
        plain = self._plain.get((row2 - row, column2 - column, kind))
        if plain is None:
            plain = self._plain[row2 - row, column2 - column, kind] = self._drawn(row2 - row, column2 - column, kind)
        by = 2 * min(row, row2) * self._stride + 2 * min(column, column2)
        found = self[key] = [
            (cost, nodes << by, level << by, upright << by, both << by, corners << by)
            for cost, nodes, level, upright, both, corners in plain
        ]
        return found

    def _drawn(self, down: int, right: int, kind: int) -> list[Shape]:
        """Return the shapes of an arrow to a cell so far down and right, with the origin left above both ends."""
        against = 0.0
        if kind == FORWARD and right <= 0:
            against = _AGAINST if right < 0 else _DOWN
        per_pixel = _PER_PIXEL_OF_LEADER if kind == LEADER else _PER_PIXEL
        of_sides = 1.0 if kind in (FORWARD, ACROSS) else 0.0
        ways = self._ways.get((down, right))
        if ways is None:
            ways = self._ways[down, right] = _measured_ways(down, right)
        drawn = [(bends + against + length * per_pixel + sides * of_sides, way) for bends, length, sides, way in ways]
        drawn.sort()
        shapes: list[Shape] = []
        left = _SPARE
        for cost, way in drawn:
            bits = self._bits.get(way)
            if bits is None:
                bits = self._bits[way] = self._bits_of(way)
            shapes.append((cost, *bits))
            left -= left < _SPARE or not bits[0]
            if left < 0:
                break
        return shapes

    def _bits_of(self, way: _Way) -> _Bits:
        stride, column = self._stride, self._column
        level = upright = corners = 0
        x, y = way[0]
        for x2, y2 in way[1:]:
            if y == y2:
                low, count = (x, x2 - x) if x < x2 else (x2, x - x2)
                level |= (1 << count - 1) - 1 << y * stride + low + 1
            else:
                low, count = (y, y2 - y) if y < y2 else (y2, y - y2)
                upright |= (column & (1 << (count - 1) * stride) - 1) << (low + 1) * stride + x
            x, y = x2, y2
        for x, y in way[1:-1]:
            corners |= 1 << y * stride + x
        return (level | upright | corners) & self._nodes, level, upright, level | upright, corners


def _side(one: _Point, two: _Point) -> float:
    """Return what it costs to run this way at an end of an arrow: as a pipeline does, it costs nothing."""
    return 0.2 if one[0] == two[0] else 0.0 if one[0] < two[0] else 0.5


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
