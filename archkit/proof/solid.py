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
    """Return whether a point lies inside the union.

    Args:
        solid: The polygons of the union.
        point: In the same coordinates.
    """
    return any(inside_polygon(point, piece) for piece in solid)


def depth(solid: Polygons, point: Point) -> float:
    """Return how deep a point lies inside the union, at least; minus its distance where it lies outside.

    Args:
        solid: The polygons of the union.
        point: In the same coordinates.
    """
    inside = [point_to_outline(point, piece) for piece in solid if inside_polygon(point, piece)]
    return max(inside) if inside else -min(point_to_outline(point, piece) for piece in solid)


def lines_around(shape: Shape, point: Point) -> list[Segment]:
    """Return the drawn lines that a text in a shape has to keep off: borders, rims and folds.

    Args:
        shape: The shape.
        point: The middle of the text. It stands on the foremost piece there; what lies behind that piece is hidden.

    Returns:
        Nothing where the point is outside.
    """
    found = outline(shape.kind, shape.box, shape.radius)
    on = [number for number, piece in enumerate(pieces(shape)) if inside_polygon(point, piece)]
    if not on:
        return []
    return [piece for path in (*found.pieces[on[-1] :], *found.details) for piece in _flat(path)]


def _flat(path: Path) -> list[Segment]:
    points = [path.start]
    for step in path.steps:
        points += bezier(points[-1], *step) if len(step) == 3 else step
    if path.closed:
        points.append(path.start)
    return list(pairwise(points))
