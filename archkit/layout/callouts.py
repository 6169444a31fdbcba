"""Callouts → a letter in a square at what is explained, and the explanations below the figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from archkit import text
from archkit.drawing import Box, Group, Item, Point, Shape, Text
from archkit.picture import Callout
from archkit.theme import Theme

_HALF = 8.0  # half of a square's side; a little less than the radius of a step's circle
_MORE = 3.5  # by which each further letter widens it on either side
_TO_TEXT = 7.0
_BETWEEN = 26.0  # between two columns of explanations
_LEADING = 4.0  # between two explanations
STRONGER = 1.5  # pixels by which lines of what stands out are thicker
CHANGES: Mapping[str, tuple[str, tuple[float, ...]]] = {
    "added": ("add", ()),
    "removed": ("remove", (4.0, 3.0)),
    "changed": ("change", (10.0, 3.0)),
}
"""Colour role and dash of what differs between two blueprints."""
SIGNS = frozenset("+−")
"""Marks that explain themselves."""
_LINE = 380.0  # longest line of an explanation


def half_width(mark: str) -> float:
    """Return half of the width of a letter's square, in pixels; more letters are wider."""
    return _HALF + _MORE * (len(mark) - 1)


def sign_box(mark: str, at: Point) -> Box:
    """Return the box of a letter's square around a middle."""
    half = half_width(mark)
    return Box(at[0] - half, at[1] - _HALF, 2 * half, 2 * _HALF)


def corner(mark: str, box: Box) -> Point:
    """Return the middle of the square at the upper right corner of a box, where no arrow ends."""
    return box.right - half_width(mark) + _HALF, box.y


def sign(mark: str, at: Point, theme: Theme, of: str = "") -> Group:
    """Draw the letter in its square.

    Args:
        mark: The letter.
        at: The middle of the square.
        theme: Gives the type size.
        of: What it stands at; empty in lists.
    """
    size = theme.sizes.step
    width = text.width(mark, size, "semibold", face=theme.face)
    return Group(
        "callout",
        (
            Shape("rect", sign_box(mark, at), "paper", "ink", 1.25, (), 0.0, "outline"),
            Text(at[0], at[1] + size * 0.33, mark, size, width, "semibold", "middle", "ink", "mark"),
        ),
        (("mark", mark), *((("of", of),) if of else ())),
        f"See {mark} below the figure" if of and mark not in SIGNS else "",
    )


def with_signs(items: Sequence[Item], callouts: Sequence[Callout], theme: Theme) -> list[Item]:
    """Return the items of a picture with a letter at the upper right corner of every named box that is explained."""
    marks = {callout.of: callout.mark for callout in callouts}
    boxes = [(id_, box) for id_, box in _boxes(items) if id_ in marks]
    return [*items, *(sign(marks[id_], corner(marks[id_], box), theme, id_) for id_, box in boxes)]


def _boxes(items: Iterable[Item]) -> Iterator[tuple[str, Box]]:
    for item in items:
        if isinstance(item, Group):
            outline = next((i for i in item.items if isinstance(i, Shape) and i.role == "outline"), None)
            if item.kind == "node" and outline is not None:
                yield item.get("id"), outline.box
            yield from _boxes(item.items)


def in_focus(items: Iterable[Item], ids: frozenset[str]) -> list[Item]:
    """Return the items of a picture with the outlines of some named boxes thick and filled."""
    return [_focused(item, ids) if isinstance(item, Group) else item for item in items]


def _focused(group: Group, ids: frozenset[str]) -> Group:
    parts = in_focus(group.items, ids)
    if group.kind == "node" and group.get("id") in ids:
        parts = [_strong(part) for part in parts]
    return replace(group, items=tuple(parts))


def _strong(part: Item) -> Item:
    match part:
        case Shape() if part.role == "outline":
            return replace(part, fill="highlight", stroke="ink", stroke_width=part.stroke_width + STRONGER)
        case Text() if part.fill == "muted":  # too pale on the stronger ground
            return replace(part, fill="ink")
        case Group() if part.kind == "part":
            inner = (each if isinstance(each, Shape) else _strong(each) for each in part.items)
            return replace(part, items=tuple(inner))
    return part


def explained(callouts: Sequence[Callout], width: float, theme: Theme) -> tuple[list[Item], float, float]:
    """Draw the explanations in as many columns as there is room for, read down each column.

    Args:
        callouts: In the order of their letters.
        width: Pixels that the list may take.
        theme: Gives type size and leading.

    Returns:
        The list with its origin at the upper left, its width and its height.
    """
    if not callouts:
        return [], 0.0, 0.0
    size = theme.sizes.note
    indent = 2 * max(half_width(each.mark) for each in callouts) + _TO_TEXT
    widest = max(text.width(each.text, size, face=theme.face) for each in callouts) + 0.5
    words = (
        max(
            (text.width(word, size, face=theme.face) for each in callouts for word in each.text.split(" ")), default=0.0
        )
        + 0.5
    )
    measure = max(min(widest, _LINE, width - indent), words)
    columns = max(1, min(len(callouts), int((width + _BETWEEN) / (indent + measure + _BETWEEN))))
    per_column = -(-len(callouts) // columns)
    items: list[Item] = []
    height = right = 0.0
    for column in range(0, len(callouts), per_column):
        x, y = column // per_column * (indent + measure + _BETWEEN), 0.0
        for each in callouts[column : column + per_column]:
            lines = text.wrap(each.text, measure, size, face=theme.face)
            items.append(_line(each, lines, x, y, indent, theme))
            y += max(2 * _HALF, len(lines) * size * theme.sizes.leading) + _LEADING
        height, right = max(height, y - _LEADING), x + indent + measure
    return items, right, height


def _line(callout: Callout, lines: Sequence[str], x: float, y: float, indent: float, theme: Theme) -> Group:
    """Draw one explanation behind its letter."""
    size, leading = theme.sizes.note, theme.sizes.note * theme.sizes.leading
    items: list[Item] = [sign(callout.mark, (x + half_width(callout.mark), y + _HALF), theme)]
    at = y + max(0.0, (2 * _HALF - leading) / 2)  # the first line stands level with the letter
    rise = (theme.sizes.leading - 1) / 2 * size + text.DESCENT * size
    for number, line in enumerate(lines, 1):
        baseline = at + number * leading - rise
        items.append(
            Text(x + indent, baseline, line, size, text.width(line, size, face=theme.face), fill="note", role="callout")
        )
    return Group("explanation", tuple(items), (("mark", callout.mark), ("of", callout.of)))
