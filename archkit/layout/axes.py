"""Axes of planes → their frame, ticks and titles, and the scale from data coordinates to pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archkit import text
from archkit.blocks import Tick
from archkit.drawing import Box, Item, Line, Point, Shape, Text
from archkit.planes import Axis, Plane
from archkit.theme import Theme

_TICK = 4.0  # pixels
_BEYOND = 12.0  # pixels by which the arrows of axes reach beyond the plane


@dataclass(frozen=True, slots=True)
class Scale:
    """Data coordinates → pixels from the upper left corner of the plane."""

    x: Axis
    y: Axis
    width: float
    height: float

    def at(self, point: Point) -> Point:
        """Return where a point is drawn."""
        return (
            (point[0] - self.x.low) / (self.x.high - self.x.low) * self.width,
            (1 - (point[1] - self.y.low) / (self.y.high - self.y.low)) * self.height,
        )

    def all(self, points: Sequence[Point]) -> tuple[Point, ...]:
        """Return where some points are drawn."""
        return tuple(self.at(point) for point in points)


def axes(plane: Plane, scale: Scale, theme: Theme) -> tuple[list[Item], float, float, float, float]:
    """Draw frame, ticks and titles; return them with the room that they take left, above, right and below."""
    width, height = scale.width, scale.height
    size = theme.sizes.label
    line = size * theme.sizes.leading
    items: list[Item] = []
    left = top = right = bottom = 1.5
    if plane.frame == "box":
        items.append(Shape("rect", Box(0.0, 0.0, width, height), "", "ink", theme.strokes.node, (), 0.0))
    elif plane.frame == "arrows":
        items.append(Line(((0.0, height), (width + _BEYOND, height)), "ink", theme.strokes.node, head="arrow"))
        items.append(Line(((0.0, height), (0.0, -_BEYOND)), "ink", theme.strokes.node, head="arrow"))
        right, top = _BEYOND + 2.0, _BEYOND + 2.0
    levels = _levels(plane.x.ticks, scale, theme)
    for number, level in enumerate(levels):
        for tick, x, wide in level:
            items.append(Line(((x, height), (x, height + _TICK)), "ink", 1.0))
            baseline = height + _TICK + 3.0 + number * line + text.ASCENT * size
            items.append(Text(x, baseline, tick.text, size, wide, "regular", "middle", "muted", "annotation"))
            left, right = max(left, wide / 2 - x), max(right, x + wide / 2 - width)
    bottom = max(bottom, _TICK + 4.0 + len(levels) * line) if levels else bottom
    for tick in plane.y.ticks:
        y = scale.at((scale.x.low, tick.at))[1]
        wide = text.width(tick.text, size, face=theme.face)
        items.append(Line(((-_TICK, y), (0.0, y)), "ink", 1.0))
        baseline = y + (text.ASCENT - text.DESCENT) / 2 * size
        items.append(Text(-_TICK - 4.0, baseline, tick.text, size, wide, "regular", "end", "muted", "annotation"))
        left, top = max(left, _TICK + 5.0 + wide), max(top, line / 2 - y)
        bottom = max(bottom, y + line / 2 - height)
    if plane.x.text:
        for words in text.wrap(plane.x.text, width, size, face=theme.face):
            bottom += line
            wide = text.width(words, size, face=theme.face)
            baseline = height + bottom + 1.0 - text.DESCENT * size
            items.append(Text(width / 2, baseline, words, size, wide, "regular", "middle", "ink", "label"))
        bottom += 3.0
    if plane.y.text:
        lines = text.wrap(plane.y.text, height, size, face=theme.face)
        left += 4.0 + len(lines) * line
        for number, words in enumerate(lines):
            wide = text.width(words, size, face=theme.face)
            x = -left + text.ASCENT * size + number * line + 1.0
            items.append(Text(x, height / 2, words, size, wide, "regular", "middle", "ink", "label", -90))
    return items, left, top, right, bottom


def _levels(ticks: Sequence[Tick], scale: Scale, theme: Theme) -> list[list[tuple[Tick, float, float]]]:
    """Divide ticks into lines, so that the texts of no two on one line touch."""
    levels: list[list[tuple[Tick, float, float]]] = []
    spots = [
        (tick, scale.at((tick.at, scale.y.low))[0], text.width(tick.text, theme.sizes.label, face=theme.face))
        for tick in ticks
    ]
    for spot in sorted(spots, key=lambda spot: spot[1]):
        start = spot[1] - spot[2] / 2
        free = next((level for level in levels if level[-1][1] + level[-1][2] / 2 + 6 <= start), None)
        if free is None:
            levels.append([spot])
        else:
            free.append(spot)
    return levels
