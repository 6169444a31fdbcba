"""Signs of marks and samples for legends → primitives."""

from __future__ import annotations

from math import cos, pi, sin

from archkit.drawing import Box, Group, Item, Line, Point, Polygon, Shape
from archkit.layout.fitted import Fitted, em
from archkit.planes import Pattern, Sample, Sign
from archkit.theme import Theme

DASHES: dict[Pattern, tuple[float, ...]] = {
    "full": (),
    "dashed": (7.0, 4.0),
    "dotted": (2.0, 3.5),
    "long": (12.0, 3.5, 2.0, 3.5),
}
_SAMPLE = (2.3, 1.0)  # em
_STAR = 0.42  # inner radius of a star over the outer one
HALO = 5.0  # pixels between a sign and the ring around it


def sign_items(sign: Sign, at: Point, size: float, tone: str) -> list[Item]:
    """Draw a sign.

    Args:
        sign: Which.
        at: Its middle.
        size: Its side in pixels.
        tone: Colour role.
    """
    x, y = at
    half = size / 2
    box = Box(x - half, y - half, size, size)
    match sign:
        case "dot":
            return [Shape("circle", box, tone, "", 0.0, (), 0.0)]
        case "ring":
            return [Shape("circle", box.inset(0.75), "node.fill", tone, 1.75, (), 0.0)]
        case "square":
            return [Shape("rect", box.inset(0.08 * size), tone, "", 0.0, (), 0.0)]
        case "diamond":
            return [_polygon(at, half * 1.12, 4, pi / 2, tone)]
        case "triangle":
            return [_polygon((x, y + 0.12 * size), half * 1.2, 3, pi / 2, tone)]
        case "star":
            radii = (half * 1.25, half * 1.25 * _STAR)
            corners = [_corner(at, radii[step % 2], pi / 2 + pi * step / 5) for step in range(10)]
            return [Polygon(tuple(corners), tone, "", 0.0)]
        case "cross":
            return [
                Line(((box.x, box.y), (box.right, box.bottom)), tone, 2.0),
                Line(((box.x, box.bottom), (box.right, box.y)), tone, 2.0),
            ]
        case "plus":
            return [Line(((box.x, y), (box.right, y)), tone, 2.0), Line(((x, box.y), (x, box.bottom)), tone, 2.0)]
    return []


def halo(box: Box) -> Shape:
    """Draw a ring around the sign in a box."""
    x, y = box.center
    radius = max(box.width, box.height) / 2 + HALO - 1.0
    return Shape("circle", Box(x - radius, y - radius, 2 * radius, 2 * radius), "", "ink", 1.5, (), 0.0)


def _polygon(at: Point, radius: float, corners: int, start: float, tone: str) -> Polygon:
    points = tuple(_corner(at, radius, start + 2 * pi * step / corners) for step in range(corners))
    return Polygon(points, tone, "", 0.0)


def _corner(at: Point, radius: float, angle: float) -> Point:
    return at[0] + radius * cos(angle), at[1] - radius * sin(angle)


def fit_sample(sample: Sample, theme: Theme) -> Fitted:
    """Measure what a legend shows of a curve, a sign or an area."""
    unit = em(theme)
    width, height = _SAMPLE[0] * unit, _SAMPLE[1] * unit
    if sample.halo:
        height += 2 * HALO - 0.3 * unit
    if not (sample.pattern or sample.fill or sample.dashed):
        width = height

    def draw(box: Box) -> list[Item]:
        x, y = box.center
        left, right = x - width / 2, x + width / 2
        items: list[Item] = []
        if sample.fill or (sample.dashed and not sample.pattern):
            dash = theme.strokes.group_dash if sample.dashed else ()
            stroke = theme.strokes.node + (0.75 if sample.bold else 0.0)
            area = Box(left, y - 0.45 * unit, width, 0.9 * unit)
            items.append(Shape("rect", area, sample.fill, sample.tone, stroke, dash, 0.0))
        if sample.pattern:
            items.append(
                Line(((left, y), (right, y)), sample.tone, 2.5 if sample.bold else 1.75, DASHES[sample.pattern])
            )
        side = 0.65 * unit
        items += sign_items(sample.sign, (x, y), side, sample.tone)
        if sample.halo:
            items.append(halo(Box(x - side / 2, y - side / 2, side, side)))
        return [Group("sample", tuple(items))]

    return Fitted(width, height, draw)
