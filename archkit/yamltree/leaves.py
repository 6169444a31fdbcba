"""A parser's scalar event → a scalar, with findings about tags, comments and lines that were meant otherwise."""

from __future__ import annotations

import re

from yaml import SafeLoader
from yaml.events import ScalarEvent

from archkit.diagnostics import Diagnostic, Severity
from archkit.source import Span
from archkit.yamltree.look import bounds, shown
from archkit.yamltree.nodes import Scalar
from archkit.yamltree.slips import suspicious_lines

# Patterns are compiled at their first use: few files need any, and compiling them all takes longer than reading one.
_PROPERTIES = r"(?:[&!]\S*(?:\s+(?:#.*)?)*)+"
_TAG = r"(?:&\S*\s+)?(!\S*)"
_COMMENT_FOR_VALUE = r"(?<=:)[ \t]+(#[^\s#!=-]\S*)"
_CORE = "tag:yaml.org,2002:"
_VALUES = {
    "null": r"null|Null|NULL|~|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
    "str": r"(?s:.*)",
}


def cuts(text: str) -> set[int]:
    """Return the offsets where a value may end because of a ``#`` that was meant as text."""
    found = set()
    for match in re.finditer(r" #\d", text) if " #" in text else ():
        at = match.start()
        while at and text[at - 1] in " \t":
            at -= 1
        found.add(at)
    return found


def after_properties(text: str, start: int, end: int) -> int:
    """Return where a value begins behind its anchor and tag."""
    match = re.compile(_PROPERTIES).match(text, start, end)
    return match.end() if match else start


def check_tag(text: str, span: Span, tag: str | None, fitting: str, found: list[Diagnostic]) -> None:
    """Report the tag of a mapping or sequence unless it is the one that fits, which says nothing new."""
    if tag not in (None, "!", _CORE + fitting):
        found.append(_bad_tag(text, span))


def scalar(text: str, event: ScalarEvent, span: Span, cut: set[int], found: list[Diagnostic]) -> Scalar:
    """Build a scalar of any kind.

    Args:
        text: The whole text.
        event: The parser's event.
        span: From the event's start to its end: with anchor and tag, and with what follows a block of text.
        cut: The offsets that ``cuts`` returned.
        found: Where findings go.
    """
    start, end, index = span
    value: str = event.value
    plain: bool = event.implicit[0]
    if event.anchor is not None or event.tag is not None:
        plain = _may_be_more(text, event, span, found)
        start = after_properties(text, start, end)
    if event.style in ("|", ">"):
        end = start + len(text[start:end].rstrip())
    elif not value and plain:
        _check_comment(text, span, found)
    elif plain:
        if end in cut:
            found.append(_cut_off(text, span))
        if "\n" in text[start:end] and (slip := suspicious_lines(text, start, end)) is not None:
            found.append(slip.diagnostic(index))
    return Scalar(Span(start, end, index), value, plain)


def _may_be_more(text: str, event: ScalarEvent, span: Span, found: list[Diagnostic]) -> bool:
    """Look at a scalar's tag; return whether its text may mean more than text."""
    tag: str | None = event.tag
    if tag is None or tag == "!":  # the lone `!` says that the value is a text
        return tag is None and bool(event.implicit[0])
    name = tag.removeprefix(_CORE)
    if name == tag or name not in _VALUES:
        found.append(_bad_tag(text, span))
    elif not re.fullmatch(_VALUES[name], event.value):
        message = f"`{shown(event.value)}` is not what its tag `!!{name}` says"
        found.append(Diagnostic("YML009", Severity.ERROR, message, span, "remove the tag, or correct the value"))
    return name in _VALUES and name != "str"


def _bad_tag(text: str, span: Span) -> Diagnostic:
    match = re.compile(_TAG).match(text, span.start, span.end)
    start, end = match.span(1) if match else (span.start, span.end)
    message = f"the tag `{shown(text[start:end])}` means nothing here"
    hint = "remove it, or put the value in quotes if the `!` belongs to its text"
    return Diagnostic("YML009", Severity.ERROR, message, Span(start, end, span.source), hint)


def _check_comment(text: str, span: Span, found: list[Diagnostic]) -> None:
    """Advise about a key whose whole value is a comment that does not look like one."""
    match = re.compile(_COMMENT_FOR_VALUE).match(text, span.end)
    if match:
        word = shown(match.group(1))
        message = f"`{word}` is a comment, so the value is empty"
        hint = f'write `"{word}"` if it is the value, or a space after the `#` if it is not'
        found.append(Diagnostic("YML029", Severity.ADVICE, message, Span(*match.span(1), span.source), hint))


def _cut_off(text: str, span: Span) -> Diagnostic:
    end = bounds(text, span.end)[1]
    whole = text[span.start : end].rstrip()
    message = f"the value is just `{shown(text[span.start : span.end])}`, because `#` after a space starts a comment"
    hint = f'write `"{shown(whole, 60)}"` if it is one text, or a space after the `#` if it is not'
    at = text.index("#", span.end)
    return Diagnostic("YML029", Severity.WARNING, message, Span(at, span.start + len(whole), span.source), hint)


def reads_as_text(text: str) -> bool:
    """Return whether all readers of YAML take a text without quotes for a text: not for a number, a date or a flag."""
    known = SafeLoader.yaml_implicit_resolvers
    patterns = [pattern for _tag, pattern in (*known.get(text[:1], ()), *known.get(None, ()))]
    return text not in ("y", "Y", "n", "N") and not any(pattern.match(text) for pattern in patterns)
