"""The typefaces that figures are lettered in: which files of which package, and how large they are set."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from archkit.drawing import Weight

FaceName = Literal["plain", "hand"]


class Typeface(NamedTuple):
    """A typeface.

    Attributes:
        family: As its files and renderers call it.
        package: The package that holds the files, in its folder ``files``.
        files: The file of every cut that it has.
        alike: Families hardly wider that a reader may have, best first, for programs that read no typeface in a file.
        scale: What a type size is multiplied by, so that its capitals are as high as those of the plain typeface and
            every layout has room for it.
    """

    family: str
    package: str
    files: Mapping[Weight, str]
    alike: tuple[str, ...]
    scale: float = 1.0

    def file(self, weight: Weight) -> str:
        """Return the path of a cut's file.

        Raises:
            KeyError: It has no such cut.
            ModuleNotFoundError: The package is not installed.
        """
        return str(_folder(self.package) / self.files[weight])


@cache
def _folder(package: str) -> Path:
    # Only located, not imported: such packages list their folder and export what they find.
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"the package {package.replace('_', '-')} is not installed")
    return Path(spec.submodule_search_locations[0]) / "files"


# The texts of the figures in Source Sans Pro, in Calibri and Carlito, and in Arial are as 1 to 0.98 to 1.07 wide; in
# Noto Sans and DejaVu Sans, which often are what sans-serif means on Linux, 1.13 and 1.22.
_ALIKE = ("Source Sans 3", "Calibri", "Carlito", "Arial")

TYPEFACES: Mapping[FaceName, Typeface] = MappingProxyType(
    {
        "plain": Typeface(
            "Source Sans Pro",
            "font_source_sans_pro",
            MappingProxyType(
                {
                    "regular": "SourceSansPro-Regular.ttf",
                    "semibold": "SourceSansPro-Semibold.ttf",
                    "italic": "SourceSansPro-It.ttf",
                }
            ),
            _ALIKE,
        ),
        # Handwriting leans by itself, so it has no italic cut; 0.9 × 0.739 em are the 0.66 em of the plain capitals.
        "hand": Typeface(
            "Kalam",
            "fontpkg_kalam",
            MappingProxyType({"regular": "Kalam-Regular.ttf", "semibold": "Kalam-Bold.ttf"}),
            ("Comic Neue", *_ALIKE),
            0.9,
        ),
    }
)
"""By the name that themes call them; the plain one draws what the others have no glyph for."""
