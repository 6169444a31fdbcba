"""Text that a user wrote → text that is safe to print on a terminal and in a CI log."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Markers that a CI runner obeys wherever they stand in a line: GitHub (`##[`), Azure (`##vso[`), TeamCity. GitHub's
# other form, `::`, counts only at the start of a line, where the text format never puts a user's words.
_COMMANDS = ("##[", "##vso[", "##teamcity[")


def visible(text: str) -> str:
    """Return the text with everything spelled out that a reader could not see or a machine would obey.

    Control characters (ANSI and OSC sequences begin with one), bidirectional overrides and other invisible signs become
    ``\\u{202e}``, line breaks and tabs ``\\n`` and ``\\t``. What is left prints as one line.
    """
    if text.isascii() and text.isprintable() and "##" not in text:
        return text
    return "".join(glyphs(text))


def glyphs(text: str) -> list[str]:
    """Return, for every code point of the text, what is printed in its place."""
    shown = [
        char if char.isprintable() or char == " " or _keeps(char, text[at - 1 : at]) else spelled(char)
        for at, char in enumerate(text)
    ]
    at = text.find("##")
    while at >= 0:
        if text.startswith(_COMMANDS, at):
            shown[at + 1] = spelled("#")
        at = text.find("##", at + 1)
    return shown


def spelled(char: str) -> str:
    """Return a code point in ASCII, as ``\\u{1b}``."""
    return _SHORT.get(char) or f"\\u{{{ord(char):x}}}"


def _keeps(char: str, before: str) -> bool:
    """Return whether a sign that Python calls unprintable may stand as it is: wide spaces, joiners inside a script."""
    # A joiner between Latin letters joins nothing: it only makes two words look the same.
    return unicodedata.category(char) == "Zs" or (char in _JOINERS and before >= "\u0600")


def columns(char: str, before: str = "") -> int:
    """Return how many terminal columns a printable code point takes, given the one before it.

    Args:
        char: The code point.
        before: The one before it; empty at the start.
    """
    if char.isascii():
        return 1
    # What joins the sign before it: the second half of a joined emoji, a skin tone, a later part of a Korean syllable.
    if before == "\u200d" or "\U0001f3fb" <= char <= "\U0001f3ff" or "\u1160" <= char <= "\u11ff" or char in _JOINERS:
        return 0
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
