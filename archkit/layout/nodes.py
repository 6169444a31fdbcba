"""Node → its size, then its outline, icon and texts in a box."""

from __future__ import annotations

from typing import NamedTuple

from archkit import text
from archkit.drawing import Box, Group, Icon, Item, Line, Point, Shape, ShapeKind, Text
from archkit.layout.callouts import CHANGES, STRONGER
from archkit.outline import Side, border_point, safe_area
from archkit.picture import Node
from archkit.products import product_path, product_title
from archkit.theme import Theme, fill_role

_SPARE = 5.0  # between a text and its outline; the figure checker demands 4
_SMALLEST = (92.0, 40.0)
_ICON_GAP = 3.0
_SIDE_ICON, _SIDE_GAP = 20.0, 6.0
_USUAL_SIZE = 13.5  # of type, for which the following widths are meant
_TITLE_WIDTH, _NARROW_TITLE, _LONGEST_WORD = 100.0, 84.0, 125.0
_NOTE_WIDTH = 128.0
_NOTE_BAR = 4.0
_ON = 0.01  # pixels within which a point counts as lying on a side


class Sized(NamedTuple):
    """A node whose texts are broken into lines.

    Args:
        node: The node.
        title: Lines of its title.
        annotation: Lines of small print.
        icon: Name for ``Icon``; empty for none.
        content: Width and height of icon and texts together.
        size: Smallest box that holds them.
        beside: Whether the icon stands left of the texts instead of above them.
    """

    node: Node
    title: tuple[str, ...]
    annotation: tuple[str, ...]
    icon: str
    content: tuple[float, float]
    size: tuple[float, float]
    beside: bool = False


def measure(node: Node, theme: Theme, beside: bool = False, narrow: bool = False) -> Sized:
    """Break a node's texts into lines and find its smallest box.

    Args:
        node: The node.
        theme: For type sizes and distances.
        beside: Put the icon left of the texts, for a lower and wider box.
        narrow: Break texts into shorter lines.
    """
    sizes = theme.sizes
    if node.role == "note":
        return _measured_note(node, theme)
    longest_word = (
        max(text.width(word, sizes.node, "semibold", face=theme.face) for word in node.title.split(" ")) + 0.5
    )
    larger = sizes.node / _USUAL_SIZE
    limit = min(max((_NARROW_TITLE if narrow else _TITLE_WIDTH) * larger, longest_word), _LONGEST_WORD * larger)
    title = text.wrap(node.title, limit, sizes.node, "semibold", face=theme.face)
    lines: list[str] = []
    icon = "" if node.shape == "person" else _icon(node)  # the outline is one already
    named = (product_title(node.tech),) if node.tech and not icon.startswith("product:") else ()
    for line in (*named, *node.annotation):
        lines += text.wrap(line, limit + 8, sizes.annotation, face=theme.face)
    width = max(
        max((text.width(line, sizes.node, "semibold", face=theme.face) for line in title), default=0.0),
        max((text.width(line, sizes.annotation, face=theme.face) for line in lines), default=0.0),
    )
    height = len(title) * sizes.node * sizes.leading + len(lines) * sizes.annotation * sizes.leading
    if icon and beside:
        width, height = width + _SIDE_ICON + _SIDE_GAP, max(height, _SIDE_ICON)
    elif icon:
        width, height = max(width, theme.spacing.icon), height + theme.spacing.icon + _ICON_GAP
    return Sized(node, title, tuple(lines), icon, (width, height), _smallest(node, width, height), beside)


def _text_height(sized: Sized, theme: Theme) -> float:
    sizes = theme.sizes
    return (len(sized.title) * sizes.node + len(sized.annotation) * sizes.annotation) * sizes.leading


def _icon(node: Node) -> str:
    """Return the picture of a node's product where there is one, else the glyph of its type."""
    if node.tech and product_path(node.tech):
        return f"product:{node.tech}"
    return f"glyph:{node.glyph}" if node.glyph else ""


def _measured_note(node: Node, theme: Theme) -> Sized:
    size = theme.sizes.note
    lines = text.wrap(node.title, _NOTE_WIDTH, size, "italic", face=theme.face)
    width = max(text.width(line, size, "italic", face=theme.face) for line in lines)
    height = len(lines) * size * theme.sizes.leading
    return Sized(node, lines, (), "", (width, height), (width + 2 * _SPARE + _NOTE_BAR, height + 2 * _SPARE))


def _smallest(node: Node, width: float, height: float) -> tuple[float, float]:
    box_width, box_height = max(_SMALLEST[0], width + 2 * _SPARE), max(_SMALLEST[1], height + 2 * _SPARE)
    for _ in range(12):
        inside = safe_area(node.shape, Box(0, 0, box_width, box_height)).inset(_SPARE)
        missing = max(0.0, width - inside.width), max(0.0, height - inside.height)
        if missing == (0.0, 0.0):
            break
        box_width, box_height = box_width + missing[0] + 0.5, box_height + missing[1] + 0.5
    return box_width, box_height


def draw(sized: Sized, box: Box, theme: Theme) -> Group:
    """Draw a node in its box: icon above or beside title above small print, in the middle."""
    node, sizes = sized.node, theme.sizes
    if node.role == "note":
        return _drawn_note(sized, box, theme)
    ink = "muted" if node.stress == "muted" else "ink"
    pale = "ink" if node.stress == "strong" else "muted"  # what is pale elsewhere would be too pale there
    items: list[Item] = [_outline(node, box, theme)]
    inside = safe_area(node.shape, box)
    middle = inside.x + inside.width / 2
    y = inside.y + (inside.height - sized.content[1]) / 2
    if sized.icon and sized.beside:
        left = middle - sized.content[0] / 2
        items.append(Icon(sized.icon, Box(left, inside.center[1] - _SIDE_ICON / 2, _SIDE_ICON, _SIDE_ICON), ink))
        middle += (_SIDE_ICON + _SIDE_GAP) / 2
        y = inside.center[1] - _text_height(sized, theme) / 2
    elif sized.icon:
        side = theme.spacing.icon
        items.append(Icon(sized.icon, Box(middle - side / 2, y, side, side), ink))
        y += side + _ICON_GAP
    for line in sized.title:
        y += sizes.node * sizes.leading
        width = text.width(line, sizes.node, "semibold", face=theme.face)
        items.append(
            Text(
                middle,
                _baseline(y, sizes.node, sizes.leading),
                line,
                sizes.node,
                width,
                "semibold",
                "middle",
                ink,
                "title",
            )
        )
    for line in sized.annotation:
        y += sizes.annotation * sizes.leading
        width = text.width(line, sizes.annotation, face=theme.face)
        baseline = _baseline(y, sizes.annotation, sizes.leading)
        items.append(Text(middle, baseline, line, sizes.annotation, width, "regular", "middle", pale, "annotation"))
    return Group("node", tuple(items), (("id", node.id),), node.tooltip or node.title)


def _outline(node: Node, box: Box, theme: Theme) -> Shape:
    """Return a node's outline: thick and filled where it stands out, pale where it is only context."""
    fill, ink, width = fill_role(node.shape), "ink", theme.strokes.node
    if node.stress == "strong":
        fill, width = "highlight", width + STRONGER
    elif node.stress == "muted":
        ink, width = "muted", theme.strokes.leader
    dash: tuple[float, ...] = ()
    if node.stress in CHANGES:
        (ink, dash), width = CHANGES[node.stress], width + STRONGER
    return Shape(node.shape, box, fill, ink, width, dash, theme.spacing.radius, "outline")


def _drawn_note(sized: Sized, box: Box, theme: Theme) -> Group:
    """Draw a note: slanted text behind an upright bar, no border."""
    size = theme.sizes.note
    items: list[Item] = [
        Shape("rect", box, "", "", 0.0, (), 0.0, "outline"),
        Line(((box.x + 1, box.y), (box.x + 1, box.bottom)), "faint", 2.0),
    ]
    y = box.center[1] - sized.content[1] / 2
    for line in sized.title:
        y += size * theme.sizes.leading
        width = text.width(line, size, "italic", face=theme.face)
        baseline = _baseline(y, size, theme.sizes.leading)
        at = box.x + _SPARE + _NOTE_BAR
        items.append(Text(at, baseline, line, size, width, "italic", "start", "note", "note"))
    return Group("note", tuple(items), (("id", sized.node.id),), "")


# Pixels along the horizontal and along the vertical sides where the outline leaves its box or bends away from it.
_PORT_MARGINS: dict[ShapeKind, tuple[float, float]] = {
    "cylinder": (16.0, 20.0),
    "queue": (22.0, 14.0),
    "diamond": (24.0, 12.0),
    "person": (30.0, 29.0),
    "cloud": (18.0, 18.0),
    "document": (18.0, 18.0),
    "stack": (18.0, 18.0),
}


def port_margins(node: Node) -> tuple[float, float]:
    """Return how far arrows stay off a node's corners along its upper and lower side, and along the other two."""
    return _PORT_MARGINS.get(node.shape, (12.0, 12.0))


def meeting(node: Node, box: Box, at: Point, theme: Theme) -> Point:
    """Return where an arrow that meets a node's box at a point meets the outline itself."""
    if node.shape in ("rect", "rounded") or node.role == "note":
        return at
    x, y = at
    if abs(x - box.x) < _ON or abs(x - box.right) < _ON:
        side: Side = "left" if abs(x - box.x) < _ON else "right"
        return border_point(node.shape, box, side, (y - box.y) / box.height, theme.spacing.radius)
    side = "top" if abs(y - box.y) < _ON else "bottom"
    return border_point(node.shape, box, side, (x - box.x) / box.width, theme.spacing.radius)


def _baseline(bottom: float, size: float, leading: float) -> float:
    """Return the baseline of a line of text whose line box ends at ``bottom``."""
    return bottom - (leading - 1) / 2 * size - text.DESCENT * size
