"""Words of a user and sentences of archkit → Markdown in which they stay words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from archkit.report.escape import visible


def quoted(words: str) -> str:
    """Return words as code, whatever signs are in them."""
    fence = "`" * (max((len(run) for run in _runs(words)), default=0) + 1)
    room = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{room}{visible(words)}{room}{fence}"


def _runs(words: str) -> Iterable[str]:
    return ("".join(run) for char, run in groupby(words) if char == "`")


def escaped(words: str) -> str:
    """Return words that a user wrote so that none of them is Markdown."""
    return "".join(f"\\{char}" if char in r"\`*_{}[]<>#|~" else char for char in visible(words))


def prose(words: str) -> str:
    """Return a sentence of archkit's own, in which names of the blueprint stand in backquotes, with these as code."""
    parts = words.split("`")
    if len(parts) % 2 == 0 or any(not part or "|" in part for part in parts[1::2]):
        return escaped(words)  # a name with a backquote in it, or one that would end the cell of a table
    return "".join(quoted(part) if at % 2 else escaped(part) for at, part in enumerate(parts))
