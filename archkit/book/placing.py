"""A figure's size → the page that it stands on: between paragraphs, or on a page on its side."""

from __future__ import annotations

from archkit.theme import Theme

_POINTS = 0.75  # of a CSS pixel
_TEXT = 481.0  # points: the width of a column of text on A4 upright
_LANDSCAPE = (785.0, 500.0)  # points: A4 on its side, less a centimetre all around and room for the caption
_TALLEST = 610.0  # points that a figure between paragraphs may be high
_LEAST = 6.5  # points: the smallest type that is printed
_LARGEST = 0.82  # of a figure's own size; type then is as large as that of the text


def placed(size: tuple[float, float], theme: Theme) -> tuple[bool, float, float]:
    """Return whether a figure gets a page on its side, and its width and height in points.

    Args:
        size: Width and height of the figure, in pixels.
        theme: Gives its smallest type.
    """
    sizes = theme.sizes
    least = min(sizes.label, sizes.annotation, sizes.note, sizes.legend) * _POINTS
    width, height = size[0] * _POINTS, size[1] * _POINTS
    scale = min(_TEXT / width, _TALLEST / height, _LARGEST)
    if scale * least >= _LEAST:
        return False, scale * width, scale * height
    other = min(_LANDSCAPE[0] / width, _LANDSCAPE[1] / height, _LARGEST)
    scale = max(scale, other)
    return scale == other, scale * width, scale * height
