"""Point 5: the figure fits a page or a slide, and its smallest text can be read there."""

from __future__ import annotations

from collections.abc import Iterator

from archkit.drawing import Box, Drawing
from archkit.geometry import bounds
from archkit.proof.flaw import Flaw, Limits
from archkit.proof.scene import Scene

A4_LANDSCAPE = (842.0 - 2 * 28.0, 595.0 - 2 * 28.0)
"""Width and height in points that a landscape A4 page leaves inside margins of a centimetre."""


def check(scene: Scene, limits: Limits) -> Iterator[Flaw]:
    """Yield what does not fit the page."""
    drawing = scene.drawing
    aspect = drawing.width / drawing.height
    if limits.aspect is not None and not limits.aspect[0] <= aspect <= limits.aspect[1]:
        low, high = limits.aspect
        yield Flaw(5, "page-shape", f"width : height is {aspect:.2f}, not between {low:g} and {high:g}")
    size = print_size(scene)
    if size < limits.print_size - limits.slack and len(scene.nodes) <= limits.print_nodes:
        message = f"the smallest text prints at {size:.2f} pt on a landscape A4 page, less than {limits.print_size:g}"
        yield Flaw(5, "print-small", message)
    yield from _off_page(scene, limits)


def print_scale(drawing: Drawing) -> float:
    """Return points per pixel when the drawing fills a landscape A4 page; never more than its natural 0.75."""
    return min(A4_LANDSCAPE[0] / drawing.width, A4_LANDSCAPE[1] / drawing.height, 0.75)


def print_size(scene: Scene) -> float:
    """Return the size in points of the smallest text on a landscape A4 page; infinite where there is no text."""
    return min((placed.text.size for placed in scene.texts), default=float("inf")) * print_scale(scene.drawing)


def _off_page(scene: Scene, limits: Limits) -> Iterator[Flaw]:
    page = Box(0.0, 0.0, scene.drawing.width, scene.drawing.height).inset(-limits.slack)
    for painted in scene.painted:
        if not page.contains(painted.box):
            yield Flaw(5, "shape-off-page", "a shape leaves the page and would be cut", painted.box)
    for line, owner in scene.lines:
        box = bounds(line.points).inset(-line.stroke_width / 2)
        if not page.contains(box):
            what = owner.kind if owner is not None else "line"
            yield Flaw(5, "line-off-page", f"a line of a {what} leaves the page and would be cut", box)
