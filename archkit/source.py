"""Source text → lines, positions and excerpts."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of one source text, from its first character to just past its last.

    Attributes:
        start: Offset of the first character, counted in code points from 0.
        end: Offset just past the last character.
        source: Index of the file in ``Document.sources`` (0 is the main file, more with ``include``).
    """

    start: int
    end: int
    source: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A named text that positions refer to.

    Args:
        name: The path as the user gave it, or ``<stdin>``.
        text: The whole decoded text, line ends normalised to ``\\n``.
    """

    name: str
    text: str = field(repr=False)
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        object.__setattr__(self, "_starts", starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset, both counted from 1."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return a line by its number (from 1) without its line end; an empty text past the last."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end]
