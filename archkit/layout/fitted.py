"""What a measured block is: its size, and how it is drawn into a box."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from archkit import text
from archkit.blocks import Align, Block, Style, Words
from archkit.drawing import Box, Group, Item, Text, Weight
from archkit.theme import Theme


class Fitted(NamedTuple):
    """A block with its texts broken into lines.

    Attributes:
        width: Smallest width in pixels.
        height: Smallest height in pixels.
        draw: Draws it into a box that is at least as large.
    """

    width: float
    height: float
    draw: Callable[[Box], list[Item]]


Fit = Callable[[Block], Fitted]
"""Measures a block; what holds others is given one to measure them with."""


def em(theme: Theme) -> float:
    """Return the unit of lengths in pictures, in pixels."""
    return theme.sizes.label


def across(align: Align, box: Box, width: float) -> float:
    """Return where something of a width begins in a box."""
    spare = box.width - width
    return box.x + {"start": 0.0, "stretch": 0.0, "middle": spare / 2, "end": spare}[align]


def down(align: Align, box: Box, height: float) -> float:
    """Return where something of a height begins in a box."""
    spare = box.height - height
    return box.y + {"start": 0.0, "stretch": 0.0, "middle": spare / 2, "end": spare}[align]


def _look(style: Style, theme: Theme) -> tuple[float, Weight, str, str]:
    """Return size, cut, colour and role of a style of text."""
    sizes = theme.sizes
    return {
        "title": (sizes.node + 1, "semibold", "ink", "title"),
        "strong": (sizes.node, "semibold", "ink", "label"),
        "body": (sizes.label, "regular", "ink", "label"),
        "small": (sizes.annotation, "regular", "muted", "annotation"),
        "note": (sizes.note, "italic", "note", "note"),
        "big": (sizes.title + 4, "semibold", "ink", "title"),
    }[style]  # type: ignore[return-value]


def broken(
    words: str, measure: float, size: float, weight: Weight, theme: Theme, most: float = 20.0
) -> tuple[str, ...]:
    """Break a paragraph into lines; a word that is longer than a line is left whole unless it is very long.

    Args:
        words: The paragraph.
        measure: Longest line in em.
        size: Type size in pixels.
        weight: Cut of the typeface.
        theme: Has the typeface.
        most: Longest word in em that is left whole: an address or the name of a class still stands on one line.
    """
    longest = max(text.width(word, size, weight, face=theme.face) for word in words.split(" ")) + 0.5
    limit = max(measure * em(theme), min(longest, most * em(theme)))
    return text.wrap(words, limit, size, weight, face=theme.face)


def fit_words(words: Words, theme: Theme) -> Fitted:
    """Break a paragraph into lines."""
    size, weight, fill, role = _look(words.style, theme)
    fill = words.tone or fill
    lines = broken(words.text, words.measure, size, weight, theme)
    widths = [text.width(line, size, weight, face=theme.face) for line in lines]
    leading = size * theme.sizes.leading

    def draw(box: Box) -> list[Item]:
        anchor, x = {
            "start": ("start", box.x),
            "stretch": ("start", box.x),
            "middle": ("middle", box.center[0]),
            "end": ("end", box.right),
        }[words.align]
        rise = (theme.sizes.leading - 1) / 2 * size + text.DESCENT * size
        return [
            Text(x, box.y + (at + 1) * leading - rise, line, size, width, weight, anchor, fill, role)  # type: ignore[arg-type]
            for at, (line, width) in enumerate(zip(lines, widths, strict=True))
            if line
        ]

    return Fitted(max(widths), len(lines) * leading, draw)


def part(*items: Item) -> Group:
    """Return items as a group whose first outline its texts stay inside."""
    return Group("part", items)
