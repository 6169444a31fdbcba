"""Small drawings for tests of the figure checker, and cases that turn one dial of a drawing from flawed to good."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from archkit.drawing import Box, Drawing, Group, Icon, Item, Line, Point, Shape, ShapeKind, Text
from archkit.proof import SYSTEM, Limits, check
from archkit.text import width
from archkit.theme import THEMES

PAGE = Box(0, 0, 560, 400)


class Case(NamedTuple):
    """A drawing with a dial.

    Args:
        codes: What is told with the dial at ``flawed``, separated by spaces.
        build: Makes the drawing.
        flawed: With this value the drawing has the flaws.
        good: With this one it has none; mostly just inside the bound.
    """

    codes: str
    build: Callable[[Any], Drawing]
    flawed: Any
    good: Any

    def __str__(self) -> str:
        return f"{self.codes.replace(' ', '+')}-{self.build.__name__}"


class Cases(list[Case]):
    """The cases of a test module."""

    def case(self, codes: str, flawed: Any, good: Any) -> Callable[[Callable[[Any], Drawing]], None]:
        """Add a builder as a case."""
        return lambda build: self.append(Case(codes, build, flawed, good))


def told(picture: Drawing, limits: Limits = SYSTEM, theme: str = "book") -> list[str]:
    """Return the codes of a drawing's flaws."""
    return [flaw.code for flaw in check(picture, THEMES[theme], limits=limits)]


def words(x: float, y: float, said: str, role: str = "", size: float = 12.0, **more: Any) -> Text:
    """Return a text that starts at x on the baseline y, as wide as it measures."""
    return Text(x, y, said, size, width(said, size), role=role, **more)


def box_with(box: Box, *items: Item, kind: ShapeKind = "rounded", name: str = "a") -> Group:
    """Return a node with just these items in its outline."""
    return Group("node", (Shape(kind, box, "node.fill", role="outline"), *items), (("id", name),), name)


def node(name: str, x: float, y: float, size: tuple[float, float] = (100, 50), kind: ShapeKind = "rounded") -> Group:
    """Return a node with its name in its middle."""
    box = Box(x, y, *size)
    middle, height = box.center
    return box_with(box, words(middle, height + 3, name, "title", anchor="middle"), kind=kind, name=name)


def edge(source: str, target: str, points: list[Point], *marks: Item, trunk: str = "", **look: Any) -> Group:
    """Return an arrow between two nodes."""
    line = Line(tuple(points), role="wire", **{"head": "arrow", **look})
    data = (("from", source), ("to", target), ("kind", "sync"), *((("trunk", trunk),) if trunk else ()))
    return Group("edge", (line, *marks), data)


def label(x: float, y: float, said: str = "request", size: float = 10.0, **more: Any) -> Text:
    """Return the label of an arrow."""
    return words(x, y, said, "label", size, **more)


def step(x: float, y: float, number: str = "1") -> Group:
    """Return a numbered circle around a middle."""
    text = words(x, y + 3.5, number, "step", 10.5, anchor="middle", fill="step.text")
    return Group("step", (Shape("circle", Box(x - 8, y - 8, 16, 16), "step", "", role="outline"), text))


def lane(name: str, box: Box, title: Text | None = None) -> Group:
    """Return a lane with its name in the upper left corner."""
    text = title or words(box.x + 8, box.y + 16, name, "lane")
    return Group("lane", (Shape("band", box, "lane.data", ""), text), (("id", name),))


def cluster(name: str, box: Box, title: Text | None = None) -> Group:
    """Return a dashed group with its name in the upper left corner."""
    text = title or words(box.x + 8, box.y + 14, name, "group", 10)
    return Group("group", (Shape("rounded", box, "", "group", dash=(5, 3.5)), text), (("id", name),))


def note(name: str, text: Text, *leader: Point) -> Group:
    """Return a note about a node, with a leader where points are given."""
    lines = (Line(leader, role="leader"),) if leader else ()
    return Group("note", (text, *lines), (("id", name),))


def icon(x: float, y: float, side: float = 20) -> Icon:
    """Return a glyph."""
    return Icon("glyph:gauge", Box(x, y, side, side))


def drawing(*items: Item, page: Box = PAGE) -> Drawing:
    """Return a page with some items."""
    return Drawing(page.width, page.height, "A title", "What is shown.", items)


def pair(*marks: Item, wire: list[Point] | None = None, **look: Any) -> tuple[Group, Group, Group]:
    """Return a node a, x 60–160, a node b, x 310–410, both y 100–150, and the arrow between with its marks."""
    arrow = edge("a", "b", wire or [(160, 125), (310, 125)], *marks, **look)
    return node("a", 60, 100), node("b", 310, 100), arrow
