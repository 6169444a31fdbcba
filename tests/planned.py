"""Texts of blueprints → the pictures that are planned of them, drawn without a flaw."""

from __future__ import annotations

from pathlib import Path

import archkit
from archkit.pictures import Picture, texts, walk
from archkit.planes import Plane
from archkit.proof import check

CASES = Path(__file__).parent / "figures"
HEAD = "blueprint: 1\ntitle: Search\n"


def figure(text: str, name: str, theme: str = "book") -> Picture:
    document = archkit.loads(text)
    assert not document.broken, document.diagnostics
    assert not [found for found in document.diagnostics if found.code[:3] in ("LNG", "FIG")]
    view = document.figure(name, theme=theme)
    assert isinstance(view.figure, Picture)
    assert [str(flaw) for flaw in check(view.drawing, view.theme, view.figure)] == []
    return view.figure


def drawn(text: str, name: str, theme: str = "book") -> Picture:
    """Return a picture of a blueprint, written without its first lines."""
    return figure(HEAD + text, name, theme)


def example(kind: str) -> Picture:
    return figure((CASES / f"{kind}.yaml").read_text("utf-8"), kind)


def planes(picture: Picture) -> list[Plane]:
    return [block for block in walk(picture.body) if isinstance(block, Plane)]


def said(picture: Picture) -> list[str]:
    return list(texts(picture.body))
