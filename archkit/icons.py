"""Names of icons → their drawings: own line glyphs as SVG, product pictures as PNG."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Final

from archkit.products import PRODUCTS, known_products, product_class, product_path, product_title, store
from archkit.raster import painted

__all__ = [
    "GLYPHS",
    "GLYPH_SIZE",
    "GLYPH_STROKE",
    "PRODUCTS",
    "glyph",
    "known_products",
    "product_class",
    "product_path",
    "product_png",
    "product_title",
]

GLYPH_SIZE: Final = 24
"""Side of the square that glyphs are drawn in; their ink keeps about 2 units away from its border."""

GLYPH_STROKE: Final = 1.6
"""Stroke width of glyphs in their own units, with round caps and joins and no fill."""

_PICTURE_SIZE = 96
"""Side of reduced pictures in pixels: twice the largest that figures show, for dense screens and prints."""

_LARGE = 24_000
"""Pictures of more bytes are reduced before they are embedded; for the others it is not worth the 6 ms each."""


def _load() -> dict[str, str]:
    table = (Path(__file__).parent / "data" / "glyphs.tsv").read_text("utf-8").splitlines()
    cells = (row.partition("\t") for row in table)
    return {name: elements for name, _, elements in cells}


GLYPHS: Final[dict[str, str]] = _load()
"""Own line drawings by name: SVG elements on a 24 × 24 grid. They are strokes only, dots too, so that a group with
``fill="none" stroke=COLOUR stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"`` is all they need."""


def glyph(name: str) -> str:
    """Return the SVG elements of a glyph.

    Args:
        name: A key of GLYPHS.

    Raises:
        KeyError: There is no such glyph.
    """
    return GLYPHS[name]


def _reduced(picture: bytes) -> bytes:
    side = _PICTURE_SIZE
    data = b64encode(picture).decode("ascii")
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}">'
        f'<image width="{side}" height="{side}" href="data:image/png;base64,{data}"/></svg>'
    )
    return painted(drawn, (side, side), (side, side))


@cache
def product_png(tech: str) -> bytes | None:
    """Return a technology's picture as a PNG.

    Args:
        tech: As for ``product_path``.

    Returns:
        The picture, reduced to 96 × 96 pixels where the original is large; None where there is none.
    """
    path, root = product_path(tech), store()
    if path is None or root is None:
        return None
    try:
        picture = (root / path).read_bytes()
    except OSError:
        return None
    return _reduced(picture) if len(picture) > _LARGE else picture
