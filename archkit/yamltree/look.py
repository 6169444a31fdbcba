"""A text and an offset → what stands around it: its line, its key, its value, in words fit for a message."""

from __future__ import annotations

import re
from typing import NamedTuple

from archkit.diagnostics import Diagnostic, Note, Severity
from archkit.source import Span

NO_SPACE = r"[A-Za-z_][\w.@ -]*:(?=[^\s:/])"
"""A key whose colon is not followed by a space; not the beginning of a web address."""

_KEY = r"""(?:"[^"\n]*"|'[^'\n]*'|[^\s#:"'\[\]{},&*!|>%@`-][^:\n]*?)[ ]*:(?=\s|\Z)"""
_MARKS = r"[ \t]*(?:-[ ]+)*"


class Failure(NamedTuple):
    """What the parser knew when it gave up.

    Attributes:
        problem: The parser's words for it.
        context: The parser's words for what it was reading; may be empty.
        at: Offset of the problem.
        begin: Offset where what it was reading begins; -1 where unknown.
        last: Start and end of the last value that was read and is not empty.
        brackets: Offsets of the brackets that are open, the innermost last.
    """

    problem: str
    context: str
    at: int
    begin: int
    last: tuple[int, int]
    brackets: tuple[int, ...]


class Slip(NamedTuple):
    """A finding within one text: code, offsets, message, hint, and a second place with what is to be seen there."""

    code: str
    start: int
    end: int
    message: str
    hint: str
    note: tuple[str, int] | None = None

    def diagnostic(self, index: int) -> Diagnostic:
        """Return the finding for the file with this index."""
        notes = () if self.note is None else (Note(self.note[0], Span(self.note[1], self.note[1] + 1, index)),)
        span = Span(self.start, max(self.end, self.start), index)
        return Diagnostic(self.code, Severity.ERROR, self.message, span, self.hint, notes)


def bounds(text: str, at: int) -> tuple[int, int]:
    """Return the start and end of the line an offset stands on."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def number(text: str, at: int) -> int:
    """Return the number of the line an offset stands on, from 1."""
    return text.count("\n", 0, at) + 1


def column(text: str, at: int) -> int:
    """Return how many characters stand before an offset on its line."""
    return at - bounds(text, at)[0]


def indentation(text: str, at: int) -> str:
    """Return the white space that an offset's line starts with."""
    first = bounds(text, at)[0]
    line = text[first : first + 1000]
    return line[: len(line) - len(line.lstrip(" \t"))]


def content(text: str, at: int) -> int:
    """Return the offset of the first word on an offset's line, after indentation and dashes."""
    first, end = bounds(text, at)
    match = re.compile(_MARKS).match(text, first, end)
    return match.end() if match else first


def rest(text: str, at: int) -> str:
    """Return what stands from an offset to the end of its line, without comment and trailing space."""
    return re.split(r"\s#", text[at : bounds(text, at)[1]], maxsplit=1)[0].rstrip()


def key(text: str, at: int) -> str:
    """Return the key that an offset's line starts with, or an empty text."""
    match = re.compile(_KEY).match(text, content(text, at))
    return match.group()[:-1].rstrip() if match else ""


def shown(text: str, size: int = 40) -> str:
    """Return a text fit to be quoted in a message: on one line, at most ``size`` characters."""
    text = " ".join(text[: 8 * size].split())
    return text if len(text) <= size else text[: size - 1] + "…"


def quoted(value: str) -> str:
    """Return a value as YAML text in quotes, the simplest that hold it."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def advice(value: str, name: str = "") -> str:
    """Say how to write a value in quotes.

    Args:
        value: The value as written without quotes.
        name: Its key, if it stands on the same line.
    """
    written = quoted(value)
    if len(written) > 60 or "\n" in written:
        return "put quotes around the whole text"
    return f"write `{name}: {written}`" if name and len(name) < 30 else f"write `{written}`"


def spaces(count: int) -> str:
    """Return a number of spaces in words."""
    return f"{count} space" if count == 1 else f"{count} spaces"


def indent(count: int) -> str:
    """Say how far to indent a line."""
    return f"indent it by {spaces(count)}" if count else "move it to the start of its line"
