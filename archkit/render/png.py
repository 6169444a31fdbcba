"""SVG text → PNG bytes of a bearable size."""

from __future__ import annotations

import re
from math import floor, isfinite, sqrt

from archkit.raster import painted
from archkit.render.finish import SCALE

MAX_PIXELS = 100_000_000

_SIZE = re.compile(r'<svg [^>]*?\bwidth="([0-9.]+)" height="([0-9.]+)"')


class PictureSizeError(ValueError):
    """The wanted picture has no pixels or too many; the message says which scale would do."""


def png(svg_text: str, scale: float = SCALE, width: int | None = None) -> bytes:
    """Return a PNG picture of an SVG that this project wrote.

    Args:
        svg_text: As ``svg`` returns it.
        scale: Pixels of the picture for one pixel of the figure.
        width: Pixels of the picture from side to side, in place of a scale.

    Raises:
        PictureSizeError: The scale or width is no positive number, or the picture would have over 100 million pixels.
        ValueError: The text is not an SVG of this project, a programming mistake.
    """
    wide, high = size(svg_text)
    pixels = _scaled(wide, high, scale) if width is None else _as_wide_as(wide, high, width)
    return painted(svg_text, (wide, high), pixels)


def size(svg_text: str) -> tuple[float, float]:
    """Return the width and height that an SVG of this project says it has, in pixels.

    Raises:
        ValueError: The text is not an SVG of this project, a programming mistake.
    """
    found = _SIZE.match(svg_text)
    if found is None:
        raise ValueError("not an SVG with a width and a height")
    return float(found[1]), float(found[2])


def _as_wide_as(wide: float, high: float, width: int) -> tuple[int, int]:
    if width < 1:
        raise PictureSizeError(f"a width of {width} pixels makes no picture; write a number above 0, such as 1600")
    down = max(1, round(width * high / wide))
    if width * down > MAX_PIXELS:
        most = floor(sqrt(MAX_PIXELS * wide / high))
        raise PictureSizeError(
            f"a width of {width:,} pixels makes a picture over the limit of {MAX_PIXELS:,} pixels; "
            f"this figure takes a width up to {most:,}"
        )
    return width, down


def _scaled(width: float, height: float, scale: float) -> tuple[int, int]:
    if not isfinite(scale) or scale <= 0:
        raise PictureSizeError(f"a scale of {scale:g} makes no picture; write a number above 0, such as 2")
    across, down = round(width * scale), round(height * scale)
    if across < 1 or down < 1:
        raise PictureSizeError(f"a scale of {scale:g} leaves no pixel of {width:g} × {height:g}; write a larger one")
    if across * down > MAX_PIXELS:
        largest = floor(sqrt(MAX_PIXELS / (width * height)) * 100) / 100
        raise PictureSizeError(
            f"a scale of {scale:g} makes {across:,} × {down:,} pixels, over the limit of {MAX_PIXELS:,}; "
            f"this figure takes a scale up to {largest:g}"
        )
    return across, down
