"""Two texts → whether the second says what the first says, with every comment of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from archkit.formatter.sections import spaced
from archkit.parse import ParseResult, parse
from archkit.shapes.record import Record
from archkit.source import Source, Span
from archkit.yamltree import Mapping, Node, Scalar, Sequence, read
from archkit.yamltree.concrete import Collection, Concrete, Leaf
from archkit.yamltree.weaving import concrete

_SPECIAL = frozenset(("", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "<<"))
_FLOWS = ("architecture", "flows")


def says_the_same(before: Source, tree: Node, whole: Concrete, after: Source) -> bool:
    """Return whether a formatted text has the meaning and the comments of the original.

    Args:
        before: The original.
        tree: Its tree.
        whole: Its concrete tree.
        after: The formatted text.
    """
    formatted, _findings = read(after)
    if formatted is None or _outline(tree) != _outline(formatted):
        return False
    again = concrete(after.text)
    if _comments(whole) != _comments(again) or _marks(whole) != _marks(again):
        return False
    if not isinstance(tree, Mapping):
        return True
    old, new = parse(before), parse(after)
    return _meaning(old.blueprint) == _meaning(new.blueprint) and _findings_of(old) == _findings_of(new)


def _outline(root: Node) -> Any:
    """Return what a tree holds; the sections of a blueprint may stand in any order."""
    if isinstance(root, Mapping):
        return sorted((key.text, _is_special(key), _content(value, (key.text,))) for key, value in root.entries)
    return _content(root, ())


def _content(node: Node, path: tuple[str, ...]) -> Any:
    if isinstance(node, Mapping):
        return [(_text(key, path), _is_special(key), _content(value, (*path, key.text))) for key, value in node.entries]
    if isinstance(node, Sequence):
        return (tuple(_content(item, path) for item in node.items),)
    return _text(node, path), _is_special(node)


def _text(node: Scalar, path: tuple[str, ...]) -> str:
    return spaced(node.text) if path == _FLOWS else node.text


def _is_special(node: Scalar) -> bool:
    """Return whether a scalar means something else than its text."""
    return node.plain and node.text in _SPECIAL


def _comments(whole: Concrete) -> Counter[str]:
    return Counter(comment.text for comment in whole.comments)


def _marks(whole: Concrete) -> Counter[str]:
    """Return all anchors, tags and aliases."""
    return Counter(_marks_in(whole.root))


def _marks_in(node: Collection | Leaf) -> Iterator[str]:
    yield node.properties
    if isinstance(node, Leaf):
        yield node.raw if node.style == "*" else ""
        return
    for entry in node.entries:
        if entry.key is not None:
            yield from _marks_in(entry.key)
        yield from _marks_in(entry.value)


def _meaning(value: Any) -> Any:
    """Return what a part of a blueprint says, wherever it is written."""
    if isinstance(value, Span):
        return None
    if isinstance(value, Scalar):
        return value.text, _is_special(value)
    if isinstance(value, Record):
        return type(value), {name: _meaning(inner) for name, inner in value.written()}
    if isinstance(value, dict):
        return [(key, _meaning(inner)) for key, inner in value.items()]
    if isinstance(value, tuple | list):
        return [_meaning(inner) for inner in value]
    if is_dataclass(value):
        return [_meaning(getattr(value, field.name)) for field in fields(value)]
    return value


def _findings_of(result: ParseResult) -> Counter[tuple[str, str]]:
    """Return all findings but those about comments such as ``#1``, which depend on what stands before them."""
    return Counter((found.code, found.message) for found in result.diagnostics if found.code != "YML029")
