"""A planned picture as text: one line a block, its parts indented below. Run to write expectations and pages anew."""

from __future__ import annotations

import sys
from dataclasses import MISSING, fields
from pathlib import Path

import archkit
from archkit.blocks import Block
from archkit.figures import KINDS
from archkit.pictures import Picture
from archkit.reference_figures import figure_pages, index_page

CASES = Path(__file__).parent / "figures"
DOCS = Path(__file__).parent.parent / "docs" / "figures"
PACKED = Path(__file__).parent.parent / "archkit" / "data" / "examples"  # copies that the package comes with

GRAPHS = {"system", "training", "inference", "component_zoom", "indexing"}
UNTOLD = {"scorecard", *GRAPHS}  # a scorecard changes with every rule


def described(picture: Picture) -> str:
    """Return a picture as text."""
    lines = [f"title: {picture.title}", f"caption: {picture.caption}", *_lines(picture.body, "")]
    lines += [f"arrow {arrow.tail} -> {arrow.head} {arrow.style}" for arrow in picture.arrows]
    return "\n".join(lines) + "\n"


def _lines(block: Block, indent: str) -> list[str]:
    said, inner = [type(block).__name__.lower()], []
    for field in fields(block):  # type: ignore[arg-type]
        value = getattr(block, field.name)
        if field.default is not MISSING and value == field.default:
            continue
        if _holds(value):
            inner += _of(value, indent + "  ")
        else:
            said.append(f"{field.name}={_plain(value)}")
    return [indent + " ".join(said), *inner]


def _of(value: object, indent: str) -> list[str]:
    if isinstance(value, Block):
        return _lines(value, indent)
    if value is None:
        return [indent + "-"]
    if not _holds(value) and not isinstance(value, tuple):
        return [indent + _plain(value)]
    assert isinstance(value, tuple)
    rows = [_of(item, indent + ("| " if isinstance(item, tuple) else "")) for item in value]
    return [line for row in rows for line in row]


def _holds(value: object) -> bool:
    return isinstance(value, Block) or (isinstance(value, tuple) and any(_holds(item) for item in value))


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3g}"
    return str(sorted(value)) if isinstance(value, frozenset) else str(value)


def planned(case: Path) -> str:
    """Return the figure of a case: its kind is the name of its file."""
    document = archkit.load(case)
    assert not document.broken, document.diagnostics
    figure = document.figure(case.stem).figure
    assert isinstance(figure, Picture)
    return described(figure)


def pages() -> dict[str, str]:
    """Return the text of all pages about figures by the name of their file."""
    found = figure_pages({name: (CASES / f"{name}.yaml").read_text("utf-8") for name in KINDS})
    return {"README.md": index_page(), **{f"{name}.md": text for name, text in found.items()}}


if __name__ == "__main__":
    for path in [CASES / f"{name}.yaml" for name in sys.argv[1:]] or sorted(CASES.glob("*.yaml")):
        (PACKED / path.name).write_bytes(path.read_bytes())
        (DOCS / f"{path.stem}.svg").write_text(archkit.load(path).figure(path.stem).svg, "utf-8")
        if path.stem not in UNTOLD:
            path.with_suffix(".txt").write_text(planned(path), "utf-8")
    for name, text in pages().items():
        (DOCS / name).write_text(text, "utf-8")
