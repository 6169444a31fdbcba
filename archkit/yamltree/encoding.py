"""A file's bytes → text that a YAML parser can take, with findings about what it could not have taken."""

from __future__ import annotations

import re
import unicodedata

from archkit.diagnostics import Diagnostic, Severity
from archkit.source import Source, Span

MAX_BYTES = 5_000_000
"""The largest file that is read."""

_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Everything but what YAML 1.2 calls printable, plus what is printable and ends a line for YAML 1.1 parsers, and U+FEFF.
_UNPRINTABLE = "[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_HIDDEN = ("\x85", "\u2028", "\u2029", "\ufeff")
_SHOWN_AT_MOST = 20


def decode(data: bytes, name: str, index: int = 0) -> tuple[Source, list[Diagnostic]]:
    """Turn a file's bytes into a source text with line ends normalised.

    Args:
        data: The file's content: UTF-8, UTF-16 or UTF-32, with a byte order mark or without.
        name: The path as the user gave it.
        index: Index of the file in ``Document.sources``.

    Returns:
        The source, in which U+FFFD stands for what could not be decoded, and a diagnostic about it if there is any. A
        file over ``MAX_BYTES`` is left to ``read`` to report, so it is enough to pass one byte more than that.
    """
    encoding = next((known for mark, known in _MARKS if data.startswith(mark)), "") or _unmarked(data)
    found = []
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        if len(data) <= MAX_BYTES:
            good = data[: error.start].decode(encoding, "replace").removeprefix("\ufeff")
            at = len(_unix(good))
            found.append(_undecodable(data, error.start, encoding, Span(at, at + 1, index)))
    return Source(name, _unix(text.removeprefix("\ufeff"))), found


def _unmarked(data: bytes) -> str:
    """Return the encoding of bytes without a byte order mark, whose first character is one of ASCII.

    Source: YAML 1.2.2, section 5.2.
    """
    if len(data) % 2 or len(data) < 8:
        return "utf-8"
    used = bytes(map(bool, data[:4]))  # 0 for each zero, 1 for what is none
    wide = {b"\1\0\0\0": "utf-32-le", b"\0\0\0\1": "utf-32-be"}
    return wide.get(used) or {b"\1\0": "utf-16-le", b"\0\1": "utf-16-be"}.get(used[:2], "utf-8")


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _undecodable(data: bytes, at: int, encoding: str, span: Span) -> Diagnostic:
    byte = data[at]
    message = f"the byte 0x{byte:02X} here does not belong to a text in {encoding.upper()}"
    hint = "save the file as UTF-8"
    if b"\0" in data and encoding == "utf-8":
        message = "the file holds bytes that are no text"
        hint = "give a YAML file; this one looks like a picture, a program or an archive"
    elif encoding == "utf-8" and byte >= 0xA1:
        hint += f"; in Windows-1252, which it may be in, the byte is `{bytes([byte]).decode('cp1252', 'replace')}`"
    return Diagnostic("YML001", Severity.ERROR, message, span, hint)


def too_large(text: str, index: int) -> Diagnostic | None:
    """Return an error where a text is larger than ``MAX_BYTES``."""
    if len(text) * 4 <= MAX_BYTES or len(text.encode("utf-8", "replace")) <= MAX_BYTES:
        return None
    message = f"the file has more than {MAX_BYTES // 1_000_000} MB"
    return Diagnostic(
        "YML003", Severity.ERROR, message, Span(0, 0, index), "split it, and join the parts with `include:`"
    )


def has_hidden_lines(text: str) -> bool:
    """Return whether a text has characters that a YAML 1.1 parser takes and a reader cannot see."""
    return not text.isascii() and any(char in text for char in _HIDDEN)


def printable(text: str, index: int) -> tuple[str, list[Diagnostic]]:
    """Replace what YAML does not allow, one for one, so that offsets stay.

    Args:
        text: Any text, even with lone surrogates.
        index: Index of the file, for spans.

    Returns:
        The text with spaces in place of forbidden characters, and an error for each, up to a sensible number.
    """
    found: list[Diagnostic] = []
    if text.startswith("\ufeff"):
        # A byte order mark that is left over; a line end keeps the columns of its line.
        text = "\n" + text[1:]
    places = [match.start() for match in re.finditer(_UNPRINTABLE, text)]
    for at in places[:_SHOWN_AT_MOST]:
        name = f"U+{ord(text[at]):04X}"
        known = "NUL" if text[at] == "\0" else unicodedata.name(text[at], "").lower()
        message = f"an invisible character {name}{f' ({known})' if known else ''} stands here"
        hint = "delete it, or write it as an escape sequence in double quotes"
        if len(places) > _SHOWN_AT_MOST and at == places[0]:
            hint += f"; there are {len(places):,} such characters, so this may be no text file at all"
        found.append(Diagnostic("YML002", Severity.ERROR, message, Span(at, at + 1, index), hint))
    return re.sub(_UNPRINTABLE, " ", text), found
