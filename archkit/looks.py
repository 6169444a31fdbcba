"""What a user calls a theme (its name, a file, or a Theme) → the Theme; and how a figure becomes a picture."""

from __future__ import annotations

import os

from archkit import files
from archkit.diagnostics import Diagnostic
from archkit.render.finish import PAGES, Finish
from archkit.reported import ThemeError
from archkit.source import Source
from archkit.suggest import unknown
from archkit.theme import THEMES, Theme


def is_file(theme: str) -> bool:
    """Return whether a theme is called by the path of its file: such a path ends in ``.yaml`` or names a folder."""
    return theme.lower().endswith(files.YAML) or "/" in theme or os.sep in theme


def look(theme: str | os.PathLike[str] | Theme) -> Theme:
    """Return a theme.

    Args:
        theme: Name of a built-in theme, path of a file, or a theme, which is returned as it is.

    Raises:
        LookupError: There is no built-in theme of that name; the message says which was probably meant.
        FileError: The file cannot be read.
        ThemeError: The file has errors.
    """
    if isinstance(theme, Theme):
        return theme
    if isinstance(theme, str) and not is_file(theme):
        if theme not in THEMES:
            raise LookupError(unknown("theme", theme, tuple(THEMES)))
        return THEMES[theme]
    return from_file(theme)[0]


def from_file(path: str | os.PathLike[str]) -> tuple[Theme, tuple[Diagnostic, ...], Source]:
    """Read a theme from a file.

    Returns:
        The theme, warnings about it, and the text that their spans refer to.

    Raises:
        FileError, ThemeError: As for ``look``.
    """
    # Loaded here because few themes are files of users.
    from archkit.themes.reading import LARGEST, read_theme

    found = read_theme(files.read(path, LARGEST + 1), os.fspath(path))
    if found.theme is None:
        raise ThemeError(found.diagnostics, (found.source,))
    return found.theme, found.diagnostics, found.source


def finished(page: str = "", transparent: bool = False, adaptive: bool = False) -> Finish:
    """Return how a figure becomes a picture.

    Args:
        page: Its name; empty for none.
        transparent: Whether no paper is painted.
        adaptive: Whether an SVG follows the reader's choice of light or dark.

    Raises:
        LookupError: There is no such page; the message says which was probably meant.
    """
    if page and page not in PAGES:
        raise LookupError(unknown("page", page, tuple(PAGES)))
    return Finish(page, transparent, adaptive)
