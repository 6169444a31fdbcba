"""Findings about two blueprints → those that only one of them has, wherever their lines have moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from typing import TYPE_CHECKING

from archkit.yamltree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from archkit.diagnostics import Diagnostic
    from archkit.source import Span
    from archkit.whatif import Design

Path = tuple[str, ...]


def unmatched(
    before: Design, after: Design, names: dict[str, str]
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Return the findings that only the later and only the earlier of two designs has.

    Two findings are the same if they have the same code and stand at the same path of the tree, or say the same.

    Args:
        before: The earlier design.
        after: The later one.
        names: New ids by the ids that they had.
    """
    old, new = list(before.findings), list(after.findings)
    first, second = _Places(before, names), _Places(after, {})
    for identity in (
        lambda finding, places: (finding.code, places.path(finding.span), finding.message),
        lambda finding, places: (finding.code, places.path(finding.span)),
        lambda finding, places: (finding.code, places.renamed(finding.message)),
    ):
        old, new = _left(old, new, lambda f, i=identity: i(f, first), lambda f, i=identity: i(f, second))  # type: ignore[misc]
    return tuple(new), tuple(old)


def _left(
    old: list[Diagnostic],
    new: list[Diagnostic],
    of_old: Callable[[Diagnostic], Hashable],
    of_new: Callable[[Diagnostic], Hashable],
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Return the findings of both that have no counterpart in the other."""
    counts = Counter(of_new(finding) for finding in new)
    shared: Counter[Hashable] = Counter()
    kept = []
    for finding in old:
        identity = of_old(finding)
        if shared[identity] < counts[identity]:
            shared[identity] += 1
        else:
            kept.append(finding)
    added = []
    for finding in new:
        identity = of_new(finding)
        if shared[identity]:
            shared[identity] -= 1
        else:
            added.append(finding)
    return kept, added


class _Places:
    """Finds the path of keys that leads to a place in a blueprint's text."""

    def __init__(self, design: Design, names: dict[str, str]) -> None:
        self._names = names
        self._known = sorted(_nodes(design.tree, ()), key=lambda each: each[0].end - each[0].start)

    def path(self, span: Span | None) -> Path:
        """Return the path to the smallest part of the tree around a span."""
        if span is None:
            return ()
        for around, path in self._known:
            if around.source == span.source and around.start <= span.start and span.end <= around.end:
                return tuple(self._names.get(step, step) for step in path)
        return ()

    def renamed(self, message: str) -> str:
        """Return a message with the ids of now."""
        for before, now in self._names.items():
            message = message.replace(f"`{before}`", f"`{now}`")
        return message


def _nodes(node: Node, path: Path) -> Iterator[tuple[Span, Path]]:
    yield node.span, path
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield key.span, (*path, key.text)
            yield from _nodes(value, (*path, key.text))
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            # An arrow is known by its ends, so that another one above it does not make it another finding.
            yield from _nodes(item, (*path, item.text if isinstance(item, Scalar) else _named(item, number)))


def _named(item: Node, number: int) -> str:
    return "" if isinstance(item, Mapping) and len(item.entries) == 1 else str(number)
