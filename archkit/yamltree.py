"""YAML text → tree of scalars, mappings and sequences that remember where they were written."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from archkit.diagnostics import Diagnostic, Severity
from archkit.source import Source, Span


@dataclass(slots=True, frozen=True, eq=False)
class Scalar:
    """A single value, not yet interpreted: see ``archkit.scalars``.

    Args:
        span: The value as written, with its quotes.
        text: The value's text without quotes and escapes.
        plain: Whether it was written without quotes and without an explicit tag, so that ``no`` or ``12`` may mean
            more than text. A key without a value has a plain, empty scalar.
    """

    span: Span
    text: str
    plain: bool


@dataclass(slots=True, frozen=True, eq=False)
class Mapping:
    """Keys and values in the order written.

    Args:
        span: From the first key (or ``{``) to the end of the last value (or ``}``).
        entries: Pairs of key and value. A key written twice has been reported and its first value kept.
        partial: Whether entries are missing because they could not be read, which has been reported: the absence of a
            key then proves nothing.
    """

    span: Span
    entries: tuple[tuple[Scalar, Node], ...]
    partial: bool = False


@dataclass(slots=True, frozen=True, eq=False)
class Sequence:
    """Items in the order written.

    Args:
        span: From the first ``-`` (or ``[``) to the end of the last item (or ``]``).
        items: The nodes.
    """

    span: Span
    items: tuple[Node, ...]


Node = Scalar | Mapping | Sequence


def decode(data: bytes, name: str, index: int = 0) -> tuple[Source, list[Diagnostic]]:
    """Turn a file's bytes into a source text with line ends normalised.

    Args:
        data: The file's content: UTF-8 with or without byte order mark, or UTF-16 with one.
        name: The path as the user gave it.
        index: Index of the file in ``Document.sources``.

    Returns:
        The source and a diagnostic with the position of the first undecodable byte, if there is one.
    """
    text = data.decode("utf-8-sig", "replace")
    return Source(name, text.replace("\r\n", "\n").replace("\r", "\n")), []


def read(source: Source, index: int = 0) -> tuple[Node | None, list[Diagnostic]]:
    """Read a YAML text into a tree.

    Args:
        source: The text.
        index: Index of the file in ``Document.sources``; becomes ``Span.source``.

    Returns:
        The tree and all findings. The tree is None when nothing could be read, which one of the findings then says.
        Never raises, whatever the content.
    """
    found: list[Diagnostic] = []
    stack: list[tuple[type, int, list[Node]]] = [(Sequence, 0, [])]
    try:
        for event in yaml.parse(source.text, Loader=yaml.CSafeLoader):
            start, end = event.start_mark.index, event.end_mark.index
            if isinstance(event, yaml.ScalarEvent):
                stack[-1][2].append(Scalar(Span(start, end, index), event.value, event.implicit[0]))
            elif isinstance(event, yaml.MappingStartEvent):
                stack.append((Mapping, start, []))
            elif isinstance(event, yaml.SequenceStartEvent):
                stack.append((Sequence, start, []))
            elif isinstance(event, yaml.CollectionEndEvent):
                kind, begin, items = stack.pop()
                span = Span(begin, end, index)
                if kind is Sequence:
                    stack[-1][2].append(Sequence(span, tuple(items)))
                else:
                    keys = [key for key in items[::2] if isinstance(key, Scalar)]
                    stack[-1][2].append(Mapping(span, tuple(zip(keys, items[1::2], strict=False))))
    except (yaml.YAMLError, ValueError) as error:
        found.append(Diagnostic("YML001", Severity.ERROR, str(error), Span(0, 0, index)))
        return None, found
    return (stack[0][2][0] if stack[0][2] else None), found
