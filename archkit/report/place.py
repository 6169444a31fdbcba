"""A span → path, lines and columns, as every format names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from archkit.source import Source, Span


class Place(NamedTuple):
    """Where something stands, counted from 1 in code points.

    Attributes:
        file: The path as the user gave it.
        line: Of the first character.
        column: Of the first character.
        end_line: Of the last character.
        end_column: Just past the last character.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


def place(span: Span, sources: Sequence[Source]) -> Place:
    """Return the place that a span names, without the white space at its end.

    A block of YAML ends where the next one begins; nobody wants the empty lines between them marked.

    Args:
        span: Of a finding or value.
        sources: What it refers to.
    """
    source = sources[span.source]
    end = span.start + len(source.text[span.start : span.end].rstrip())
    return Place(source.name, *source.position(span.start), *source.position(end))
