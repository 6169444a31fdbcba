"""Key in the wrong place → hint that says where it belongs."""

from __future__ import annotations

from typing import Any

from archkit.shapes.base import Shape
from archkit.shapes.record import Record

_COMMON = frozenset(("note", "title", "waive", "kind", "type", "because", "chosen", "name"))
ANY = "ID"
"""Stands for an id or name in a path."""


def leads_to(shape: Shape[Any]) -> tuple[type[Record] | None, tuple[str, ...]]:
    """Return the record class that a shape leads to, and the steps in between."""
    steps: tuple[str, ...] = ()
    current: Shape[Any] | None = shape
    while current is not None:
        cls, inner, keyed = current.inside()
        if cls is not None:
            return cls, steps
        steps = (*steps, ANY) if keyed else steps
        current = inner
    return None, ()


def homes(root: type[Record], key: str) -> list[tuple[str, ...]]:
    """Return all paths below a record class that end in a key or in what it may be called, the shortest first.

    Args:
        root: Where the paths begin.
        key: That they end in.
    """
    found: list[tuple[str, ...]] = []
    queue: list[tuple[type[Record], tuple[str, ...]]] = [(root, ())]
    seen = {root}
    for cls, path in queue:
        for name, field in cls.fields.items():
            if key == name or key in field.aka:
                found.append((*path, name))
            inner, steps = leads_to(field.shape)
            if inner is not None and inner not in seen:
                seen.add(inner)
                queue.append((inner, (*path, name, *steps)))
    return found


def home(root: type[Record], key: str, cls: type[Record]) -> str:
    """Return a hint where a key belongs that a record class does not have, or "": if it can be, in the same step.

    Args:
        root: The class of the whole document.
        key: The key as written.
        cls: The class of the record that it was written in.
    """
    if key in _COMMON:
        return ""
    near = [path for path in homes(cls, key) if ANY not in path]
    if near:
        return _say(key, near[0], "" if cls is root else " here")
    everywhere = homes(root, key)
    if not 1 <= len(everywhere) <= 4:
        return ""
    step = _step(root, cls)
    return _say(key, next((path for path in everywhere if path[0] == step), everywhere[0]), "")


def _step(root: type[Record], cls: type[Record]) -> str:
    """Return the key at the top below which records of a class stand, or ""."""
    queue = [(name, leads_to(field.shape)[0]) for name, field in root.fields.items()]
    seen: set[type[Record]] = set()
    for step, inner in queue:
        if inner is cls:
            return step
        if inner is not None and inner not in seen:
            seen.add(inner)
            queue += [(step, leads_to(field.shape)[0]) for field in inner.fields.values()]
    return ""


def _say(key: str, path: tuple[str, ...], where: str) -> str:
    *above, last = path
    named = "" if last == key else f" as `{last}`"
    if not above:
        return f"`{key}` belongs at the top of the blueprint{named}"
    return f"`{key}` belongs under `{'.'.join(above)}`{named}{where}"
