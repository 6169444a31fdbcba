"""Point 4: a drawing in numbers – crossings, bends, ink, area – that can be compared with other tools' drawings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, pi

from archkit.drawing import Box, Drawing, Point
from archkit.geometry import Grid, bounds, crossing, polyline_length, simplify, turning
from archkit.proof.page import print_scale, print_size
from archkit.proof.scene import Scene, build


@dataclass(frozen=True, slots=True)
class LineMeasures:
    """What the arrows of any layout cost.

    Args:
        crossings: Places where two arrows cross.
        bends: Turning in quarter turns: a right angle is 1, and so are two bends by 45°, so that curves compare fairly.
        ink: Length of all arrows in pixels.
    """

    crossings: int
    bends: float
    ink: float


@dataclass(frozen=True, slots=True)
class Measures:
    """A drawing in numbers.

    Args:
        nodes: How many nodes.
        arrows: How many lines of arrows.
        crossings: Places where two arrows cross.
        bends: Turning in quarter turns.
        ink: Length of all arrows in pixels.
        relative_ink: The same as a multiple of the mean node's side (the root of its area), which makes drawings of
            different type sizes comparable.
        area: Of the page, in square pixels.
        aspect: Width : height of the page.
        print_scale: Points per pixel on a landscape A4 page.
        print_size: Size of the smallest text there, in points.
    """

    nodes: int
    arrows: int
    crossings: int
    bends: float
    ink: float
    relative_ink: float
    area: float
    aspect: float
    print_scale: float
    print_size: float


def measure(drawing: Drawing) -> Measures:
    """Return a drawing in numbers."""
    return measure_scene(build(drawing))


def measure_scene(scene: Scene) -> Measures:
    """Return a drawing that is already taken apart in numbers."""
    drawing = scene.drawing
    area = drawing.width * drawing.height
    lines = measure_lines([wire.line.points if not wire.line.smooth else wire.points for wire in scene.wires])
    boxes = [node.box for node in scene.nodes]
    return Measures(
        nodes=len(boxes),
        arrows=len(scene.wires),
        crossings=lines.crossings,
        bends=lines.bends,
        ink=lines.ink,
        relative_ink=lines.ink / mean_side(boxes) if boxes else 0.0,
        area=area,
        aspect=drawing.width / drawing.height,
        print_scale=print_scale(drawing),
        print_size=print_size(scene),
    )


def mean_side(boxes: Sequence[Box]) -> float:
    """Return the side of a square as large as the mean box (of at least one)."""
    return float((sum(box.width * box.height for box in boxes) / len(boxes)) ** 0.5)


def measure_lines(lines: Sequence[Sequence[Point]]) -> LineMeasures:
    """Return what the arrows of a layout cost, each given as the points of its way."""
    return LineMeasures(
        crossings=count_crossings(lines),
        bends=fsum(turning(points) for points in lines) / (pi / 2),
        ink=fsum(polyline_length(points) for points in lines),
    )


def count_crossings(lines: Sequence[Sequence[Point]]) -> int:
    """Return in how many places two different lines cross; lines that only touch, end or overlap do not count."""
    pieces = [(at, a, b) for at, points in enumerate(lines) for a, b in pairwise(simplify(points))]
    grid: Grid[int] = Grid(96.0)
    found = 0
    for number, (at, a, b) in enumerate(pieces):
        box = bounds((a, b))
        for other in grid.near(box):
            line, c, d = pieces[other]
            found += line != at and crossing(a, b, c, d) is not None
        grid.add(number, box)
    return found
