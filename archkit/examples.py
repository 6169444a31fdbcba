"""Blueprints that come with the package → something to draw where a user names nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archkit.blueprint import ARCHETYPES
from archkit.document import Document, loads
from archkit.starters import starter

_FOLDER = Path(__file__).parent / "data" / "examples"


def documents() -> Iterator[Document]:
    """Yield an example for every kind of figure, named after its kind, then a starter of every archetype."""
    for path in sorted(_FOLDER.glob("*.yaml")):
        yield loads(path.read_bytes(), path.name)
    for archetype in ARCHETYPES:
        title = archetype.replace("-", " ").capitalize()
        yield loads(starter(archetype, title), f"{archetype}.yaml")
