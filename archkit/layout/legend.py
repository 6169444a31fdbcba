"""Figure → the legend of just the signs in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit import text
from archkit.drawing import Box, Group, Item, Line, Shape, Text, moved
from archkit.layout.callouts import CHANGES, STRONGER, sign
from archkit.picture import GraphFigure
from archkit.theme import Theme, fill_role

if TYPE_CHECKING:
    from archkit.pictures import Picture

_SAMPLE = 30.0
_GAP = 7.0
_BETWEEN = 20.0
_SHAPES = {
    "cylinder": "store",
    "queue": "stream or queue",
    "diamond": "gate",
    "cloud": "trained model",
    "document": "documents",
    "stack": "several of a kind",
}


def legend(figure: GraphFigure | Picture, width: float, theme: Theme) -> tuple[Group | None, float, float]:
    """Return the legend with its origin at the upper left, its width and height; None where one sign needs no words.

    Args:
        figure: Its nodes and arrows decide which signs are explained.
        width: Pixels a row of the legend may have.
        theme: Gives sizes and looks.
    """
    entries: list[tuple[list[Item], str]] = []
    edges = figure.edges  # found anew each time that a picture is asked for them
    size = theme.sizes.legend
    row = size * theme.sizes.leading + 5
    for style, look in theme.edges.items():
        if any(edge.style == style for edge in edges):
            line = Line(((0, 0), (_SAMPLE, 0)), look.role, look.width, look.dash, 0.0, look.head)
            entries.append(([line], look.words))
    for kind, words in _SHAPES.items():
        if any(node.shape == kind for node in figure.nodes):
            box = Box(4, -7, 22, 14)
            entries.append(([Shape(kind, box, fill_role(kind), "ink", 1.0)], words))  # type: ignore[arg-type]
    if any(edge.step for edge in edges):
        circle = Shape("circle", Box(_SAMPLE / 2 - 8.5, -8.5, 17, 17), "step", "step", 1.0)
        wide = text.width("1", theme.sizes.step, "semibold", face=theme.face)
        down = theme.sizes.step * 0.33
        number = Text(_SAMPLE / 2, down, "1", theme.sizes.step, wide, "semibold", "middle", "step.text", "step")
        entries.append(([circle, number], "order of a request"))
    if figure.callouts:
        entries.append(([sign("A", (_SAMPLE / 2, 0.0), theme)], "explained below"))
    if any(node.stress == "strong" for node in figure.nodes):
        stress = theme.strokes.node + STRONGER
        entries.append(([Shape("rounded", Box(4, -7, 22, 14), "highlight", "ink", stress)], "in focus"))
    told = {getattr(each, "stress", "") for each in (*figure.nodes, *edges)}
    for name, (role, dash) in CHANGES.items():
        if name in told:
            box = Box(4, -7, 22, 14)
            entries.append(([Shape("rounded", box, "", role, theme.strokes.node + STRONGER, dash)], name))
    if len(entries) < 2:
        return None, 0.0, 0.0
    items: list[Item] = []
    x, y, widest = 0.0, row / 2, 0.0
    for parts, words in entries:
        wide = text.width(words, size, face=theme.face)
        if x and x + _SAMPLE + _GAP + wide > width:
            x, y = 0.0, y + row
        items += [moved(part, x, y) for part in parts]
        items.append(
            Text(x + _SAMPLE + _GAP, y + size * 0.33, words, size, wide, "regular", "start", "muted", "legend")
        )
        x += _SAMPLE + _GAP + wide + _BETWEEN
        widest = max(widest, x - _BETWEEN)
    return Group("legend", tuple(items)), widest, y + row / 2
