"""Parts of pictures before layout: blocks inside blocks, as rows, columns, tables and charts, with no coordinate.

Lengths are in *em*, the type size of labels, so that a theme with larger type draws everything larger.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from archkit.drawing import ShapeKind
from archkit.picture import EdgeStyle

Align = Literal["start", "middle", "end", "stretch"]
Style = Literal["title", "strong", "body", "small", "note", "big"]
Side = Literal["left", "right", "top", "bottom"]


class Block:
    """Anything that takes up room in a picture."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Words(Block):
    """A paragraph.

    Args:
        text: What it says; it is broken into lines.
        style: ``title`` of a part, ``strong``, ``body``, ``small`` (muted), ``note`` (slanted) or ``big`` (a number).
        tone: Colour role, where that is not the style's.
        measure: Longest line in em; a longer word is left whole, unless it is longer than 20 em.
        align: Where lines stand in the room that the paragraph is given.
    """

    text: str
    style: Style = "body"
    tone: str = ""
    measure: float = 22.0
    align: Align = "start"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Glyph(Block):
    """A line drawing.

    Args:
        name: See ``icons.GLYPHS``.
        tone: Colour role of its lines.
        size: Side in em.
    """

    name: str
    tone: str = "ink"
    size: float = 1.6


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Space(Block):
    """Nothing, of some size in em."""

    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Row(Block):
    """Blocks side by side; ``stretch`` makes them equally high."""

    parts: tuple[Block, ...]
    gap: float = 0.8
    align: Align = "middle"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Column(Block):
    """Blocks below each other; ``stretch`` makes them equally wide."""

    parts: tuple[Block, ...]
    gap: float = 0.4
    align: Align = "start"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Overlay(Block):
    """Blocks on top of each other, all in the middle of the largest."""

    parts: tuple[Block, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Flow(Block):
    """Blocks in reading order, in as many columns as make the best use of a page."""

    parts: tuple[Block, ...]
    gap: float = 1.8


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Boxed(Block):
    """A block in an outline.

    Args:
        inner: What is in it.
        id: Names the box for arrows and scripts; boxes without one are decoration.
        shape: Outline.
        fill: Colour role of the inside; empty for the one that goes with the shape.
        stroke: Colour role of the line.
        bold: Whether the line is thick.
        dashed: Whether the line is dashed.
        padding: Room on every side in em.
        least: Smallest width and height in em.
        align: Where the inside stands across; it is in the middle down.
        top: Whether the inside stands at the top instead.
    """

    inner: Block
    id: str = ""
    shape: ShapeKind = "rounded"
    fill: str = ""
    stroke: str = "ink"
    bold: bool = False
    dashed: bool = False
    padding: float = 0.75
    least: tuple[float, float] = (0.0, 0.0)
    align: Align = "middle"
    top: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Grid(Block):
    """A table.

    Args:
        rows: Its cells; None for an empty one, and all rows have as many as there are columns.
        columns: How each column's cells stand across.
        heads: How many rows from the top are column titles, ruled off from the rest if rows have room between them.
        marked: Rows that stand out by their background.
        tint: Colour role of that background.
        ruled: Whether hairlines part the rows.
        gap: Between columns, in em.
        leading: Between rows, in em.
        align: How cells stand down.
    """

    rows: tuple[tuple[Block | None, ...], ...]
    columns: tuple[Align, ...]
    heads: int = 0
    marked: frozenset[int] = frozenset()
    tint: str = "model.fill"
    ruled: bool = True
    gap: float = 1.4
    leading: float = 0.7
    align: Align = "middle"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Braced(Block):
    """A block with a bracket along one side, and what the bracket means."""

    inner: Block
    label: Block
    side: Side = "right"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Rating(Block):
    """Points out of a most, as discs full, partly full and empty."""

    points: float
    most: int = 5
    tone: str = "ink"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cells(Block):
    """A strip of cells: a vector, or a batch; ``cut`` draws "…" instead of the middle ones."""

    count: int = 6
    upright: bool = False
    cut: bool = False
    fill: str = "node.fill"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Number(Block):
    """A number in a full circle."""

    number: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Taper(Block):
    """A slice of a funnel: the shares of the full width at its upper and lower end."""

    upper: float
    lower: float
    width: float = 24.0
    height: float = 2.6
    fill: str = "lane.other"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Span(Block):
    """A piece of a bar from one share of the axis to another, with a text inside where it fits, else beside it.

    Args:
        start: Share of the axis.
        end: Share of the axis.
        fill: Colour role, empty for none.
        text: How much it is.
        dashed: Whether its line is dashed.
        cut: Whether it is longer than it is drawn, which a gap in it says.
        id: Names it for arrows.
    """

    start: float
    end: float
    fill: str = "lane.other"
    text: str = ""
    dashed: bool = False
    cut: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Bar(Block):
    """Pieces of one line on an axis; ``width`` in em is that of the whole axis."""

    spans: tuple[Span, ...]
    width: float = 24.0
    height: float = 1.8


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tick(Block):
    """An upright line across a plot with a text at its end; ``bold`` ones are limits and stand above, others below."""

    at: float
    text: str
    bold: bool = False
    tone: str = "ink"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Plot(Block):
    """Bars on a common axis.

    Args:
        rows: What stands left of a bar, its pieces, and what stands right of it.
        ticks: Lines across all bars.
        width: Of the axis in em.
    """

    rows: tuple[tuple[Block, tuple[Span, ...], Block], ...]
    ticks: tuple[Tick, ...] = ()
    width: float = 36.0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tree(Block):
    """A block with branches to its right, or to both sides."""

    root: Block
    branches: tuple[Block, ...]
    left: tuple[Block, ...] = ()
    gap: float = 0.9
    reach: float = 3.2


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Link(Block):
    """The room for an arrow between its neighbours in a row or column, wide enough for what flows.

    Args:
        tail: Id of the box that it leaves.
        head: Id of the box that it enters.
        label: What flows.
        style: How it is drawn.
        kind: Written as ``data-kind``.
        upright: Whether it runs up or down.
        least: Shortest length in em.
    """

    tail: str
    head: str
    label: str = ""
    style: EdgeStyle = "request"
    kind: str = "sync"
    upright: bool = False
    least: float = 2.6
    step: int = 0
