"""Drawing: positioned primitives in pixels, the last stage before a file format.

The origin is the top left corner, y grows downwards, all lengths are CSS pixels. Colours are named by *role* (``ink``,
``lane.training``…); the theme gives them values when a file is written, so that geometry does not depend on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

Point = tuple[float, float]
Weight = Literal["regular", "semibold", "italic"]
Anchor = Literal["start", "middle", "end"]


class Box(NamedTuple):
    """An axis-parallel rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.height

    @property
    def center(self) -> Point:
        """The middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def inset(self, by: float) -> Box:
        """Return the box with all sides moved inwards by ``by`` pixels (outwards where negative)."""
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    def overlaps(self, other: Box) -> bool:
        """Return whether both share more than a border."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def contains(self, other: Box, spare: float = 0.0) -> bool:
        """Return whether ``other`` lies inside with ``spare`` pixels left on every side.

        Args:
            other: What may lie inside.
            spare: Pixels to stay off each side.
        """
        return (
            other.x - self.x >= spare
            and other.y - self.y >= spare
            and self.right - other.right >= spare
            and self.bottom - other.bottom >= spare
        )


ShapeKind = Literal[
    "rounded",  # component
    "rect",  # plain rectangle: cells, bars
    "cylinder",  # store
    "cloud",  # trained model
    "person",  # user: head and shoulders above, text in the lower part
    "queue",  # stream: a horizontal cylinder
    "diamond",  # gate, decision: hexagonal, so that text fits
    "document",  # corpus, prompt: page with a folded corner
    "stack",  # several of the same: offset sheets behind
    "circle",
    "ellipse",
    "band",  # lane
]


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed outline with a fill.

    Args:
        kind: Which outline.
        box: Its bounding box; arrowheads end on it.
        fill: Colour role of the inside, empty for none.
        stroke: Colour role of the line, empty for none.
        stroke_width: In pixels.
        dash: Lengths of strokes and gaps in pixels, empty for a full line.
        radius: Corner radius of ``rounded`` and ``band``.
        role: What the shape is for in its group: ``outline`` is the border that texts stay inside and arrows end on;
            ``backing`` lies behind a text that stands on a line; "" is decoration.
    """

    kind: ShapeKind
    box: Box
    fill: str = ""
    stroke: str = "ink"
    stroke_width: float = 1.25
    dash: tuple[float, ...] = ()
    radius: float = 6.0
    role: Literal["outline", "backing", ""] = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text.

    Args:
        x: Where the anchor stands.
        y: The baseline.
        text: The characters, unescaped.
        size: Type size in pixels.
        width: Advance width in pixels, as shaped with the embedded font.
        weight: Cut of the typeface.
        anchor: Which end ``x`` names.
        fill: Colour role.
        role: ``title``, ``label``, ``annotation``, ``note``, ``caption``, ``step``, ``legend``…; becomes a CSS class.
        rotate: Degrees clockwise about (x, y): 0 or -90 (reads upwards).
    """

    x: float
    y: float
    text: str
    size: float
    width: float
    weight: Weight = "regular"
    anchor: Anchor = "start"
    fill: str = "ink"
    role: str = ""
    rotate: Literal[0, -90] = 0


HeadKind = Literal["arrow", "open", "dot", "none"]


@dataclass(frozen=True, slots=True)
class Line:
    """An open line through points, with rounded corners and an optional head.

    Args:
        points: At least two; consecutive ones differ.
        stroke: Colour role.
        stroke_width: In pixels.
        dash: Lengths of strokes and gaps in pixels.
        corner: Radius of the corners; shortened where segments are too short.
        head: What stands at the last point. The head's tip is that point.
        tail: What stands at the first point.
        role: ``wire`` (an arrow between nodes), ``leader`` (from a note to what it explains), "" decoration.
        smooth: Draw a curve through the points (Catmull–Rom) instead of straight pieces.
    """

    points: tuple[Point, ...]
    stroke: str = "ink"
    stroke_width: float = 1.25
    dash: tuple[float, ...] = ()
    corner: float = 6.0
    head: HeadKind = "none"
    tail: HeadKind = "none"
    role: Literal["wire", "leader", ""] = ""
    smooth: bool = False


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed polygon: funnel slices, cells of a plane, bars at an angle."""

    points: tuple[Point, ...]
    fill: str = ""
    stroke: str = "ink"
    stroke_width: float = 1.25
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Icon:
    """A glyph of the project's own, or a product's picture.

    Args:
        name: ``glyph:NAME`` (line drawing, see ``icons.GLYPHS``) or ``product:TECH`` (picture, see ``icons.PRODUCTS``).
        box: Where; square.
        stroke: Colour role of glyph lines.
    """

    name: str
    box: Box
    stroke: str = "ink"


@dataclass(frozen=True, slots=True)
class Group:
    """Items that belong together, an SVG ``<g>``.

    Args:
        kind: The class: ``node``, ``edge``, ``lane``, ``group``, ``note``, ``legend``, ``caption``, ``step``…
        items: What is in it, painted in order.
        data: Pairs of ``data-`` attribute (without the prefix) and value: ``id``; ``from``, ``to``, ``kind`` for edges.
        title: What a tool tip and a screen reader say; empty for none.
    """

    kind: str
    items: tuple[Item, ...]
    data: tuple[tuple[str, str], ...] = ()
    title: str = ""

    def get(self, key: str) -> str:
        """Return a data attribute, or an empty text."""
        return next((value for name, value in self.data if name == key), "")


Item = Shape | Text | Line | Polygon | Icon | Group


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure ready to be written.

    Args:
        width: Of the whole figure, margins included.
        height: Of the whole figure.
        title: The accessible name.
        description: The accessible description: what the figure shows, in words.
        items: Painted in order.
        notices: Sentences about what layout could not do as asked ("routing was simplified…"), for the user.
    """

    width: float
    height: float
    title: str
    description: str
    items: tuple[Item, ...]
    notices: tuple[str, ...] = field(default=())

    def walk(self) -> Iterator[tuple[Item, tuple[Group, ...]]]:
        """Yield every item with the groups around it, outermost first."""
        stack: list[tuple[Item, tuple[Group, ...]]] = [(item, ()) for item in reversed(self.items)]
        while stack:
            item, around = stack.pop()
            yield item, around
            if isinstance(item, Group):
                stack.extend((child, (*around, item)) for child in reversed(item.items))


def moved(item: Item, x: float, y: float) -> Item:
    """Return an item shifted by ``x`` to the right and ``y`` downwards.

    Args:
        item: Of a drawing.
        x: Pixels to the right.
        y: Pixels downwards.
    """
    match item:
        case Group():
            return Group(item.kind, tuple(moved(part, x, y) for part in item.items), item.data, item.title)
        # Written out, since every item of every figure comes here and ``replace`` takes several times as long.
        case Text(left, base, text, size, width, weight, anchor, fill, role, turn):
            return Text(left + x, base + y, text, size, width, weight, anchor, fill, role, turn)
        case Line(points, stroke, wide, dash, corner, head, tail, role, smooth):
            there = tuple((at + x, down + y) for at, down in points)
            return Line(there, stroke, wide, dash, corner, head, tail, role, smooth)
        case Polygon():
            return replace(item, points=tuple((at + x, down + y) for at, down in item.points))
        case _:
            box = item.box
            return replace(item, box=Box(box.x + x, box.y + y, box.width, box.height))
