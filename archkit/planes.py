"""Planes of pictures before layout: axes, curves, marks, regions and arrows in the coordinates of their data.

A kind of figure gives data alone. Where labels stand, how long leaders are, how large the plane has to be for all of
them: that is the layout's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Literal

from archkit.blocks import Block, Tick
from archkit.drawing import Point

Sign = Literal["dot", "ring", "cross", "plus", "square", "diamond", "triangle", "star", "none"]
SIGNS: tuple[Sign, ...] = ("dot", "triangle", "square", "cross", "diamond", "ring", "plus")
"""Signs that tell groups of marks apart without colour, in the order in which groups take them."""

TONES: tuple[str, ...] = ("accent", "edge.feedback", "good", "edge.deploy", "edge.human", "edge.fallback", "ink")
"""Colour roles of groups and curves, in the same order."""

Pattern = Literal["full", "dashed", "dotted", "long"]
PATTERNS: tuple[Pattern, ...] = ("full", "dashed", "dotted", "long")
"""Lines that can be told apart without colour."""

_ROUND = 72  # corners of a circle


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Axis(Block):
    """One direction of a plane.

    Args:
        low: Data coordinate at its start: left, or at the bottom.
        high: Data coordinate at its end; below ``low`` where the axis runs the other way, as rows of pixels do.
        text: Its title.
        ticks: Values with their texts; ``at`` is a data coordinate here. Bold and toned ones are not told apart.
    """

    low: float = 0.0
    high: float = 1.0
    text: str = ""
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Series(Block):
    """A curve through points.

    Args:
        points: In data coordinates, at least two.
        text: Its name at the curve itself; empty where a legend has it.
        tone: Colour role.
        pattern: Of its line.
        bold: Whether the line is thick.
        sign: Stands at every point.
    """

    points: tuple[Point, ...]
    text: str = ""
    tone: str = "ink"
    pattern: Pattern = "full"
    bold: bool = False
    sign: Sign = "none"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Mark(Block):
    """A point with a sign.

    Args:
        x: Data coordinate.
        y: Data coordinate.
        text: Its label.
        sign: What it looks like.
        glyph: Name of a line drawing that stands there instead.
        tone: Colour role.
        size: Side of the sign in em.
        bold: Whether its label stands out.
        halo: Whether a ring around it says that it was picked.
    """

    x: float
    y: float
    text: str = ""
    sign: Sign = "dot"
    glyph: str = ""
    tone: str = "ink"
    size: float = 0.6
    bold: bool = False
    halo: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Region(Block):
    """An area.

    Args:
        points: Its corners in data coordinates; what lies outside of the plane is cut off.
        text: Its label.
        fill: Colour role of the inside, empty for none.
        stroke: Colour role of the line, empty for none.
        dashed: Whether the line is dashed.
        bold: Whether the line is thick.
        beside: Whether the label stands at the border, as with boxes on an image; otherwise it stands inside.
    """

    points: tuple[Point, ...]
    text: str = ""
    fill: str = ""
    stroke: str = "ink"
    dashed: bool = False
    bold: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Way(Block):
    """An arrow from one point to another; at both ends it keeps off the marks that stand there.

    Args:
        tail: Data coordinates of its start.
        head: Data coordinates of its end.
        text: What stands at its middle.
        tone: Colour role.
        dashed: Whether the line is dashed.
        bold: Whether the line is thick.
        plain: Whether it has no arrowhead.
    """

    tail: Point
    head: Point
    text: str = ""
    tone: str = "ink"
    dashed: bool = False
    bold: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Plane(Block):
    """What stands in two coordinates.

    Args:
        x: The level axis.
        y: The upright axis.
        regions: Painted first, in order.
        series: Curves.
        ways: Arrows.
        marks: Painted last.
        frame: ``box`` around the plane, ``arrows`` along both axes from the lower left corner, or ``none``.
        width: Of the plane without axis texts, in em.
        height: The same down; 0 for the height at which both axes have one scale, so that circles are round.
    """

    x: Axis
    y: Axis
    regions: tuple[Region, ...] = ()
    series: tuple[Series, ...] = ()
    ways: tuple[Way, ...] = ()
    marks: tuple[Mark, ...] = ()
    frame: Literal["box", "arrows", "none"] = "box"
    width: float = 26.0
    height: float = 0.0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sample(Block):
    """A piece of a curve, a sign or an area as a legend shows it.

    Args:
        tone: Colour role of the line or sign.
        pattern: Of the line; empty for no line.
        sign: In its middle.
        halo: Whether the sign has a ring around it.
        fill: Colour role of an area behind it; empty for none.
        dashed: Whether the border of the area is dashed.
        bold: Whether the line, or the border of the area, is thick.
    """

    tone: str = "ink"
    pattern: Pattern | Literal[""] = ""
    sign: Sign = "none"
    halo: bool = False
    fill: str = ""
    dashed: bool = False
    bold: bool = False


def circle(x: float, y: float, radius: float) -> tuple[Point, ...]:
    """Return the corners of a circle, fine enough to look round.

    Args:
        x: Of the middle, in the plane's coordinates.
        y: Of the middle.
        radius: In the same.
    """
    angles = (2 * pi * step / _ROUND for step in range(_ROUND))
    return tuple((round(x + radius * cos(angle), 6), round(y + radius * sin(angle), 6)) for angle in angles)


def rectangle(left: float, bottom: float, right: float, top: float) -> tuple[Point, ...]:
    """Return the corners of a rectangle.

    Args:
        left: In the plane's coordinates.
        bottom: In the same.
        right: In the same.
        top: In the same.
    """
    return (left, bottom), (right, bottom), (right, top), (left, top)


def padded(values: Sequence[float], share: float = 0.08) -> tuple[float, float]:
    """Return bounds around some values (at least one) with room on either side.

    Args:
        values: Data coordinates.
        share: Of their range that is left free on either side.
    """
    low, high = min(values), max(values)
    room = (high - low) * share or abs(high) * share or 1.0
    return low - room, high + room
