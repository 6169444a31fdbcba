"""archkit: one blueprint of an ML system in, a chapter of checked figures out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archkit.diagnostics import Diagnostic, Note, Severity
    from archkit.document import Document, load, loads
    from archkit.files import FileError
    from archkit.layout import LayoutError
    from archkit.reported import BlueprintError, ThemeError
    from archkit.source import Source, Span
    from archkit.theme import Theme
    from archkit.view import FigureView

__version__ = "0.1.0"

_HOMES = {
    "BlueprintError": "reported",
    "Diagnostic": "diagnostics",
    "Document": "document",
    "FigureView": "view",
    "FileError": "files",
    "LayoutError": "layout",
    "Note": "diagnostics",
    "Severity": "diagnostics",
    "Source": "source",
    "Span": "source",
    "Theme": "theme",
    "ThemeError": "reported",
    "load": "document",
    "loads": "document",
}

__all__ = [
    "BlueprintError",
    "Diagnostic",
    "Document",
    "FigureView",
    "FileError",
    "LayoutError",
    "Note",
    "Severity",
    "Source",
    "Span",
    "Theme",
    "ThemeError",
    "__version__",
    "load",
    "loads",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for: the command line starts faster without most of them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"archkit.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
