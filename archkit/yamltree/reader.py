"""Events of a YAML parser → the tree, within limits, with what YAML itself makes of aliases, merges and tags."""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

from archkit.diagnostics import Diagnostic, Severity
from archkit.source import Span
from archkit.yamltree.anchors import MAX_ALIASES, MISSING, Anchors
from archkit.yamltree.leaves import after_properties, check_tag, cuts, scalar
from archkit.yamltree.look import Failure
from archkit.yamltree.mappings import mapping
from archkit.yamltree.nodes import Node, Scalar, Sequence
from archkit.yamltree.slips import diagnose

MAX_DEPTH = 64
MAX_NODES = 200_000

# Both parsers give the same events. The C one is some ten times faster, and missing on few platforms.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FLOW, _MAP = 2, 1


class Unreadable(Exception):  # noqa: N818 - never seen by a user
    """The text has characters that no YAML parser takes."""


class _Frame(NamedTuple):
    """An open collection around the innermost one: what it is, and the state to go back to when it closes."""

    kind: int
    begin: int
    items: list[Node]
    anchor: str | None
    before: int
    height: int


class Reader:
    """Builds the tree of one text, with a stack of its own, so that nesting cannot exhaust the process's.

    Args:
        text: The text, without characters that YAML forbids.
        index: Index of the file, for spans.
        whole: The text before parts of it were blanked, if any was.

    Attributes:
        found: Findings that did not end the reading.
        roots: The root, once it has been read.
    """

    def __init__(self, text: str, index: int = 0, whole: str = "") -> None:
        self.found: list[Diagnostic] = []
        self.roots: list[Node] = []
        self._text = text
        self._index = index
        self._anchors = Anchors(self.found, whole)

    def run(self) -> Diagnostic | None:
        """Read all events.

        Longer than its neighbours, because a call for each of 10,000 values would cost a third of the time.

        Returns:
            What ended the reading before the end of the text, if anything did.

        Raises:
            Unreadable: The text has characters that no YAML parser takes.
        """
        text, index = self._text, self._index
        cut = cuts(text)
        stack: list[_Frame] = []
        kind, begin, items, anchor, before, height = 0, 0, self.roots, None, 0, 0
        nodes = content_end = 0
        last = (0, 0)
        new = tuple.__new__
        try:
            next_event = LOADER(text).get_event
            while (event := next_event()) is not None:
                event_type = type(event)
                if event_type is ScalarEvent:
                    nodes += 1
                    start, end, value = event.start_mark.index, event.end_mark.index, event.value
                    if value and event.implicit[0] and end - start == len(value) and end not in cut:
                        items.append(Scalar(new(Span, (start, end, index)), value, True))
                    else:
                        leaf = scalar(text, event, Span(start, end, index), cut, self.found)
                        if event.anchor is not None:
                            self._anchors.open(event.anchor, start, index)
                            self._anchors.close(event.anchor, leaf, 1, 0)
                        items.append(leaf)
                        start, end, _ = leaf.span
                    content_end = end
                    if start < end:
                        last = (start, end)
                elif event_type is MappingEndEvent or event_type is SequenceEndEvent:
                    if kind & _FLOW:
                        content_end = event.end_mark.index
                        last = (begin, content_end)
                    span = Span(begin, max(begin, content_end), index)
                    node: Node
                    if kind & _MAP:
                        node = mapping(text, span, items, kind & _FLOW > 0, self.found)
                    else:
                        node = Sequence(span, tuple(items) if MISSING not in items else _without_missing(items))
                    deepest = height + 1
                    if anchor is not None:
                        self._anchors.close(anchor, node, nodes - before, deepest)
                    kind, begin, items, anchor, before, height = stack.pop()
                    height = max(height, deepest)
                    items.append(node)
                elif event_type is MappingStartEvent or event_type is SequenceStartEvent:
                    start = event.start_mark.index
                    if len(stack) >= MAX_DEPTH:
                        return self._too_deep(start)
                    stack.append(_Frame(kind, begin, items, anchor, before, height))
                    kind = _MAP if event_type is MappingStartEvent else 0
                    if event.flow_style and event.end_mark.index > start:  # not the lone pair of `[key: value]`
                        kind |= _FLOW
                    begin, items, anchor, before, height = start, [], event.anchor, nodes, 0
                    nodes += 1
                    if anchor is not None or event.tag is not None:
                        begin = self._properties(event, start, event.end_mark.index)
                elif event_type is AliasEvent:
                    start, end = last = event.start_mark.index, event.end_mark.index
                    content_end = end
                    target = self._anchors.get(event.anchor, Span(start, end, index))
                    if self._anchors.aliases > MAX_ALIASES:
                        return self._too_many_aliases(start, end)
                    if len(stack) + target.height > MAX_DEPTH:
                        return self._too_deep(start)
                    items.append(target.node or MISSING)
                    nodes += target.nodes
                    height = max(height, target.height)
                elif event_type is DocumentStartEvent and self.roots:
                    self._second_document(event.start_mark.index, event.end_mark.index)
                    break
                if nodes > MAX_NODES:
                    return self._too_many(last)
        except (ReaderError, UnicodeError) as error:
            raise Unreadable from error
        except Exception as error:  # PyYAML lets KeyError, IndexError, OverflowError and more through
            open_brackets = (begin,) if kind & _FLOW else ()
            brackets = tuple(frame.begin for frame in stack if frame.kind & _FLOW) + open_brackets
            return self._failure(error, last, brackets)
        self._anchors.report_unused()
        return None

    def _failure(self, error: Exception, last: tuple[int, int], brackets: tuple[int, ...]) -> Diagnostic:
        problem, context, at, begin = "", "", last[1], -1
        if isinstance(error, yaml.MarkedYAMLError):
            problem, context = error.problem or "", error.context or ""
            at = error.problem_mark.index if error.problem_mark else at
            begin = error.context_mark.index if error.context_mark else -1
        elif isinstance(error, (ValueError, OverflowError)) and "\\U" in self._text[at:]:
            problem, at = "escape", self._text.index("\\U", at)
        failure = Failure(problem, context, min(at, len(self._text)), begin, last, brackets)
        return diagnose(self._text, failure, self._index)

    def _properties(self, event: CollectionStartEvent, start: int, end: int) -> int:
        """Take note of a collection's anchor and tag; return where the collection itself begins."""
        fitting = "map" if isinstance(event, MappingStartEvent) else "seq"
        check_tag(self._text, Span(start, end, self._index), event.tag, fitting, self.found)
        if event.anchor is not None:
            self._anchors.open(event.anchor, start, self._index)
        return after_properties(self._text, start, end - 1 if event.flow_style else len(self._text))

    def _too_deep(self, at: int) -> Diagnostic:
        message = f"mappings and lists are nested more than {MAX_DEPTH} deep here"
        return Diagnostic("YML004", Severity.ERROR, message, Span(at, at + 1, self._index), "nest less deeply")

    def _too_many(self, last: tuple[int, int]) -> Diagnostic:
        message = f"up to here the file holds more than {MAX_NODES:,} values"
        hint = "split the file, and join the parts with `include:`"
        if self._anchors.aliases:
            message += ", counting what its aliases stand for"
            hint = "use fewer aliases: each one counts as all that it stands for"
        return Diagnostic("YML005", Severity.ERROR, message, Span(*last, self._index), hint)

    def _too_many_aliases(self, start: int, end: int) -> Diagnostic:
        message = f"the file uses more than {MAX_ALIASES:,} aliases"
        span = Span(start, end, self._index)
        return Diagnostic("YML006", Severity.ERROR, message, span, "write out what they stand for")

    def _second_document(self, start: int, end: int) -> None:
        message = "a second document starts here, and only the first is read"
        hint = "remove this line, or put what follows it into a file of its own"
        self.found.append(Diagnostic("YML008", Severity.ERROR, message, Span(start, end, self._index), hint))


def _without_missing(items: list[Node]) -> tuple[Node, ...]:
    return tuple(item for item in items if item is not MISSING)
