"""A text that begins with ``|`` or ``>`` → its lines without their indentation."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADER = re.compile(r"[|>]([-+0-9]*)")


@dataclass(slots=True, frozen=True)
class BlockText:
    """The parts of a text in a block of its own.

    Args:
        header_end: Offset behind the ``|`` or ``>`` and the signs that belong to it.
        content_start: Offset of the line below.
        end: Offset of the end of the last line that belongs to the text.
        lines: Its lines without the indentation that they share.
        measured: Whether the header says how deep it is indented, without which its first line could not begin with
            spaces.
        chomping: ``-`` without a line break at the end, ``+`` with all of them, otherwise empty: one.
    """

    header_end: int
    content_start: int
    end: int
    lines: tuple[str, ...]
    measured: bool
    chomping: str


def block_text(text: str, start: int, end: int, outer: int, value: str) -> BlockText:
    """Return the parts of a text in a block of its own.

    Args:
        text: The whole file.
        start: Offset of the ``|`` or ``>``.
        end: Where the parser says that it ends.
        outer: The column of the mapping or sequence that it stands in.
        value: What the parser makes of it.
    """
    header = _HEADER.match(text, start)
    signs = header[1] if header else ""
    header_end = header.end() if header else start
    newline = text.find("\n", header_end)
    content_start = newline + 1 if newline >= 0 else len(text)
    lines = text[content_start : max(end, content_start)].split("\n")
    digit = signs.strip("+-")
    first = next((line for line in lines if line.strip(" ")), "")
    indent = outer + int(digit) if digit else len(first) - len(first.lstrip(" "))
    inner = [line[indent:] for line in lines]
    while inner and not inner[-1]:
        inner.pop()
    stop = content_start + sum(len(line) + 1 for line in lines[: len(inner)]) - 1 if inner else header_end
    breaks = len(value) - len(value.rstrip("\n"))
    chomping = ""
    if inner and not breaks:
        # The last line of a file without a line break at its end: it must not get one here either.
        chomping = "-"
    elif breaks > (1 if inner else 0):
        chomping = "+"
        inner += [""] * (breaks - (1 if inner else 0))
        stop = end
    return BlockText(header_end, content_start, stop, tuple(inner), bool(digit), chomping)
