"""Shape → the area it really covers, which is often less than its bounding box."""

from __future__ import annotations

from itertools import pairwise

from archkit.drawing import Point, Shape
from archkit.geometry import Segment, bezier, inside_polygon, point_to_outline
from archkit.outline import outline, polygons
from archkit.outline_kinds import Path

Polygons = tuple[tuple[Point, ...], ...]


def pieces(shape: Shape) -> Polygons:
    """Return closed polygons from back to front, whose union is the area of a shape."""
    return polygons(shape.kind, shape.box, shape.radius)


def covers(solid: Polygons, point: Point) -> bool:
    """Return whether a point lies inside the union."""
    return any(inside_polygon(point, piece) for piece in solid)


def depth(solid: Polygons, point: Point) -> float:
    """Return how deep a point lies inside the union, at least; minus its distance where it lies outside."""
    inside = [point_to_outline(point, piece) for piece in solid if inside_polygon(point, piece)]
    return max(inside) if inside else -min(point_to_outline(point, piece) for piece in solid)


def lines(shape: Shape) -> list[Segment]:
    """Return the drawn lines that a text inside a shape has to keep off: its front piece's border, rims and folds."""
    found = outline(shape.kind, shape.box, shape.radius)
    return [piece for path in (found.pieces[-1], *found.details) for piece in _flat(path)]


def _flat(path: Path) -> list[Segment]:
    points = [path.start]
    for step in path.steps:
        points += bezier(points[-1], *step) if len(step) == 3 else step
    if path.closed:
        points.append(path.start)
    return list(pairwise(points))
