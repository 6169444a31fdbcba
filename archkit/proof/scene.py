"""Drawing → its nodes, arrows, labels and bands, each with measured boxes, ready to be checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archkit.drawing import Box, Drawing, Group, Icon, Item, Line, Point, Polygon, Shape, Text
from archkit.geometry import Grid, Segment, bounds, curve, simplify, union
from archkit.proof.solid import Polygons, pieces
from archkit.text import ASCENT, CAP_HEIGHT, DESCENT

OWNERS = frozenset({"node", "edge", "lane", "group", "note", "legend", "caption", "header"})
"""Kinds of groups that things belong to; other groups (a number and its circle) are part of the owner around them."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedText:
    """A text with its box.

    Args:
        at: Its place in the painting order.
        text: The text.
        box: From its ascenders to its descenders, turned as the text is.
        owner: The group that it belongs to, None for texts of the page.
        shape: The outline that it has to stay inside, None where there is none.
    """

    at: int
    text: Text
    box: Box
    owner: Group | None
    shape: Shape | None


@dataclass(frozen=True, slots=True, eq=False)
class Painted:
    """A shape, polygon or icon with its place in the painting order and its bounding box."""

    at: int
    item: Shape | Polygon | Icon
    box: Box
    owner: Group | None

    @property
    def fill(self) -> str:
        """The colour role of its ground; empty for none, and for an icon."""
        return "" if isinstance(self.item, Icon) else self.item.fill


@dataclass(frozen=True, slots=True, eq=False)
class PlacedNode:
    """A node with its outline."""

    id: str
    group: Group
    shape: Shape
    solid: Polygons

    @property
    def box(self) -> Box:
        """The bounding box of the outline."""
        return self.shape.box


@dataclass(frozen=True, slots=True, eq=False)
class Wire:
    """An arrow between nodes.

    Args:
        name: ``tail → head``, for messages.
        group: The edge's group.
        line: As drawn.
        at: Its place in the painting order.
        points: The way without repetitions and straight points; a curve as many short pieces.
        segments: The straight pieces between the points.
        box: The bounding box of the points.
    """

    name: str
    group: Group
    line: Line
    at: int
    points: tuple[Point, ...]
    segments: tuple[Segment, ...]
    box: Box


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A lane or a dashed group with its box and the texts of its title."""

    id: str
    group: Group
    box: Box


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A drawing taken apart; every tuple is in painting order."""

    drawing: Drawing
    texts: tuple[PlacedText, ...]
    painted: tuple[Painted, ...]
    nodes: tuple[PlacedNode, ...]
    wires: tuple[Wire, ...]
    bands: tuple[Band, ...]
    lines: tuple[tuple[Line, Group | None], ...]
    edges: tuple[Group, ...]


def text_box(text: Text) -> Box:
    """Return the box of a text from its ascenders to its descenders, as wide as it says it is."""
    shift = {"start": 0.0, "middle": text.width / 2, "end": text.width}[text.anchor]
    up, down = ASCENT * text.size, DESCENT * text.size
    if text.role in ("step", "mark"):  # figures are as high as capitals, and stand on the line
        up, down = CAP_HEIGHT * text.size, 0.0
    if text.rotate == -90:
        return Box(text.x - up, text.y + shift - text.width, up + down, text.width)
    return Box(text.x - shift, text.y - up, text.width, up + down)


def line_points(line: Line) -> tuple[Point, ...]:
    """Return the points of the way that a line takes, its corners not rounded."""
    return simplify(curve(line.points)) if line.smooth else simplify(line.points)


def edge_name(group: Group) -> str:
    """Return how messages call an edge."""
    return f"{group.get('from') or '?'} → {group.get('to') or '?'}"


def outline_of(group: Group) -> Shape | None:
    """Return the outline among a group's own items; for lanes, groups and numbers the first shape will do."""
    shapes = [item for item in group.items if isinstance(item, Shape)]
    if group.kind in ("lane", "group", "step", "callout"):
        return next((s for s in shapes if s.role == "outline"), shapes[0] if shapes else None)
    return next((s for s in shapes if s.role == "outline"), None)


def build(drawing: Drawing) -> Scene:
    """Take a drawing apart."""
    texts: list[PlacedText] = []
    painted: list[Painted] = []
    nodes: list[PlacedNode] = []
    wires: list[Wire] = []
    bands: list[Band] = []
    lines: list[tuple[Line, Group | None]] = []
    edges: list[Group] = []
    for at, (item, around) in enumerate(drawing.walk()):
        owner = _owner(around)
        if isinstance(item, Text):
            texts.append(PlacedText(at, item, text_box(item), owner, _enclosing(around)))
        elif isinstance(item, (Shape, Polygon, Icon)):
            painted.append(Painted(at, item, _item_box(item), owner))
        elif isinstance(item, Line):
            lines.append((item, owner))
            if item.role == "wire" and owner is not None and owner.kind == "edge":
                wires += _wire(at, item, owner)
        elif any(group.kind == "legend" for group in around):
            continue
        elif item.kind == "edge":
            edges.append(item)
        elif item.kind == "node" and (shape := outline_of(item)) is not None:
            nodes.append(PlacedNode(item.get("id"), item, shape, pieces(shape)))
        elif item.kind in ("lane", "group") and (shape := outline_of(item)) is not None:
            bands.append(Band(item.get("id"), item, shape.box))
    return Scene(
        drawing, tuple(texts), tuple(painted), tuple(nodes), tuple(wires), tuple(bands), tuple(lines), tuple(edges)
    )


def _wire(at: int, line: Line, edge: Group) -> list[Wire]:
    points = line_points(line)
    if len(points) < 2:  # all in one place, which is told with the edge
        return []
    return [Wire(edge_name(edge), edge, line, at, points, tuple(pairwise(points)), bounds(points))]


def _owner(around: Sequence[Group]) -> Group | None:
    if any(group.kind == "legend" for group in around):
        return next(group for group in around if group.kind == "legend")
    return next((group for group in reversed(around) if group.kind in OWNERS), None)


def _enclosing(around: Sequence[Group]) -> Shape | None:
    # The innermost: a cell of a table inside a node keeps its own text; an edge's label may leave the lane around it
    for group in reversed(around):
        shape = outline_of(group)
        if shape is not None or group.kind == "edge":
            return shape
    return None


def _item_box(item: Shape | Polygon | Icon) -> Box:
    return bounds(item.points) if isinstance(item, Polygon) else item.box


def whole(texts: Sequence[PlacedText]) -> Box:
    """Return the box around some texts (at least one)."""
    return union(placed.box for placed in texts)


def grid_of(boxes: Sequence[Box]) -> Grid[int]:
    """Return the boxes in a grid, keyed by their index."""
    grid: Grid[int] = Grid(96.0)
    for at, box in enumerate(boxes):
        grid.add(at, box)
    return grid


def items_box(items: Sequence[Item]) -> Box:
    """Return the box around some items and what is in them; an empty box for none."""
    boxes: list[Box] = []
    for item in items:
        if isinstance(item, Group):
            boxes += [items_box(item.items)] if item.items else []
        elif isinstance(item, Text):
            boxes.append(text_box(item))
        else:
            boxes.append(bounds(item.points) if isinstance(item, (Line, Polygon)) else item.box)
    return union(boxes) if boxes else Box(0.0, 0.0, 0.0, 0.0)
