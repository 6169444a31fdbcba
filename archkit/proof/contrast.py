"""Point 6: texts stand out from what is really painted behind them, and no meaning hangs on colour alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from archkit.contrast import contrast
from archkit.drawing import Box, Icon, Line, Polygon
from archkit.proof.flaw import Flaw, Limits
from archkit.proof.scene import Painted, Scene, grid_of
from archkit.proof.solid import covers, pieces
from archkit.theme import Theme

PAPER = "paper"  # what the writers paint first
DASH_STEP = 1.0  # px by which strokes or gaps have to differ to be told apart
WIDTH_STEP = 0.5  # the same for line widths


def check(scene: Scene, theme: Theme, limits: Limits) -> Iterator[Flaw]:
    """Yield texts that are hard to read, and kinds of arrows that differ in nothing but colour."""
    filled = [painted for painted in scene.painted if painted.fill]
    grid = grid_of([painted.box for painted in filled])
    for placed in scene.texts:
        below = sorted((at for at in grid.near(placed.box) if filled[at].at < placed.at), reverse=True)
        colour = theme.colour(placed.text.fill)
        for role in _grounds(placed.box, [filled[at] for at in below]):
            ratio = contrast(colour, theme.colour(role))
            if ratio < limits.contrast:
                message = f"{placed.text.text!r} in {placed.text.fill} on {role} has a contrast of {ratio:.2f} : 1"
                yield Flaw(6, "text-faint", f"{message} in theme {theme.name}", placed.box)
    yield from _colour_alone(scene)


def _grounds(box: Box, below: list[Painted]) -> list[str]:
    """Return the fills that show behind a box, of the shapes below it from the topmost down."""
    found: dict[str, None] = {}
    for painted in below:
        if painted.box.overlaps(box):
            found[painted.fill] = None
            if _covers(painted, box):
                return [*found]
    return [*found, PAPER]


def _covers(painted: Painted, box: Box) -> bool:
    if not painted.box.contains(box):
        return False
    item = painted.item
    if isinstance(item, Icon):
        return False
    solid = (item.points,) if isinstance(item, Polygon) else pieces(item)
    places = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))
    # Shapes are all but convex, so that corners tell
    return all(covers(solid, place) for place in places)


def _colour_alone(scene: Scene) -> Iterator[Flaw]:
    looks: dict[tuple[object, ...], Line] = {}
    for wire in scene.wires:
        line = wire.line
        looks.setdefault((line.stroke, line.dash, line.head, line.tail, line.stroke_width), line)
    for a, b in combinations(looks.values(), 2):
        if a.stroke != b.stroke and not _differ_in_form(a, b):
            yield Flaw(6, "colour-alone", f"arrows in {a.stroke} and {b.stroke} differ in nothing but colour")


def _differ_in_form(a: Line, b: Line) -> bool:
    if (a.head, a.tail) != (b.head, b.tail) or abs(a.stroke_width - b.stroke_width) >= WIDTH_STEP:
        return True
    if len(a.dash) != len(b.dash):
        return True
    return any(abs(x - y) >= DASH_STEP for x, y in zip(a.dash, b.dash, strict=True))
