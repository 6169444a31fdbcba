"""A figure's size → the page that it is put on: how large it stands there, and where."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from archkit.drawing import Box


class Page(NamedTuple):
    """A format that figures can be put on.

    Attributes:
        long: The longer side in CSS pixels.
        short: The shorter side in CSS pixels.
        margin: What stays free on every side, besides the figure's own margin.
        largest: How much a small figure is enlarged at most.
        turns: Whether the page stands upright for figures that are higher than wide.
    """

    long: float
    short: float
    margin: float
    largest: float
    turns: bool


SCALE = 1.5
"""Pixels of a PNG for one pixel of a figure where nobody says another number."""

_INCH = 96.0
PAGES: Mapping[str, Page] = MappingProxyType(
    {
        "a4": Page(297 / 25.4 * _INCH, 210 / 25.4 * _INCH, 20.0, 1.25, True),
        "letter": Page(11 * _INCH, 8.5 * _INCH, 20.0, 1.25, True),
        "16:9": Page(1280.0, 720.0, 10.0, 2.0, False),
        "og-card": Page(1200.0, 630.0, 10.0, 2.0, False),
    }
)
"""By the name that the user chooses; an ``og-card`` is the picture that shared links show, 1200 × 630."""


class Finish(NamedTuple):
    """How a drawing becomes a picture.

    Attributes:
        page: Name of the page that it stands on; empty for a picture of the figure's own size.
        transparent: Whether no paper is painted behind it.
        adaptive: Whether an SVG follows the reader's choice of light or dark.
    """

    page: str = ""
    transparent: bool = False
    adaptive: bool = False


PLAIN = Finish()
"""A picture of the figure alone, on paper, in one colour scheme."""


class Frame(NamedTuple):
    """Where a figure stands on its page.

    Attributes:
        width: Of the page in pixels.
        height: Of the page in pixels.
        view: What the page shows, in the figure's own coordinates.
    """

    width: float
    height: float
    view: Box


def frame(width: float, height: float, page: str = "") -> Frame:
    """Return how a figure stands in the middle of a page, as large as fits.

    Args:
        width: Of the figure in pixels, its margins included.
        height: Of the figure in pixels, its margins included.
        page: Name of the page; empty for one of the figure's own size.

    Raises:
        KeyError: There is no such page.
    """
    if not page:
        return Frame(width, height, Box(0.0, 0.0, width, height))
    size = PAGES[page]
    upright = size.turns and height > width
    wide, high = (size.short, size.long) if upright else (size.long, size.short)
    scale = min((wide - 2 * size.margin) / width, (high - 2 * size.margin) / height, size.largest)
    seen = wide / scale, high / scale
    return Frame(wide, high, Box((width - seen[0]) / 2, (height - seen[1]) / 2, *seen))
