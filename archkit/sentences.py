"""Words → parts of a sentence: a capital to begin with, several joined by commas and a last `and` or `or`."""

from __future__ import annotations

from collections.abc import Iterable


def capital(text: str) -> str:
    """Return a text that begins with a capital letter, the others as they are."""
    return text[:1].upper() + text[1:]


def how_many(number: int, noun: str) -> str:
    """Return how many there are: ``1 file``, ``2 files``.

    Args:
        number: How many.
        noun: What is counted, of which several end in an s.
    """
    return f"{number} {noun}{'s' * (number != 1)}"


def series(words: Iterable[str], joint: str = "and") -> str:
    """Return words as a sentence lists them: ``a, b and c``; "" for none.

    Args:
        words: What is listed.
        joint: What stands before the last of them.
    """
    *most, last = [*words] or [""]
    return f"{', '.join(most)} {joint} {last}" if most else last


def either(words: Iterable[str]) -> str:
    """Return words as ``a, b or c``; "" for none."""
    return series(words, "or")
