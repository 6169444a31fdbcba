"""A figure's size → the page that it stands on: between paragraphs, or on a page on its side."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from archkit.book import Paper
from archkit.theme import Theme

_POINTS = 0.75  # of a CSS pixel
_LEAST = 6.5  # points: the smallest type that is printed
_LARGEST = 0.82  # of a figure's own size; type then is as large as that of the text
_PROJECTED = 1.3  # the same of slides, which are read from afar

PAPERS: Mapping[str, Paper] = MappingProxyType(
    {
        "a4": Paper("a4", text=481.0, tallest=610.0, side=(785.0, 535.0)),
        "letter": Paper("us-letter", text=498.0, tallest=560.0, side=(735.0, 552.0)),
        "16:9": Paper("presentation-16-9", text=785.0, tallest=370.0, side=(785.0, 370.0), slides=True),
    }
)
"""By the name that the user chooses."""

CAPTION = 34.0
"""Points of a caption, with the room around it."""


def placed(size: tuple[float, float], theme: Theme, paper: Paper) -> tuple[bool, float, float]:
    """Return whether a figure gets a page on its side, and its width and height in points.

    Args:
        size: Width and height of the figure, in pixels.
        theme: Gives its smallest type.
        paper: That it is printed on.
    """
    sizes = theme.sizes
    least = min(sizes.label, sizes.annotation, sizes.note, sizes.legend) * _POINTS
    width, height = size[0] * _POINTS, size[1] * _POINTS
    scale = min(paper.text / width, paper.tallest / height, _PROJECTED if paper.slides else _LARGEST)
    if paper.slides or scale * least >= _LEAST:
        return False, scale * width, scale * height
    other = min(paper.side[0] / width, (paper.side[1] - CAPTION) / height, _LARGEST)
    scale = max(scale, other)
    return scale == other, scale * width, scale * height
