"""What kinds with planes share: axes around points, ticks, legends, cells of a partition, points without chance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor, hypot, log10
from typing import NamedTuple

from archkit.blocks import Align, Block, Grid, Row, Tick, Words
from archkit.drawing import Point
from archkit.planes import Axis, Sample, padded

_PLASTIC = 1.32471795724474602596
"""The plastic number, the real root of x³ = x + 1."""

Corners = tuple[Point, ...]


class Cut(NamedTuple):
    """A straight line: all points with ``a · x + b · y = c``; the lower side has less than ``c``."""

    a: float
    b: float
    c: float

    def side(self, point: Point) -> bool:
        """Return whether a point lies on the upper side, or on the line itself."""
        return self.a * point[0] + self.b * point[1] >= self.c


def axes(points: Iterable[Point], titles: Sequence[str] = (), flat: float = 0.72) -> tuple[Axis, Axis]:
    """Return axes of one scale around some points, so that distances are drawn as they are.

    Args:
        points: At least one.
        titles: Of both axes; nothing for none.
        flat: Least height over width of the plane; the largest is 1.
    """
    xs, ys = zip(*points, strict=True)
    (left, right), (low, high) = padded(xs), padded(ys)
    wide, tall = right - left, high - low
    more_wide, more_tall = max(0.0, tall - wide) / 2, max(0.0, flat * max(wide, tall) - tall) / 2
    names = tuple(titles) or ("", "")
    return (
        Axis(_round(left - more_wide), _round(right + more_wide), names[0]),
        Axis(_round(low - more_tall), _round(high + more_tall), names[1]),
    )


def _round(value: float) -> float:
    return round(value, 6)


def ticks(low: float, high: float, most: int = 6) -> tuple[Tick, ...]:
    """Return round values between two bounds: 1, 2 or 5 times a power of ten apart.

    Args:
        low: Where the axis begins.
        high: Where it ends.
        most: How many there may be.
    """
    span = high - low
    power = 10.0 ** floor(log10(span / most))
    step = next(power * factor for factor in (1, 2, 5, 10, 20) if span / (power * factor) <= most)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return tuple(Tick(round(step * n, 10), plain(step * n)) for n in range(first, last + 1))


def plain(value: float) -> str:
    """Return a number as axes show it: with no more digits than it needs, and commas between thousands."""
    value = round(value, 10)
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"


def decimals(value: float, places: int = 2) -> str:
    """Return a computed number as lists show it, with a fixed number of places.

    Args:
        value: The number.
        places: Behind the point.
    """
    return f"{value:.{places}f}"


def legend(entries: Sequence[tuple[Sample, str]], columns: int = 3) -> Block:
    """Return samples with what they mean, in rows.

    Args:
        entries: What is shown and its words.
        columns: How many stand side by side.
    """
    cells: list[Block | None] = [Row((sample, Words(words, "small", measure=14.0)), 0.5) for sample, words in entries]
    columns = min(columns, len(cells))
    cells += [None] * (-len(cells) % columns)
    rows = tuple(tuple(cells[at : at + columns]) for at in range(0, len(cells), columns))
    stand: tuple[Align, ...] = tuple("start" for _ in range(columns))
    return Grid(rows, stand, ruled=False, leading=0.3, gap=1.2)


def spread(count: int, skip: int = 0) -> list[Point]:
    """Return points that fill the unit square evenly, always the same.

    Args:
        count: How many.
        skip: How many of the sequence are left out before.

    Source:
        Roberts, The unreasonable effectiveness of quasirandom sequences (2018): the additive recurrence R2.
    """
    steps = 1 / _PLASTIC, 1 / _PLASTIC**2
    return [
        (round((0.5 + steps[0] * n) % 1, 6), round((0.5 + steps[1] * n) % 1, 6))
        for n in range(skip + 1, skip + count + 1)
    ]


def halves(corners: Corners, cut: Cut) -> tuple[Corners, Corners]:
    """Return the parts of a convex polygon on the lower and on the upper side of a line; empty where there is none.

    Args:
        corners: Of the polygon, in order.
        cut: The line.
    """
    return _kept(corners, cut), _kept(corners, Cut(-cut.a, -cut.b, -cut.c))


def _kept(corners: Corners, cut: Cut) -> Corners:
    found: list[Point] = []
    for p, q in zip(corners, (*corners[1:], *corners[:1]), strict=True):
        over = [cut.a * x + cut.b * y - cut.c for x, y in (p, q)]
        if over[0] <= 0:
            found.append(p)
        if (over[0] < 0 < over[1]) or (over[1] < 0 < over[0]):
            share = over[0] / (over[0] - over[1])
            found.append((_round(p[0] + (q[0] - p[0]) * share), _round(p[1] + (q[1] - p[1]) * share)))
    return tuple(found) if len(found) > 2 else ()


def bisector(near: Point, far: Point) -> Cut:
    """Return the line between two points; ``near`` is on its lower side.

    Args:
        near: A point.
        far: Another one.
    """
    a, b = far[0] - near[0], far[1] - near[1]
    return Cut(a, b, (a * (near[0] + far[0]) + b * (near[1] + far[1])) / 2)


def cell(sites: Sequence[Point], at: int, around: Corners) -> Corners:
    """Return the part of a convex polygon that is nearer to one site than to all others: its Voronoi cell.

    Args:
        sites: All sites.
        at: The number of the one.
        around: The polygon.
    """
    found = around
    for other, site in enumerate(sites):
        if other != at and found:
            found = halves(found, bisector(sites[at], site))[0]
    return found


def distance(a: Point, b: Point) -> float:
    """Return the length of the straight line between two points."""
    return hypot(a[0] - b[0], a[1] - b[1])


def nearest(point: Point, others: Sequence[Point], count: int = 1) -> list[int]:
    """Return the numbers of the points that are nearest to one, the nearest first."""
    return sorted(range(len(others)), key=lambda at: (distance(point, others[at]), at))[:count]
