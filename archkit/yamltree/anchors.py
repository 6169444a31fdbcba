"""Anchors and aliases: ``&name`` marks a value, ``*name`` stands for it, and neither may make a tree of any size."""

from __future__ import annotations

from typing import NamedTuple

from archkit.diagnostics import Diagnostic, Note, Severity
from archkit.source import Span
from archkit.yamltree.look import shown
from archkit.yamltree.nodes import Node, Scalar

MAX_ALIASES = 1_000

MISSING = Scalar(Span(0, 0), "", True)
"""Stands for a value that could not be read, until its mapping or sequence is built without it."""


class Anchor(NamedTuple):
    """What an anchor marks.

    Attributes:
        node: The value; None while it is being read.
        nodes: How many nodes it is, each alias inside counted with all that it stands for.
        height: How many mappings and sequences stand inside each other in it.
    """

    node: Node | None
    nodes: int
    height: int


class Anchors:
    """The anchors of one text as far as it has been read.

    Args:
        found: Where findings go.
        whole: The text before parts of it were blanked, if any was: it may have the anchors that aliases want.
    """

    def __init__(self, found: list[Diagnostic], whole: str) -> None:
        self.aliases = 0
        self._found = found
        self._whole = whole
        self._known: dict[str, Anchor] = {}
        self._unused: dict[str, Span] = {}
        self._missing: dict[str, int] = {}

    def open(self, name: str, start: int, index: int) -> None:
        """Take note of an anchor whose value is about to be read."""
        self.report_unused(name)
        span = Span(start, start + 1 + len(name), index)
        self._known[name] = Anchor(None, 0, 0)
        if name in self._missing:
            self._tell_too_late(self._missing.pop(name), span)
        else:
            self._unused[name] = span

    def close(self, name: str, node: Node, nodes: int, height: int) -> None:
        """Set an anchor's value."""
        self._known[name] = Anchor(node, nodes, height)

    def get(self, name: str, span: Span) -> Anchor:
        """Return what an alias stands for; ``MISSING`` with a finding where it stands for nothing."""
        self.aliases += 1
        self._unused.pop(name, None)
        anchor = self._known.get(name)
        word = shown(name)
        if anchor is None:
            if f"&{name}" not in self._whole:
                self._missing.setdefault(name, len(self._found))
                message = f"`*{word}` refers to a value marked `&{word}`, and none stands above"
                hint = f'mark the value, or write `"*{word}"` if it is a text'
                self._found.append(Diagnostic("YML012", Severity.ERROR, message, span, hint))
            return Anchor(MISSING, 1, 0)
        if anchor.node is None:
            message = f"`*{word}` stands inside the value that it refers to"
            hint = "move it out of that value, or write out what is meant"
            self._found.append(Diagnostic("YML013", Severity.ERROR, message, span, hint))
            return Anchor(MISSING, 1, 0)
        return anchor

    def _tell_too_late(self, place: int, span: Span) -> None:
        """Complete the finding about an alias without an anchor above it by the place of the one below it."""
        first = self._found[place]
        hint = "write the value and its mark here, and the alias there"
        notes = (Note("marked here, further down", span),)
        self._found[place] = Diagnostic(first.code, first.severity, first.message, first.span, hint, notes)

    def report_unused(self, name: str | None = None) -> None:
        """Warn about all anchors that no alias has used, or about one of them that is about to be set again."""
        for unused in list(self._unused) if name is None else [name]:
            span = self._unused.pop(unused, None)
            if span is not None and not self._whole:
                word = shown(unused)
                message = f"`&{word}` marks a value that no `*{word}` refers to"
                hint = "remove it, or put the value in quotes if it belongs to the text"
                self._found.append(Diagnostic("YML028", Severity.WARNING, message, span, hint))
