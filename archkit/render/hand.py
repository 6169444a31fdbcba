"""Exact outlines and lines → the strokes of a hand that draws them: the same wobble every time."""

from __future__ import annotations

from binascii import crc32
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, hypot

from archkit.drawing import Point
from archkit.outline_kinds import Path, Step
from archkit.render.paths import path_data

_REACH = 110.0  # pixels that a hand draws without leaving its way and coming back
_SWAY = 1.2  # pixels, the most that a long stroke of roughness 1 leaves its way
_MISS = 0.8  # pixels by which a corner is missed
_OVERSHOOT = 1.8  # pixels by which two sides cross at a sharp corner
_LARGE = 44.0  # pixels of extent from which a shape gets the whole roughness


def strokes(path: Path, rough: float, times: int = 2) -> str:
    """Return the ``d`` of strokes that follow a path by hand.

    Args:
        path: The exact way.
        rough: How unsteady the hand is: 1 as on a whiteboard, 0 not at all.
        times: How often the hand goes along it; lines that are dashed want one.

    Returns:
        Path data; the same for the same path, and another for a path elsewhere. The two ends of an open path stay.
    """
    seed = crc32(path_data(path).encode())
    rough *= min(1.0, _extent(path) / _LARGE) ** 0.5
    return "".join(
        path_data(stroke) for time in range(times) for stroke in _followed(path, rough, _noise(seed + 977 * time))
    )


def unsteady(points: Sequence[Point], rough: float) -> tuple[Point, ...]:
    """Return a small closed polygon with all corners but the first a little off.

    Args:
        points: Its corners, in pixels.
        rough: How far a corner may be off, in pixels.
    """
    noise = _noise(crc32(path_data(Path(points[0], tuple((point,) for point in points[1:]))).encode()))
    return points[0], *(_near(point, rough, noise) for point in points[1:])


def _followed(path: Path, rough: float, noise: Iterator[float]) -> list[Path]:
    steps = list(path.steps)
    if path.closed and steps[-1][-1] != path.start:
        steps.append((path.start,))
    if not path.closed:
        return [_along(path.start, steps, rough, noise, open_=True)]
    if all(len(step) == 1 for step in steps):
        return _sides([path.start, *(step[-1] for step in steps)], rough, noise)
    return [_along(path.start, steps, rough, noise, open_=False)]


def _sides(points: list[Point], rough: float, noise: Iterator[float]) -> list[Path]:
    """Draw the sides of a polygon one by one; they cross a little at its corners."""
    drawn = []
    for start, end in pairwise(points):
        length = hypot(end[0] - start[0], end[1] - start[1])
        if length < 0.01:
            continue
        over = [rough * _OVERSHOOT * (0.2 + 0.8 * abs(next(noise))) * min(1.0, length / 60) for _ in range(2)]
        way = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        a = _near((start[0] - way[0] * over[0], start[1] - way[1] * over[0]), rough * 0.4, noise)
        b = _near((end[0] + way[0] * over[1], end[1] + way[1] * over[1]), rough * 0.4, noise)
        drawn.append(Path(a, tuple(_line(a, b, rough, noise)), False))
    return drawn


def _along(start: Point, steps: list[Step], rough: float, noise: Iterator[float], *, open_: bool) -> Path:
    """Draw a path in one go; a closed one ends a little beside its start."""
    at, here = start, start if open_ else _near(start, rough * _MISS, noise)
    first, found = here, list[Step]()
    for number, step in enumerate(steps):
        end = step[-1]
        last = open_ and number == len(steps) - 1
        there = end if last else _near(end, rough * _MISS, noise)
        if len(step) == 1:
            found += _line(here, there, rough, noise)
        else:
            before, after = step[0], step[1]
            found.append((_moved(before, at, here), _moved(after, end, there), there))
        at, here = end, there
    return Path(first, tuple(found), False)


def _line(a: Point, b: Point, rough: float, noise: Iterator[float]) -> Iterator[Step]:
    """Yield the pieces of a straight line: its ends are met, between them it sways."""
    length = hypot(b[0] - a[0], b[1] - a[1])
    if length < 0.01:
        return
    count = max(1, ceil(length / _REACH - 0.5))
    sway = rough * min(_SWAY, 0.15 + length * 0.012)
    across = -(b[1] - a[1]) / length, (b[0] - a[0]) / length

    def point(share: float, off: float) -> Point:
        x, y = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        return x + across[0] * off, y + across[1] * off

    offs = [0.0, *(sway * next(noise) for _ in range(count - 1)), 0.0]
    for n in range(count):
        # Handles beside inner points lie level with them, so that the stroke has no kink there.
        first = sway * next(noise) if n == 0 else offs[n]
        second = sway * next(noise) if n == count - 1 else offs[n + 1]
        end = b if n == count - 1 else point((n + 1) / count, offs[n + 1])
        yield point((n + 1 / 3) / count, first), point((n + 2 / 3) / count, second), end


def _near(point: Point, reach: float, noise: Iterator[float]) -> Point:
    return point[0] + reach * next(noise), point[1] + reach * next(noise)


def _moved(point: Point, before: Point, after: Point) -> Point:
    return point[0] + after[0] - before[0], point[1] + after[1] - before[1]


def _extent(path: Path) -> float:
    points = [path.start, *(step[-1] for step in path.steps)]
    wide, high = (max(point[axis] for point in points) - min(point[axis] for point in points) for axis in (0, 1))
    return min(wide, high) if path.closed else max(wide, high)


def _noise(seed: int) -> Iterator[float]:
    """Yield numbers from -1 to 1 that look accidental, mixed as by splitmix32 (after Steele, Lea and Flood 2014)."""
    state = seed & 0xFFFFFFFF
    while True:
        state = (state + 0x9E3779B9) & 0xFFFFFFFF
        mixed = ((state ^ state >> 16) * 0x21F0AAAD) & 0xFFFFFFFF
        mixed = ((mixed ^ mixed >> 15) * 0x735A2D97) & 0xFFFFFFFF
        yield (mixed ^ mixed >> 15) / 0x7FFFFFFF - 1.0
