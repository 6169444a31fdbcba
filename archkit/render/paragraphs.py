"""Lines of text → paragraphs, and the room that they and other items take up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from archkit.drawing import Box, Group, Item, Line, Polygon, Text
from archkit.geometry import bounds, union
from archkit.text import ASCENT

_SHARES = {"start": 0.0, "middle": 0.5, "end": 1.0}  # of a line's width that lie left of its anchor
_SAME = 0.6  # pixels by which the anchors of lines of one paragraph differ at most
_SPARE = 1.0  # pixels that lines of one paragraph may stand farther apart than they should


def joined(items: Iterable[Item], leading: float) -> Iterator[Item | list[Text]]:
    """Yield items, with lines of one style that follow each other as one list.

    Args:
        items: Of a drawing, in painting order.
        leading: Distance of two lines, as a multiple of their size.
    """
    lines: list[Text] = []
    for item in items:
        if isinstance(item, Text):
            if lines and not (_style(lines[-1]) == _style(item) and _follows(lines[-1], item, leading)):
                yield lines
                lines = []
            lines.append(item)
            continue
        if lines:
            yield lines
            lines = []
        yield item
    if lines:
        yield lines


def _style(text: Text) -> tuple[object, ...]:
    return text.size, text.weight, text.fill, text.role


def is_stack(texts: Sequence[Text], leading: float) -> bool:
    """Return whether texts, of whatever style, are the lines of one paragraph.

    Args:
        texts: In the order of the page.
        leading: Distance of two lines, as a multiple of their size.
    """
    return all(_follows(a, b, leading) for a, b in pairwise(texts))


def _follows(line: Text, after: Text, leading: float) -> bool:
    if line.anchor != after.anchor or line.rotate != after.rotate:
        return False
    beside, below = after.x - line.x, after.y - line.y
    if line.rotate:
        beside, below = below, beside
    return abs(beside) < _SAME and 0 < below <= max(line.size, after.size) * leading + _SPARE


def lines_box(lines: Sequence[Text], leading: float) -> Box:
    """Return the room that lines take up, as they stand on the page.

    Args:
        lines: Of one paragraph.
        leading: Distance of two lines, as a multiple of their size.
    """
    return union(_line_box(line, leading) for line in lines)


def _line_box(text: Text, leading: float = 1.25) -> Box:
    """Return the room of a line, with half of what parts it from the next above and below."""
    before, high = _SHARES[text.anchor] * text.width, text.size * leading
    above = (ASCENT + (leading - 1) / 2) * text.size
    if text.rotate:
        return Box(text.x - above, text.y + before - text.width, high, text.width)
    return Box(text.x - before, text.y - above, text.width, high)


def room(item: Item) -> Box:
    """Return the room that an item takes up."""
    match item:
        case Text():
            return _line_box(item)
        case Line() | Polygon():
            return bounds(item.points)
        case Group():
            return union(room(each) for each in item.items)
        case _:
            return item.box
