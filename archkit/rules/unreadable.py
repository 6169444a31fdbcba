"""Errors of the language → the parts of a blueprint about which rules have nothing to say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archkit.yamltree import Mapping

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.source import Span

_WHOLE = frozenset(("architecture",))
"""Sections whose parts all hang together, so that an error in one leaves nothing certain."""


class Unreadable:
    """The parts of a blueprint in which something could not be read.

    A part is an entry of a section, as ``data.labels``; of the architecture it is all. What a rule finds in such a
    part, or about the section as a whole, may be an echo of the error and nothing more.

    Args:
        blueprint: What could be read.
        errors: Where errors of the language are.
    """

    def __init__(self, blueprint: Blueprint, errors: Iterable[Span]) -> None:
        self._entries = _entries(blueprint)
        self._parts = {self._part(error) for error in errors}

    def __bool__(self) -> bool:
        return bool(self._parts)

    def hides(self, span: Span) -> bool:
        """Return whether a finding at a place is left out."""
        if not self._parts:
            return False
        section, entry = self._part(span)
        return any(section == other and (not entry or not part or entry == part) for other, part in self._parts)

    def _part(self, span: Span) -> tuple[str, str]:
        """Return the section and its entry that a place belongs to, each "" where there is none."""
        for section, entry, start, end, source in self._entries:
            if span.source == source and start <= span.start and span.end <= end:
                return section, "" if section in _WHOLE else entry
        return "", ""


def _entries(blueprint: Blueprint) -> list[tuple[str, str, int, int, int]]:
    """Return the stretches of text of all entries of sections, each before the section that it is part of."""
    found = []
    tree = blueprint._node
    for key, value in tree.entries if isinstance(tree, Mapping) else ():
        for name, inner in value.entries if isinstance(value, Mapping) else ():
            found.append((key.text, name.text, name.span.start, max(name.span.end, inner.span.end), name.span.source))
            if inner.span.source != name.span.source:
                found.append((key.text, name.text, inner.span.start, inner.span.end, inner.span.source))
        found.append((key.text, "", key.span.start, max(key.span.end, value.span.end), key.span.source))
        found.append((key.text, "", value.span.start, value.span.end, value.span.source))
    return found
