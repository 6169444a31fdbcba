"""Drawing of a graph figure → a small picture of it without words, for a list of blueprints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archkit.drawing import Group, Line, Shape
from archkit.render.paths import number
from archkit.site.colours import variable
from archkit.site.html import NONE, Html, el
from archkit.theme import fill_role, lane_role

if TYPE_CHECKING:
    from archkit.drawing import Box, Drawing

_SPARE = 2.0


def thumbnail(drawing: Drawing) -> Html:
    """Return an SVG element of lanes, boxes and arrows; nothing where a drawing has no boxes.

    Args:
        drawing: Of a graph figure.
    """
    lanes: list[tuple[Group, Shape]] = []
    nodes: list[tuple[Group, Shape]] = []
    lines: list[Line] = []
    for item, around in drawing.walk():
        if isinstance(item, Line) and around and around[-1].kind == "edge" and item.role == "wire":
            lines.append(item)
        if not isinstance(item, Group):
            continue
        outline = next((part for part in item.items if isinstance(part, Shape) and part.role == "outline"), None)
        if outline is not None and item.kind in ("lane", "node"):
            (lanes if item.kind == "lane" else nodes).append((item, outline))
    if not nodes:
        return NONE
    boxes = [outline.box for _, outline in (*lanes, *nodes)]
    left, top = min(box.x for box in boxes) - _SPARE, min(box.y for box in boxes) - _SPARE
    right = max(box.x + box.width for box in boxes) + _SPARE
    bottom = max(box.y + box.height for box in boxes) + _SPARE
    wires = "".join("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in line.points) for line in lines)
    return el(
        "svg",
        (_rect(o.box, lane_role(lane.get("id")), 8, "t-lane") for lane, o in lanes),
        el("path", d=wires, class_="t-wire"),
        (_rect(o.box, fill_role(o.kind), 10, "t-node") for _, o in nodes),
        viewBox=f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}",
        class_="thumbnail",
        aria_hidden="true",
        focusable="false",
    )


def _rect(box: Box, role: str, radius: float, name: str) -> Iterator[Html]:
    x, y, width, height = (number(round(value)) for value in box)
    yield el(
        "rect", x=x, y=y, width=width, height=height, rx=number(radius), class_=name, fill=f"var({variable(role)})"
    )
