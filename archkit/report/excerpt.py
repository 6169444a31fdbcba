"""A stretch of source text → the lines that show it, with carets under exactly what is meant."""

from __future__ import annotations

from typing import NamedTuple

from archkit.report.escape import columns, glyphs
from archkit.report.place import Place
from archkit.source import Source

_TAB = 4
_SHOWN = 4  # lines; longer stretches are cut in the middle


class Row(NamedTuple):
    """One printed line of an excerpt.

    Attributes:
        number: The line's number, "" below it, "…" where lines are left out.
        margin: What joins the lines of a long stretch; coloured like the marks.
        text: The line, or the carets below it.
        marks: Whether ``text`` is carets.
    """

    number: str
    margin: str
    text: str
    marks: bool = False


class _Line:
    """A source line as it is printed: what stands for each code point and in which column it begins."""

    def __init__(self, text: str) -> None:
        self.shown = glyphs(text)
        self.starts = [0]
        before = ""
        for at, char in enumerate(text):
            x = self.starts[-1]
            if char == "\t":
                self.shown[at] = " " * (_TAB - x % _TAB)
            shown = self.shown[at]
            self.starts.append(x + (columns(char, before) if shown == char else len(shown)))
            before = char if shown == char else ""

    def window(self, first: int, last: int, room: int) -> tuple[str, str]:
        """Return the line and the spaces and carets under its code points ``first`` to ``last``, both cut to ``room``.

        A line that is too wide is cut at its end where the marks allow that, and on both sides of them otherwise.
        """
        begin, end = self.starts[first], max(self.starts[last], self.starts[first] + 1)
        low, high = 0, len(self.shown)
        if self.starts[-1] > room:
            left = 0 if end <= room - 1 else max(0, min(begin - room // 4, self.starts[-1] + 2 - room))
            low = next(at for at, x in enumerate(self.starts) if x >= left)
            right = self.starts[low] + room - 1 - (low > 0)
            high = next((at for at, x in enumerate(self.starts) if x > right), len(self.starts)) - 1
        lead, tail = "…" if low else "", "…" if high < len(self.shown) else ""
        offset = self.starts[low] - len(lead)
        stop = min(end, max(self.starts[high] + len(tail), begin + 1))
        text = lead + "".join(self.shown[low:high]) + tail
        return text.rstrip(), " " * (begin - offset) + "^" * (stop - begin)

    def cut(self, at: int, room: int) -> tuple[str, str]:
        """Return the beginning of the line and a caret under a code point, or under the cut where it lies beyond."""
        text, _ = self.window(0, 0, room)
        return text, " " * min(self.starts[min(at, len(self.shown))], room - 1) + "^"


def excerpt(source: Source, where: Place, mark: str = "^", room: int = 100) -> list[Row]:
    """Return the lines of a source that a place covers, with marks under it.

    Args:
        source: The text.
        where: The stretch; an empty one is marked with one caret.
        mark: The character to mark with.
        room: How many columns a line may take; longer lines are cut around the marks.
    """
    if not source.text:
        return []
    if where.line != where.end_line:
        return _bracket(source, where, room - 2)
    text, marks = _Line(source.line(where.line)).window(where.column - 1, where.end_column - 1, room)
    return [Row(str(where.line), "", text), Row("", "", marks.replace("^", mark), marks=True)]


def _bracket(source: Source, where: Place, room: int) -> list[Row]:
    """Return the rows of a stretch over several lines: a bracket at their left ends under the last character."""
    head = source.line(where.line)
    begins_line = not head[: where.column - 1].strip()
    text, marks = _Line(head).window(where.column - 1, where.column, room)
    rows = [Row(str(where.line), "/ " if begins_line else "  ", text)]
    if not begins_line:
        rows.append(Row("", " _", marks.replace(" ", "_"), marks=True))
    for number in _numbers(where.line + 1, where.end_line):
        text, marks = _Line(source.line(number)).cut(where.end_column - 2, room) if number else ("", "")
        rows.append(Row(str(number or "…"), "| ", text))
    return [*rows, Row("", "|_", marks.replace(" ", "_"), marks=True)]


def _numbers(first: int, last: int) -> list[int]:
    """Return the numbers of the lines to show below the first one, 0 for those left out."""
    return list(range(first, last + 1)) if last - first < _SHOWN else [first, 0, last]
