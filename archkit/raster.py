"""SVG text → PNG bytes of a wanted size, by resvg with the fonts inside the SVG and none of the system's."""

from __future__ import annotations

import re
import sys
from base64 import b64decode
from importlib import import_module
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

_FONT = re.compile(r"url\(data:font/ttf;base64,([^)]+)\)")


def painted(svg_text: str, size: tuple[float, float], pixels: tuple[int, int]) -> bytes:
    """Return an SVG as a PNG picture, 8-bit RGBA, not interlaced.

    Args:
        svg_text: The SVG.
        size: The width and height that it says it has.
        pixels: Width and height of the picture, which the SVG fills, stretched if need be.

    Raises:
        ValueError: The text is no SVG.
    """
    resvg = _binding()
    options = resvg.usvg.Options.default()
    # Left to itself, resvg skips them. They hold the few characters of the SVG, and so are read in no time.
    for font in _FONT.finditer(svg_text):
        options.load_font_data(b64decode(font[1]))
    try:
        tree = resvg.usvg.Tree.from_str(svg_text, options)
    except BaseException as error:
        # The binding panics, and its panic is no Exception, so that nobody above would catch it.
        if type(error).__name__ == "PanicException":
            raise ValueError(f"not an SVG: {error}") from None
        raise
    # Each way by itself, so that no pixel at an edge is covered in part.
    across, down = pixels[0] / size[0], pixels[1] / size[1]
    return bytes(resvg.render(tree, (across, 0.0, 0.0, 0.0, down, 0.0), bg_size=pixels))


def _binding() -> ModuleType:
    """Return resvg's compiled part alone: on import its package looks up its own version, as long as a figure takes."""
    whole = "resvg._resvg"
    if whole not in sys.modules:
        package = PathFinder.find_spec("resvg")
        spec = package and PathFinder.find_spec(whole, package.submodule_search_locations)
        module = spec and spec.loader and spec.loader.create_module(spec)
        if not (spec and spec.loader and module):
            return import_module("resvg")
        spec.loader.exec_module(module)
        # Who imports the package itself gets this part too: it cannot be loaded twice.
        sys.modules[whole] = module
    return sys.modules[whole]
