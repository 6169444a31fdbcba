"""Archetype and title → a commented blueprint to begin with, made from shared pieces."""

from __future__ import annotations

import re
from pathlib import Path

from archkit.formatter.values import in_yaml

_FOLDER = Path(__file__).parent / "data" / "starters"
_HOLE = re.compile(r"^( *)\{(\w+)\}$", re.MULTILINE)


def starter(archetype: str, title: str, schema: str = "") -> str:
    """Return a blueprint that can be drawn and checked as it is.

    Args:
        archetype: One of ``blueprint.ARCHETYPES``.
        title: Of the system.
        schema: Where editors find the JSON Schema, relative to the file; no line about it where empty.
    """
    shared = _pieces("shared")
    pieces = {name: _filled(lines, shared) for name, lines in _pieces(archetype).items()}
    text = (_FOLDER / "frame.yaml").read_text(encoding="utf-8")
    if not schema:
        text = text.split("\n#\n", 1)[1]
    text = _HOLE.sub(lambda hole: _indented(pieces[hole[2]], hole[1]), text)
    words = {"schema": schema, "archetype": archetype, "title": in_yaml(title)}
    words |= {name: " ".join(pieces[name]) for name in ("what", "summary")}
    return re.sub(r"\{(schema|archetype|title|what|summary)\}", lambda hole: words[hole[1]], text)


def _pieces(name: str) -> dict[str, list[str]]:
    """Read a file of pieces, each below a line ``@name``."""
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    parts = re.split(r"^@(\w+)\n", text, flags=re.MULTILINE)
    return {key: lines.strip("\n").split("\n") for key, lines in zip(parts[1::2], parts[2::2], strict=True)}


def _filled(lines: list[str], shared: dict[str, list[str]]) -> list[str]:
    """Put shared pieces in the place of the lines that name them."""
    filled = []
    for line in lines:
        name = line.removeprefix("<<")
        filled += _filled(shared[name], shared) if name != line else [line]
    return filled


def _indented(lines: list[str], indent: str) -> str:
    return "\n".join(indent + line if line else "" for line in lines)
