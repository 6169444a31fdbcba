"""SVG text → PNG bytes, by resvg with the project's own fonts and none of the system's."""

from __future__ import annotations

import re
from math import ceil, floor, isfinite, sqrt

import resvg_py

from archkit.text import font_files
from archkit.typefaces import TYPEFACES, FaceName

MAX_PIXELS = 100_000_000

_SIZE = re.compile(r'<svg [^>]*?\bwidth="([0-9.]+)" height="([0-9.]+)"')


class PictureSizeError(ValueError):
    """The wanted picture has no pixels or too many; the message says which scale would do."""


def png(svg_text: str, scale: float = 1.5, width: int | None = None) -> bytes:
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
    if width is None:
        _check_scale(wide, high, scale)
    else:
        _check_width(wide, high, width)
    fonts = [file for face in faces(svg_text) for file in font_files(face)]
    large = {"zoom": scale} if width is None else {"width": width}
    return bytes(resvg_py.svg_to_bytes(svg_string=svg_text, **large, skip_system_fonts=True, font_files=fonts))


def size(svg_text: str) -> tuple[float, float]:
    """Return the width and height that an SVG of this project says it has, in pixels.

    Raises:
        ValueError: The text is not an SVG of this project, a programming mistake.
    """
    found = _SIZE.match(svg_text)
    if found is None:
        raise ValueError("not an SVG with a width and a height")
    return float(found[1]), float(found[2])


def faces(svg_text: str) -> list[FaceName]:
    """Return the typefaces that an SVG names, the plain one first, which draws what others lack."""
    return [face for face, typeface in TYPEFACES.items() if face == "plain" or f"'{typeface.family}'" in svg_text]


def _check_width(wide: float, high: float, width: int) -> None:
    if width < 1:
        raise PictureSizeError(f"a width of {width} pixels makes no picture; write a number above 0, such as 1600")
    if width * ceil(width * high / wide) > MAX_PIXELS:
        most = floor(sqrt(MAX_PIXELS * wide / high))
        raise PictureSizeError(
            f"a width of {width:,} pixels makes a picture over the limit of {MAX_PIXELS:,} pixels; "
            f"this figure takes a width up to {most:,}"
        )


def _check_scale(width: float, height: float, scale: float) -> None:
    if not isfinite(scale) or scale <= 0:
        raise PictureSizeError(f"a scale of {scale:g} makes no picture; write a number above 0, such as 2")
    wide, high = round(width * scale), round(height * scale)
    if wide < 1 or high < 1:
        raise PictureSizeError(f"a scale of {scale:g} leaves no pixel of {width:g} × {height:g}; write a larger one")
    if wide * high > MAX_PIXELS:
        largest = floor(sqrt(MAX_PIXELS / (width * height)) * 100) / 100
        raise PictureSizeError(
            f"a scale of {scale:g} makes {wide:,} × {high:,} pixels, over the limit of {MAX_PIXELS:,}; "
            f"this figure takes a scale up to {largest:g}"
        )
