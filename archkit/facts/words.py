"""Free text → words to look for in it, however it is spelled and punctuated."""

from __future__ import annotations

from functools import lru_cache

from archkit.sentences import series


@lru_cache(4096)
def words(text: str) -> str:
    """Return the words of a text with one space around each, as `` binary cross entropy ``.

    Small letters; ``_``, ``-`` and everything else that is no letter or digit parts words; ``-ize`` becomes ``-ise``,
    so that both spellings are one.
    """
    spaced = "".join(c if c.isalnum() else " " for c in text.lower()).replace("iz", "is")
    return f" {' '.join(spaced.split())} "


def mentions(text: str, *phrases: str) -> str:
    """Return the first of some phrases that a text has as whole words, or an empty text."""
    inside = words(text)
    return next((phrase for phrase in phrases if words(phrase) in inside), "")


def begins(text: str, *stems: str) -> str:
    """Return the first of some stems that a word of a text begins with, or an empty text."""
    inside = words(text)
    return next((stem for stem in stems if words(stem)[:-1] in inside), "")


def plural(noun: str) -> str:
    """Return the plural of a noun or of a phrase that ends in one, as ``cities`` and ``web sessions``."""
    *before, last = noun.split(" ")
    if last.lower() in ("person", "people"):
        last = "people"
    elif last.endswith(("ss", "x", "ch", "sh")):
        last += "es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = f"{last[:-1]}ies"
    elif not last.endswith("s"):
        last += "s"
    return " ".join((*before, last))


def listed(names: list[str] | tuple[str, ...], joint: str = "and") -> str:
    """Return names in quotes for a message: `` `a`, `b` and `c` ``; at most five are named.

    Args:
        names: What is listed.
        joint: What stands before the last of them.
    """
    quoted = [f"`{name}`" for name in names]
    if len(quoted) > 5:
        quoted = [*quoted[:4], f"{len(quoted) - 4} more"]
    return series(quoted, joint)
