"""Key in the wrong place → hint that says where it belongs."""

from __future__ import annotations

from functools import cache
from typing import Any

from archkit.shapes.base import Shape
from archkit.shapes.record import Record

_COMMON = frozenset(("note", "title", "waive", "kind", "type", "because", "chosen", "name"))


def _inside(shape: Shape[Any]) -> tuple[type[Record] | None, tuple[str, ...]]:
    """Return the record class that a shape leads to, and the steps in between."""
    steps: tuple[str, ...] = ()
    current: Any = shape
    while current is not None:
        if hasattr(current, "cls"):
            return current.cls, steps
        if hasattr(current, "make"):
            current = current.make()
        elif hasattr(current, "item"):
            if hasattr(current, "check_key"):
                steps = (*steps, "…")
            current = current.item
        else:
            return None, ()
    return None, ()


@cache
def homes(root: Any) -> dict[str, list[tuple[str, ...]]]:
    """Return all paths below a record class by their last key, the shortest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    queue: list[tuple[type[Record], tuple[str, ...]]] = [(root, ())]
    seen = {root}
    for cls, path in queue:
        for key, field in cls.fields.items():
            for name in (key, *field.aka):
                found.setdefault(name, []).append((*path, key))
            inner, steps = _inside(field.shape)
            if inner is not None and inner not in seen:
                seen.add(inner)
                queue.append((inner, (*path, key, *steps)))
    return found


def home(root: type[Record], key: str, cls: type[Record]) -> str:
    """Return a hint where a key belongs that a record class does not have, or "".

    Args:
        root: The class of the whole document.
        key: The key as written.
        cls: The class of the record that it was written in.
    """
    if key in _COMMON:
        return ""
    near = [path for path in homes(cls).get(key, ()) if "…" not in path]
    if near:
        return _say(key, near[0], "here")
    everywhere = homes(root).get(key, [])
    if not everywhere or len(everywhere) > 4:
        return ""
    return _say(key, everywhere[0], "")


def _say(key: str, path: tuple[str, ...], where: str) -> str:
    *above, last = path
    if not above:
        return f"write `{last}` at the top of the blueprint" + (f" instead of `{key}`" if last != key else "")
    named = "" if last == key else f" as `{last}`"
    return f"`{key}` belongs under `{'.'.join(above)}`{named}" + (f" {where}" if where else "")
