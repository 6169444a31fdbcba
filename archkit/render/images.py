"""Name of an icon → a picture file that stands in other files by itself."""

from __future__ import annotations

from typing import NamedTuple

from archkit import icons
from archkit.drawing import Icon
from archkit.render.styles import base64
from archkit.theme import Theme

PLATE = "#f4f5f7"
"""What lies behind a product's picture on dark ground, since many are black on nothing."""

_SIDE = 96  # pixels of a line drawing, for programs that paint it once


class Image(NamedTuple):
    """A picture.

    Attributes:
        mime: Its media type.
        data: The content of its file.
    """

    mime: str
    data: bytes

    @property
    def base64(self) -> str:
        """Its content as text for a data address."""
        return base64(self.data)


def image(icon: Icon, theme: Theme) -> Image | None:
    """Return the picture of an icon in the colours of a theme; None where the store of pictures lacks it.

    Args:
        icon: Of a drawing.
        theme: Gives colours to glyphs.
    """
    kind, _, key = icon.name.partition(":")
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{_SIDE}" height="{_SIDE}" viewBox="0 0 24 24"'
    if kind == "glyph":
        stroke = f'stroke="{theme.colour(icon.stroke)}" stroke-width="{theme.strokes.icon:g}"'
        rounds = 'stroke-linecap="round" stroke-linejoin="round"'
        return Image("image/svg+xml", f'{head} fill="none" {stroke} {rounds}>{icons.glyph(key)}</svg>'.encode())
    picture = icons.product_png(key)
    if picture is None or not theme.dark:
        return Image("image/png", picture) if picture else None
    inside = f'<image x="2" y="2" width="20" height="20" href="data:image/png;base64,{base64(picture)}"/>'
    plate = f'<rect width="24" height="24" rx="4" fill="{PLATE}"/>'
    return Image("image/svg+xml", f"{head}>{plate}{inside}</svg>".encode())
