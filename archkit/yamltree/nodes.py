"""The tree of one YAML text: scalars, mappings and sequences that remember where they were written."""

from __future__ import annotations

from dataclasses import dataclass

from archkit.source import Span


@dataclass(slots=True, frozen=True, eq=False)
class Scalar:
    """A single value, not yet interpreted: see ``archkit.shapes.scalars``.

    Args:
        span: The value as written, with its quotes, without anchor and tag.
        text: The value's text without quotes and escapes.
        plain: Whether it was written without quotes and without a ``!!str`` tag, so that ``no`` or ``12`` may mean
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
