"""Point 1: every text inside its shape and on the page, as wide as it says, on nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from archkit.drawing import Box, Icon, Shape, Text
from archkit.geometry import segment_to_box
from archkit.proof.flaw import Flaw, Limits
from archkit.proof.scene import PlacedText, Scene, grid_of
from archkit.proof.solid import lines_around
from archkit.text import width
from archkit.typefaces import FaceName

STEP_SPARE = 1.0  # a number fills its circle


def check(scene: Scene, limits: Limits, face: FaceName = "plain") -> Iterator[Flaw]:
    """Yield the flaws of texts by themselves, which are set in a typeface."""
    for placed in scene.texts:
        yield from _on_page(placed, scene, limits)
        yield from _true_width(placed, limits, face)
        if placed.shape is not None:
            yield from _inside(placed, placed.shape, limits)
    yield from _apart(scene, limits)
    yield from _off_icons(scene, limits)


def _on_page(placed: PlacedText, scene: Scene, limits: Limits) -> Iterator[Flaw]:
    page = Box(0.0, 0.0, scene.drawing.width, scene.drawing.height)
    if not page.contains(placed.box, limits.spare - limits.slack):
        spare = _least_spare(page, placed.box)
        yield Flaw(1, "text-off-page", f"{_name(placed.text)} has {spare:.1f} px to the page's edge", placed.box)


def _true_width(placed: PlacedText, limits: Limits, face: FaceName) -> Iterator[Flaw]:
    text = placed.text
    measured = width(text.text, text.size, text.weight, face)
    if abs(measured - text.width) > limits.width_error:
        message = f"{_name(text)} says it is {text.width:.1f} px wide and measures {measured:.1f} px"
        yield Flaw(1, "text-width", message, placed.box)


def _inside(placed: PlacedText, shape: Shape, limits: Limits) -> Iterator[Flaw]:
    box, spare = placed.box, STEP_SPARE if placed.text.role in ("step", "mark") else limits.spare
    lines = lines_around(shape, box.center)
    if not lines:
        yield Flaw(1, "text-outside", f"{_name(placed.text)} lies outside its {shape.kind}", box)
        return
    room = min(segment_to_box(a, b, box) for a, b in lines)
    if room < spare - limits.slack:
        message = f"{_name(placed.text)} has {room:.1f} px to the outline of its {shape.kind}, less than {spare:g}"
        yield Flaw(1, "text-outside", message, box)


def _apart(scene: Scene, limits: Limits) -> Iterator[Flaw]:
    for first, second in grid_of([placed.box for placed in scene.texts]).pairs():
        a, b = scene.texts[first], scene.texts[second]
        if a.box.inset(limits.slack).overlaps(b.box.inset(limits.slack)) and not _two_marks(a, b):
            yield Flaw(1, "text-on-text", f"{_name(a.text)} and {_name(b.text)} overlap", a.box)


def _two_marks(a: PlacedText, b: PlacedText) -> bool:
    """Return whether both are labels or numbers of arrows, which point 2 compares with all that stands on arrows."""
    owners = a.owner, b.owner
    marks = all(owner is not None and owner.kind == "edge" for owner in owners)
    return marks and (a.owner is not b.owner or a.text.role != b.text.role)


def _off_icons(scene: Scene, limits: Limits) -> Iterator[Flaw]:
    icons = [painted for painted in scene.painted if isinstance(painted.item, Icon)]
    grid = grid_of([icon.box for icon in icons])
    for placed in scene.texts:
        box = placed.box.inset(limits.slack)
        for at in grid.near(box):
            if box.overlaps(icons[at].box):
                yield Flaw(1, "text-on-icon", f"{_name(placed.text)} lies on an icon", placed.box)


def _least_spare(outer: Box, inner: Box) -> float:
    return min(inner.x - outer.x, inner.y - outer.y, outer.right - inner.right, outer.bottom - inner.bottom)


def _name(text: Text) -> str:
    return f"{text.role or 'text'} {text.text!r}"
