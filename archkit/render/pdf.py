"""SVG text → PDF bytes: one page in vectors, text kept as text, by typst with the project's own fonts."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from archkit.render.png import size
from archkit.typefaces import TYPEFACES

_POINTS = 0.75  # of a CSS pixel
# The picture and its name come in as inputs, never as part of the program, whatever a user has written.
_PROGRAM = b"""\
#let (width, height) = (float(sys.inputs.width) * 1pt, float(sys.inputs.height) * 1pt)
#set page(width: width, height: height, margin: 0pt, fill: none)
#set document(title: sys.inputs.title, date: none)
#image(bytes(sys.inputs.svg), format: "svg", width: width, height: height, alt: sys.inputs.title)
"""


class MissingPackageError(ImportError):
    """A format needs a package that is not installed; the message says how to install it."""


def check_installed() -> None:
    """Raise a MissingPackageError where the package is missing that writes PDF files.

    Raises:
        MissingPackageError: The package typst is not installed; the message says how to install it.
    """
    try:
        import typst  # noqa: F401
    except ImportError as error:
        message = "PDF files need the package typst; `python -m pip install 'archkit[pdf]'` installs it"
        raise MissingPackageError(message) from error


def pdf(svg_text: str, title: str) -> bytes:
    """Return a PDF file of one page as large as an SVG that this project wrote.

    The same SVG gives the same bytes: the file holds no date, and its identifier is made from its content.

    Args:
        svg_text: As ``svg`` returns it.
        title: What readers show as the name of the document.

    Raises:
        MissingPackageError: The package typst is not installed; the extra ``pdf`` has it.
        ValueError: The text is not an SVG of this project, a programming mistake.
    """
    check_installed()
    # Loaded here because it is large, and few want this format.
    import typst

    wide, high = size(svg_text)
    inputs = {
        "svg": svg_text,
        "title": title,
        "width": f"{wide * _POINTS:.3f}",
        "height": f"{high * _POINTS:.3f}",
    }
    compiled: Any = typst.compile  # its types ask for paths of the same type as the program
    fonts = font_folders((svg_text,))
    return bytes(compiled(_PROGRAM, format="pdf", sys_inputs=inputs, font_paths=fonts, ignore_system_fonts=True))


def font_folders(svg_texts: Collection[str]) -> list[str]:
    """Return where the typefaces lie that some SVGs name, and the plain one, for renderers that skip those inside."""
    used = (
        typeface
        for face, typeface in TYPEFACES.items()
        if face == "plain" or any(f"'{typeface.family}'" in text for text in svg_texts)
    )
    return sorted({str(Path(typeface.file(cut)).parent) for typeface in used for cut in typeface.files})
