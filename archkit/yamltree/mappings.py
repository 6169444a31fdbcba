"""Keys and values in turn → a mapping without duplicates and with its merges done."""

from __future__ import annotations

import re

from archkit.diagnostics import Diagnostic, Note, Severity
from archkit.source import Span
from archkit.yamltree.anchors import MISSING
from archkit.yamltree.look import NO_SPACE, quoted, shown
from archkit.yamltree.nodes import Mapping, Node, Scalar, Sequence

# What follows the second comma of `1,000,000`, after a first group that is the same.
_THOUSANDS = re.compile(r"[0-9]{3}")
_Entries = dict[str, tuple[Scalar, Node]]


def mapping(text: str, span: Span, nodes: list[Node], in_braces: bool, found: list[Diagnostic]) -> Mapping:
    """Build a mapping.

    Args:
        text: The whole text.
        span: Of the mapping.
        nodes: Its keys and values in turn.
        in_braces: Whether it is written in ``{}``.
        found: Where findings go.
    """
    entries: _Entries = {}
    partial = False
    merges = False
    turns = iter(nodes)
    for key, value in zip(turns, turns, strict=True):
        if type(key) is not Scalar or not key.text or key is MISSING or value is MISSING:
            partial = True
            if key is not MISSING and value is not MISSING:
                found.append(_bad_key(text, key, value))
            continue
        name = key.text
        if name in entries:
            if in_braces and value.span.end == value.span.start and _THOUSANDS.fullmatch(name):
                # Kept for those who read the mapping: they tell the whole number.
                entries[f"{name} at {key.span.start}"] = (key, value)
                continue
            found.append(_duplicate(key, entries[name][0]))
            continue
        entries[name] = (key, value)
        if name == "<<" and key.plain:
            merges = True
        elif in_braces and not value.span.end > value.span.start and _lacks_space(key):
            found.append(_no_space(key))
    if merges:
        entries, complete = _merged(entries, found)
        partial |= not complete
    return Mapping(span, tuple(entries.values()), partial)


def _merged(entries: _Entries, found: list[Diagnostic]) -> tuple[_Entries, bool]:
    """Replace the key ``<<`` by the entries that it brings and that are not written out.

    Returns:
        The entries, and whether all of the merge could be done.
    """
    result: _Entries = {}
    complete = True
    for name, (key, value) in entries.items():
        if name != "<<" or not key.plain:
            result[name] = (key, value)
            continue
        for source in value.items if isinstance(value, Sequence) else (value,):
            if not isinstance(source, Mapping):
                found.append(_no_mapping(key, source))
                complete = False
                continue
            complete &= not source.partial
            for inner in source.entries:
                if inner[0].text not in entries:
                    result.setdefault(inner[0].text, inner)
    return result, complete


def _no_mapping(key: Scalar, source: Node) -> Diagnostic:
    what = f"`{shown(source.text)}`, a single value" if isinstance(source, Scalar) else "a list in a list"
    if isinstance(source, Scalar) and source.plain and not source.text:
        what = "nothing"
    message = f"`<<` copies the entries of a mapping, and this is {what}"
    hint = "write `<<: *name`, where `&name` marks a mapping, or a list of such names"
    span = source.span if source.span.end > source.span.start else key.span
    return Diagnostic("YML014", Severity.ERROR, message, span, hint)


def _bad_key(text: str, key: Node, value: Node) -> Diagnostic:
    written = shown(text[key.span.start : key.span.end])
    if isinstance(key, Scalar):
        hint = "write the key, or remove the `:`"
        span = value.span if value.span.end > value.span.start else key.span
        return Diagnostic("YML010", Severity.ERROR, "a key is missing before this value", span, hint)
    what = "a mapping" if isinstance(key, Mapping) else "a list"
    hint = f"put it in quotes if it is a text: `{quoted(written)}`"
    return Diagnostic("YML010", Severity.ERROR, f"{what} cannot be a key", key.span, hint)


def _duplicate(key: Scalar, first: Scalar) -> Diagnostic:
    message = f"the key `{shown(key.text)}` is written twice in this mapping"
    note = Note("first written here", first.span)
    return Diagnostic("YML007", Severity.ERROR, message, key.span, "remove one of the two, or rename it", (note,))


def _lacks_space(key: Scalar) -> bool:
    return key.plain and re.match(NO_SPACE, key.text) is not None


def _no_space(key: Scalar) -> Diagnostic:
    name, _, value = key.text.partition(":")
    at = key.span.start + len(name)
    message = f"no space follows the `:` of `{shown(name)}`"
    hint = f"write `{shown(name)}: {shown(value)}`"
    return Diagnostic("YML020", Severity.ERROR, message, Span(at, at + 1, key.span.source), hint)
