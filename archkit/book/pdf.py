"""A book → a PDF file, typeset by typst, its figures in vectors."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from archkit.book import Block, Book, Figure, Heading, Items, Para, Ref, Table, Terms
from archkit.book.placing import CAPTION
from archkit.render.pdf import check_installed, font_folders

_OPENING = 76.0  # points of a section's title and of the sentence below it, with the room around them
_SENTENCE = 300  # characters of a sentence that takes no more than two lines on a page on its side
_PROGRAM = Path(__file__).parent.parent / "data" / "book.typ"


def pdf(book: Book) -> bytes:
    """Return the PDF file of a book; the same book gives the same bytes.

    Args:
        book: What to set.

    Raises:
        MissingPackageError: The package typst is not installed; the extra ``pdf`` has it.
    """
    check_installed()
    # Loaded here because it is large, and few want this format.
    import typst

    with TemporaryDirectory() as folder:
        root = Path(folder)
        files = {figure.label: f"{number}.svg" for number, figure in enumerate(book.figures())}
        for figure in book.figures():
            (root / files[figure.label]).write_bytes(figure.svg.encode())
        numbers = {figure.label: figure.number for figure in book.figures()}

        def entry(block: Block) -> dict[str, Any]:
            return _entry(block, files, numbers)

        (root / "book.json").write_bytes(json.dumps(_data(book, files, entry)).encode())
        (root / "book.typ").write_bytes(_PROGRAM.read_bytes())
        fonts = font_folders([figure.svg for figure in book.figures()])
        compiled: Any = typst.compile
        found = compiled(str(root / "book.typ"), root=folder, format="pdf", font_paths=fonts, ignore_system_fonts=True)
        return bytes(found)


def _data(book: Book, files: Mapping[str, str], entry: Callable[[Block], dict[str, Any]]) -> dict[str, Any]:
    cover = next((figure.label for figure in book.figures() if figure.kind == "system"), None)
    return {
        "title": book.title,
        "subtitle": book.subtitle,
        "paper": book.paper.name,
        "look": asdict(book.look),
        "slides": book.paper.slides,
        "cover": files[cover] if cover is not None else None,
        "chapters": [
            {
                "label": _label(chapter.label),
                "heading": f"{chapter.number}  {chapter.title}",
                "tags": list(chapter.tags),
                "blocks": _pages([entry(block) for block in chapter.blocks], book.paper.side[1]),
            }
            for chapter in book.chapters
        ],
        "index": [
            {"name": each.name, "places": [{"name": name, "labels": [*map(_label, at)]} for name, at in each.places]}
            for each in book.index
        ],
    }


def _pages(entries: list[dict[str, Any]], room: float) -> list[dict[str, Any]]:
    """Put wide figures that follow each other on one page where they fit on it, under the opening of their section."""
    found: list[dict[str, Any]] = []
    for entry in entries:
        if not entry.get("wide"):
            found.append(entry)
            continue
        last = found[-1] if found and found[-1]["kind"] == "page" else None
        if last is not None and last["high"] + entry["height"] <= room:
            last["figures"].append(entry)
            last["high"] += entry["height"]
        else:
            opening = _lonely(found) if entry["height"] + _OPENING <= room else []
            del found[len(found) - len(opening) :]
            high = entry["height"] + (_OPENING if opening else 0.0)
            found.append({"kind": "page", "opening": opening, "figures": [entry], "high": high})
    return found


def _lonely(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the title and sentence at the end that would stand alone on a page, behind another one on its side."""
    kinds = [each["kind"] for each in entries[-3:]]
    if kinds != ["page", "heading", "para"]:
        return []
    long = sum(len(run if isinstance(run, str) else f"Figure {run['number']}") for run in entries[-1]["words"])
    return entries[-2:] if long <= _SENTENCE else []


def _entry(block: Block, files: Mapping[str, str], numbers: Mapping[str, str]) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Para():
            runs = [
                {"ref": _label(run.label), "number": numbers[run.label]} if isinstance(run, Ref) else run
                for run in block.words
            ]
            return {"kind": "para", "words": runs}
        case Terms():
            return {"kind": "terms", "items": [list(item) for item in block.items]}
        case Items():
            return {"kind": "items", "items": list(block.items)}
        case Table():
            return {
                "kind": "table",
                "head": list(block.head),
                "rows": [list(row) for row in block.rows],
                "widths": list(block.widths),
                "strong": sorted(block.strong),
            }
        case Figure():
            return {
                "kind": "figure",
                "file": files[block.label],
                "label": _label(block.label),
                "number": block.number,
                "caption": block.caption,
                "alt": block.alt,
                "wide": block.wide,
                "width": block.width,
                "height": block.height + CAPTION,
            }


def _label(words: str) -> str:
    """Return a name that a program may use: whatever a file is called, a label is letters, digits and hyphens."""
    return "l" + "".join(char if char.isascii() and char.isalnum() else f"-{ord(char):x}-" for char in words)
