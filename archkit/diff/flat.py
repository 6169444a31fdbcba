"""A record → its values by path, each with what makes two of them the same and how it is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from archkit.facts.derived import show
from archkit.quantity import Quantity
from archkit.shapes.record import KEYS, Record
from archkit.yamltree import nodes

_APART = frozenset(("waive",))


class Value(NamedTuple):
    """A value somewhere in a record.

    Attributes:
        same: Equal for values that mean the same: ``200 ms`` and ``0.2 s``.
        shown: As it is written, in one line.
    """

    same: Any
    shown: str


class Detail(NamedTuple):
    """A value that differs.

    Attributes:
        path: Where it stands in its thing, with dots; as ``latency.p99``.
        before: As it was written; empty where it was not.
        after: As it is written; empty where it no longer is.
    """

    path: str
    before: str
    after: str


def differences(before: Record | None, after: Record | None, without: Collection[str] = ()) -> tuple[Detail, ...]:
    """Return the values that differ between two records of the same kind, in the order of the later one.

    Args:
        before: The earlier one; None where there was none.
        after: The later one; None where there is none.
        without: Names of fields, as in Python, that do not count.
    """
    old, new = (dict(_flat(one, "", frozenset(without))) if one is not None else {} for one in (before, after))
    found = []
    for path in dict.fromkeys((*new, *old)):
        was, now = old.get(path), new.get(path)
        if was is None or now is None or was.same != now.same:
            found.append(Detail(path, was.shown if was else "", now.shown if now else ""))
    return tuple(found)


def _flat(value: Any, path: str, without: frozenset[str]) -> Iterator[tuple[str, Value]]:
    if isinstance(value, Record):
        for name, inner in value.written():
            if name not in without and name not in _APART:
                yield from _flat(inner, _joined(path, KEYS.get(name, name)), frozenset())
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, _joined(path, key), frozenset())
        if not value and path:
            yield path, Value((), "nothing")
    elif isinstance(value, tuple) and any(isinstance(item, Record) for item in value):
        for number, item in enumerate(value, 1):
            yield from _flat(item, _joined(path, str(number)), frozenset())
    elif isinstance(value, tuple):
        yield path, Value(tuple(map(_same, value)), ", ".join(map(_shown, value)) or "nothing")
    elif isinstance(value, nodes.Mapping):
        for name_node, node in value.entries:
            yield from _flat(node, _joined(path, name_node.text), frozenset())
    elif isinstance(value, nodes.Sequence):
        for number, node in enumerate(value.items, 1):
            yield from _flat(node, _joined(path, str(number)), frozenset())
    elif isinstance(value, nodes.Scalar):
        yield path, Value(_same(value.text), _shown(value.text) or "nothing")
    elif value is not None:
        yield path, Value(_same(value), _shown(value))


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path and name else path or name


def _same(value: Any) -> Any:
    if isinstance(value, Quantity):
        return value.value, value.dimension
    return " ".join(value.split()) if isinstance(value, str) else value


def _shown(value: Any) -> str:
    if isinstance(value, Quantity):
        return show(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(str(value).split())
