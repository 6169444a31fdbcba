"""Words of a user → characters that are harmless in files, and in XML."""

from __future__ import annotations

# What XML forbids (controls, halves of surrogate pairs, two non-characters), and what would reorder or hide the text
# around it: marks, embeddings, overrides and isolates of the bidirectional algorithm.
_REMOVED = dict.fromkeys(
    [
        *range(0x00, 0x20),
        *range(0x7F, 0xA0),
        0x061C,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
        0xFEFF,
        0xFFFE,
        0xFFFF,
    ]
)
_SPACES = dict.fromkeys([0x09, 0x0A, 0x0D, 0x2028, 0x2029], " ")
_SPECIALS = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"}
_PLAIN: dict[int, str | None] = {**_REMOVED, **_SPACES}
_TABLE: dict[int, str | None] = {**_PLAIN, **_SPECIALS}


def escape(text: str) -> str:
    """Return a text for XML content or a double-quoted attribute; line ends and tabs become spaces."""
    return text if text.isalnum() else text.translate(_TABLE)


def plain(text: str) -> str:
    """Return a text on one line without characters that control or hide others; line ends and tabs become spaces."""
    return text if text.isalnum() else text.translate(_PLAIN)
