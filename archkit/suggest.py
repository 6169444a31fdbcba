"""Mistyped word and known words → the word that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_NEAR = 3  # by how much numbers at the end of words differ that may be a slip


def distance(a: str, b: str, limit: int) -> int:
    """Return the edit distance of two words, or ``limit + 1`` where it is larger than ``limit``.

    Insertions, deletions, substitutions and swaps of neighbours count one each (optimal string alignment).

    Args:
        a: A word.
        b: Another one.
        limit: The largest distance that matters.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        # a swap of neighbours leads on from the row before
        if min(row) > limit and min(last) >= limit:
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)


def _plain(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")


def _begins_alike(a: str, b: str) -> bool:
    """Return whether one word begins with the other, or both share most of a long beginning."""
    shorter = min(len(a), len(b))
    same = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    return same == len(a) or (same >= 4 and same >= 0.7 * shorter)


def _other_number(a: str, b: str) -> bool:
    """Return whether two short words mean numbers far apart, as ``p90`` and ``p50`` do, but not codes as ``STR08``."""
    one, other = (re.fullmatch(r"(\D+)([1-9]\d{0,2})", word) for word in (a, b))
    return one is not None and other is not None and one[1] == other[1] and abs(int(one[2]) - int(other[2])) > _NEAR


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word nearest to a mistyped one, or an empty text where none is near.

    Case, hyphens and spaces do not count; otherwise a third of the letters may differ. A word that is the beginning or
    a whole part of exactly one known word, or begins like it, is near too: ``registry`` and ``model_registry``,
    ``serve`` and ``serving``.

    Args:
        word: What is written.
        known: What may be meant.
    """
    plain = _plain(word)
    if not plain or len(plain) > 60:
        return ""
    best, limit = "", max(1, len(plain) // 3) + 1
    parts: list[str] = []
    for other in known:
        other_plain = _plain(other)
        if other_plain == plain:
            return other
        if _other_number(plain, other_plain):
            continue
        found = distance(plain, other_plain, limit - 1)
        if found < limit and found < max(len(plain), len(other_plain)) - 1:
            best, limit = other, found
        if len(plain) >= 3 and (plain in other_plain.split("_") or _begins_alike(plain, other_plain)):
            parts.append(other)
        if limit == 1:
            break
    return best or (parts[0] if len(parts) == 1 else "")


def unknown(what: str, name: str, known: Sequence[str]) -> str:
    """Return a sentence about a name that names nothing: which was probably meant, or all that there are."""
    meant = nearest(name, known)
    choice = f"did you mean `{meant}`?" if meant else f"there are {', '.join(f'`{each}`' for each in known)}"
    return f"there is no {what} `{name}`; {choice}"
