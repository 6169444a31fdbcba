"""Point 3, last part: nothing is painted over arrows and texts that a reader has to see."""

from __future__ import annotations

from collections.abc import Iterator

from archkit.drawing import Point, Polygon, Shape
from archkit.geometry import inside_polygon
from archkit.proof.flaw import Flaw, Limits
from archkit.proof.scene import Painted, Scene, grid_of
from archkit.proof.solid import covers, pieces

_SAMPLES = 8  # points looked at on each piece of an arrow
_SHARE = 0.5  # of an arrow that may lie below the labels and numbers that stand on it
_OVER = frozenset({"edge", "callout"})


def check(scene: Scene, limits: Limits) -> Iterator[Flaw]:
    """Yield arrows and texts that something filled is painted over."""
    filled = [painted for painted in scene.painted if painted.fill]
    grid = grid_of([painted.box for painted in filled])
    for wire in scene.wires:
        over = [filled[at] for at in grid.near(wire.box) if filled[at].at > wire.at and not _stands_on(filled[at])]
        points = [
            (a[0] + (b[0] - a[0]) * (step + 0.5) / _SAMPLES, a[1] + (b[1] - a[1]) * (step + 0.5) / _SAMPLES)
            for a, b in wire.segments
            for step in range(_SAMPLES)
        ]
        hidden = sum(any(_covers(painted, point) for painted in over) for point in points)
        if hidden > _SHARE * len(points):
            yield Flaw(3, "wire-hidden", f"something is painted over the arrow {wire.name}", wire.box)
    for placed in scene.texts:
        over = [filled[at] for at in grid.near(placed.box) if filled[at].at > placed.at]
        if any(_covers(painted, placed.box.center) for painted in over):
            yield Flaw(1, "text-hidden", f"something is painted over {placed.text.text!r}", placed.box)


def _stands_on(painted: Painted) -> bool:
    """Return whether something belongs to an arrow, as the paper behind its label does."""
    return painted.owner is not None and painted.owner.kind in _OVER


def _covers(painted: Painted, point: Point) -> bool:
    item = painted.item
    if isinstance(item, Polygon):
        return inside_polygon(point, item.points)
    return isinstance(item, Shape) and covers(pieces(item), point)
