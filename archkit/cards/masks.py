"""Drawing of a graph figure → rectangles over its components and over the labels of its arrows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from archkit.drawing import Box, Group, Shape, Text
from archkit.picture import Edge, GraphFigure, Node
from archkit.text import ASCENT, DESCENT

if TYPE_CHECKING:
    from archkit.view import FigureView

_SPARE = 3.0


class Mask(NamedTuple):
    """A covered part of a figure.

    Attributes:
        of: Id of the component, or of the arrow: its ends and what it means.
        arrow: Whether it is the label of an arrow.
        box: What it covers, as shares of the figure's width and height.
        question: What is asked.
        answer: What stands below the cover, and more about it.
    """

    of: str
    arrow: bool
    box: Box
    question: str
    answer: tuple[str, ...]


class Shown(NamedTuple):
    """A figure that cards are about.

    Attributes:
        masks: What can be covered in it.
        picture: It as a PNG; None where none is wanted.
    """

    masks: tuple[Mask, ...]
    picture: bytes | None


def shown(view: FigureView, scale: float | None) -> Shown:
    """Return all that cards need of a figure, from one layout.

    Args:
        view: The figure.
        scale: Of its picture, as for ``FigureView.png``; None for no picture.

    Raises:
        LayoutError: It cannot be laid out.
    """
    return Shown(tuple(masks(view)), view.png(scale) if scale is not None else None)


def masks(view: FigureView) -> Iterator[Mask]:
    """Yield a cover for each component and for each label of an arrow, in the order drawn.

    Args:
        view: Of a graph figure; others have none.
    """
    figure, drawing = view.figure, view.drawing
    if not isinstance(figure, GraphFigure):
        return
    nodes = {node.id: node for node in figure.nodes}
    edges = {(edge.tail, edge.head, edge.kind): edge for edge in figure.edges}
    lanes = {lane.id: lane.title for lane in figure.lanes}
    for item, around in drawing.walk():
        if not isinstance(item, Group) or around:
            continue
        if item.kind == "node" and item.get("id") in nodes:
            node = nodes[item.get("id")]
            outline = next(part for part in item.items if isinstance(part, Shape) and part.role == "outline")
            box = _share(outline.box, drawing.width, drawing.height)
            yield Mask(node.id, False, box, _question(node, lanes), (node.title, *_more(node)))
        elif item.kind == "edge":
            edge = edges.get((item.get("from"), item.get("to"), item.get("kind")))
            texts = [part for part in item.items if isinstance(part, Text)]
            if edge is None or not texts:
                continue
            box = _share(_around(texts), drawing.width, drawing.height)
            of = f"{edge.tail}>{edge.head}:{edge.kind}"
            yield Mask(of, True, box, _asked(edge, nodes), (edge.label,))


def _question(node: Node, lanes: dict[str, str]) -> str:
    lane = lanes.get(node.lane, "")
    return f"what stands here, in {lane.lower()}?" if lane else "what stands here?"


def _more(node: Node) -> list[str]:
    kind = node.tooltip.removeprefix(node.title).strip(" ·")
    return [line for line in (kind, *node.annotation, node.note) if line]


def _asked(edge: Edge, nodes: dict[str, Node]) -> str:
    tail, head = nodes[edge.tail].title, nodes[edge.head].title
    return f"what flows from {tail} to {head}?"


def _around(texts: list[Text]) -> Box:
    """Return the box around lines of text."""
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}
    left = min(text.x - shift[text.anchor] * text.width for text in texts)
    right = max(text.x + (1 - shift[text.anchor]) * text.width for text in texts)
    top = min(text.y - ASCENT * text.size for text in texts)
    bottom = max(text.y + DESCENT * text.size for text in texts)
    return Box(left, top, right - left, bottom - top).inset(-_SPARE)


def _share(box: Box, width: float, height: float) -> Box:
    return Box(box.x / width, box.y / height, box.width / width, box.height / height)
